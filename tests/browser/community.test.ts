import { expect, test } from 'vitest';
import { askQuestion } from '#src/ask/server/ask.ts';
import { row, sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { usefulPages } from '#src/testing/community.ts';
import { axe, openHouse } from './house.ts';

const house = await openHouse();
const { db } = house;

/** A space with a newcomer whose first words wait, and a topic that hangs on Ada. */
async function aTendedSpace(how: string) {
	const spaceId = await aSpace(db, { name: `Packing ${how}`, slug: `packing-${how}` });
	const steward = await aPerson(db, { name: `Stella ${how}`, spaces: [spaceId], steward: true });
	const ada = await aPerson(db, { name: `Ada ${how}`, spaces: [spaceId] });
	const noor = await aPerson(db, { name: `Noor ${how}`, spaces: [spaceId] });
	await db.execute(sql`update space_member set joined_at = now() - interval '100 days' where person_id = ${ada.id}`);
	await db.execute(sql`update space_member set joined_at = now() - interval '3 weeks' where person_id = ${noor.id}`);
	const title = `Where are the gloves ${how}?`;
	const id = await askQuestion(db, noor, { spaceId, title, bodyMd: '', tags: [], anonymous: false });
	await db.execute(sql`update item set created_at = now() - interval '2 weeks' where id = ${id}`);
	await usefulPages(db, ada, spaceId, `sealing-${how}`, 5);
	await db.execute(sql`update space_member set joined_at = now() - interval '100 days'
		where space_id = ${spaceId} and person_id not in (${noor.id}, ${steward.id})`);
	const keen = await aPerson(db, { name: `Kim ${how}`, spaces: [spaceId], askMeAbout: [`sealing-${how}`] });
	await db.execute(sql`update space_member set joined_at = now() - interval '100 days' where person_id = ${keen.id}`);
	return { spaceId, slug: `packing-${how}`, steward, noor, keen, title };
}

for (const javaScriptEnabled of [true, false]) {
	const how = javaScriptEnabled ? 'with' : 'without';

	test(`${how} JavaScript: from Home to a newcomer who waits, welcome them, and find a second for a topic`, async () => {
		const { slug, steward, noor, keen, title } = await aTendedSpace(how);
		const page = await house.signedIn(steward, { javaScriptEnabled });
		await page.goto('/');
		await page.getByRole('link', { name: `Somebody new in Packing ${how} waits` }).click();
		await page.waitForURL(`**/spaces/${slug}/community`);
		await page.getByRole('link', { name: `Reply to Noor ${how}: ${title}` }).waitFor();

		// A line that is empty is told at the field.
		await page.getByText('Welcome', { exact: true }).click();
		const line = page.getByLabel(`Your line to Noor ${how}`);
		expect(await line.inputValue()).toBe(
			`Welcome to Packing ${how}, Noor. Ask here whatever you need: somebody knows, or finds out with you.`
		);
		await line.evaluate((input: Element) => input.removeAttribute('required'));
		await line.fill('');
		await page.getByRole('button', { name: `Welcome Noor ${how}` }).click();
		await page.locator('.field-error').waitFor();
		await page.getByLabel(`Your line to Noor ${how}`).fill('Good that you are here.');
		await page.getByRole('button', { name: `Welcome Noor ${how}` }).click();
		await expect.poll(() => page.getByText('Not welcomed yet').count()).toBe(0);

		await page.getByRole('button', { name: 'Find a second' }).click();
		await page.getByText('A second was sought').waitFor();
		// What lies half beneath the bar at the top counts as too small.
		await page.evaluate('scrollTo(0, 0)');
		if (javaScriptEnabled) expect(await axe(page)).toEqual([]);

		const newcomer = await house.signedIn(noor, { javaScriptEnabled });
		await newcomer.goto(`/spaces/${slug}`);
		await newcomer.getByText('welcomes you: Good that you are here.').waitFor();
		expect(await newcomer.getByRole('link', { name: 'Look after' }).count()).toBe(0);

		const call = (await row<{ id: string }>(
			db,
			sql`select call_id as id from community_called where person_id = ${keen.id}`
		))!;
		const second = await house.signedIn(keen, { javaScriptEnabled });
		await second.goto(`/calls/${call.id}`);
		await second.getByRole('button', { name: 'Yes, I answer now and then' }).click();
		await second.getByText('You said yes.').waitFor();
		await page.goto(`/spaces/${slug}/community`);
		await page.getByText('Said yes:').waitFor();
		await page.getByRole('link', { name: `Kim ${how}` }).waitFor();

		// Home does not tell of it this week.
		await page.goto('/');
		await page.getByRole('button', { name: `Not this week: Somebody new in Packing ${how} waits` }).click();
		await page.waitForURL((url) => url.pathname === '/');
		await expect.poll(() => page.getByText(`Somebody new in Packing ${how} waits`).count()).toBe(0);
		await page.goto(`/spaces/${slug}/community`);
		await page.getByRole('button', { name: 'Tell me again' }).click();
		await page.getByRole('button', { name: 'Not this week' }).waitFor();
	});
}
