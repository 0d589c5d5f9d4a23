import { expect, test } from 'vitest';
import { askQuestion } from '#src/ask/server/ask.ts';
import { sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { axe, openHouse, overflow } from './house.ts';

const house = await openHouse();
const { db } = house;

for (const javaScriptEnabled of [true, false])
	test(`a steward promises an answer; all see that it did not hold, and what waits ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
		const name = `Tills ${javaScriptEnabled}`;
		const slug = `tills-${javaScriptEnabled}`;
		const spaceId = await aSpace(db, { name, slug });
		const steward = await aPerson(db, { spaces: [spaceId], steward: true });
		const asker = await aPerson(db, { spaces: [spaceId] });
		for (let n = 0; n < 6; n += 1)
			await askQuestion(db, asker, {
				...{ spaceId, title: `How do I count drawer ${n}?`, bodyMd: '', tags: [], anonymous: false }
			});
		await db.execute(sql`update item set created_at = now() - interval '40 days' where space_id = ${spaceId}`);
		await db.execute(sql`update question set useful_at = now() - interval '39 days'
			where item_id in (select id from item where space_id = ${spaceId} order by id limit 2)`);

		const page = await house.signedIn(steward, { javaScriptEnabled });
		await page.goto(`/spaces/${slug}/settings`);
		await page.locator('form[action="?/promise"]').evaluate((form: HTMLFormElement) => (form.noValidate = true));
		await page.getByLabel('Within working hours').fill('99');
		await page.getByRole('button', { name: 'Promise it' }).click();
		await page.getByText('may be 40 at most').waitFor();
		await page.getByLabel('Within working hours').fill('6');
		await page.getByRole('button', { name: 'Promise it' }).click();
		await page.getByText('Promised: half within 6 working hours. It did not hold: 0 of 6').waitFor();
		expect(await overflow(page)).toBe(0);
		if (javaScriptEnabled) expect(await axe(page)).toEqual([]);
		await page.getByRole('link', { name: 'See what waits' }).click();
		await page
			.getByRole('link', { name: /How do I count drawer/ })
			.first()
			.waitFor();

		const theirs = await house.signedIn(asker, { javaScriptEnabled });
		await theirs.goto(`/questions/new?space=${spaceId}`);
		await theirs.getByText('Promised: half within 6 working hours.').waitFor();
		await page.goto(`/spaces/${slug}/settings`);
		await page.getByRole('button', { name: 'Take the promise back' }).click();
		await page.getByRole('button', { name: 'Promise it' }).waitFor();
	});
