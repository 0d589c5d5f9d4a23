import { afterAll, expect, test } from 'vitest';
import { enqueue } from '#src/platform/server/jobs.ts';
import { sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testMailServer } from '#src/testing/smtp.ts';
import { axe, openHouse } from './house.ts';

const mail = await testMailServer();
process.env.SMTP_URL = mail.url;
const house = await openHouse();
delete process.env.SMTP_URL;
afterAll(() => mail.close());
const spaceId = await aSpace(house.db, { name: 'Everybody', slug: 'everybody' });

/** The next mail that says something; the jobs of the running program send it. */
async function mailWith(words: string): Promise<string> {
	for (let left = 200; left > 0; left -= 1) {
		const found = mail.received
			.map(({ raw }) => raw.replace(/=\r?\n/g, '').replace(/=3D/g, '='))
			.find((raw) => raw.includes(words));
		if (found) return found;
		await new Promise((done) => setTimeout(done, 100));
	}
	throw new Error(`No mail says ${words}; ${mail.received.length} came.`);
}

for (const javaScriptEnabled of [true, false]) {
	const how = javaScriptEnabled ? 'with' : 'without';

	test(`${how} JavaScript: write three tips, follow them, slow them down from the mail, put one right for who got it`, async () => {
		const author = await aPerson(house.db, { name: `Ada ${how}`, spaces: [spaceId] });
		const reader = await aPerson(house.db, { name: `Ren ${how}`, spaces: [spaceId], workDays: [] });
		const page = await house.signedIn(author, { javaScriptEnabled });
		await page.goto('/drips/new');
		await page.getByLabel('Title').fill(`The till ${how}`);
		await page.getByRole('button', { name: 'Go on to the tips' }).click();
		await page.waitForURL(/\/drips\/[0-9a-f-]{36}\/edit$/);
		const add = page.locator('section', { has: page.getByRole('heading', { name: 'Add a tip' }) });
		for (const name of ['First', 'Second', 'Third']) {
			await add.getByLabel('Title').fill(name);
			await add.getByLabel('The tip').fill(name === 'Third' ? 'word '.repeat(101) : `${name} ${how} says so.`);
			await add.getByRole('button', { name: 'Add it' }).click();
			await page.locator('ol h3', { hasText: name }).waitFor();
		}
		await page.getByRole('button', { name: 'Publish', exact: true }).click();
		await page.getByRole('alert').getByText('Tip 3, “Third”: It has 101 words: 100 are the most.').waitFor();
		const third = page.locator('ol article', { hasText: 'Third' });
		await third.getByText('Write on').click();
		await third.getByLabel('The tip').fill('Short now.');
		await third.getByRole('button', { name: 'Save' }).click();
		await third.locator('p.body', { hasText: 'Short now.' }).waitFor();
		await page.getByRole('button', { name: 'Move up: Third' }).press('Enter');
		await page.locator('ol li:nth-child(2)', { hasText: 'Third' }).waitFor();
		if (javaScriptEnabled) expect(await axe(page)).toEqual([]);
		await page.getByRole('button', { name: 'Publish', exact: true }).click();
		await page.waitForURL(/\/drips\/[0-9a-f-]{36}$/);
		const address = new URL(page.url()).pathname;

		const other = await house.signedIn(reader, { javaScriptEnabled });
		await other.goto(address);
		await other.getByRole('button', { name: 'One a day by mail' }).click();
		await other.getByText('They come every working day, by mail.').waitFor();
		if (javaScriptEnabled) expect(await axe(other)).toEqual([]);
		await house.db.execute(
			sql`update drip_follow set next_at = now() - interval '1 second' where person_id = ${reader.id}`
		);
		await enqueue(house.db, 'tips.deliver', {});
		const tip = await mailWith(`First ${how} says so.`);

		// Signed out, from the mail: opening the link does nothing, its one button does.
		const slower = /Slower: every 2 working days: \S+?(\/mail\/[\w.-]+)/.exec(tip)![1]!;
		const out = await house.page({ javaScriptEnabled });
		await out.goto(slower);
		await other.reload();
		await other.getByText('They come every working day, by mail.').waitFor();
		await out.getByRole('button', { name: 'Yes' }).click();
		await out.getByText('From now on they come every 2 working days.').waitFor();
		await other.reload();
		await other.getByText('They come every 2 working days, by mail.').waitFor();

		await page.goto(`${address}/edit`);
		const first = page.locator('ol article', { hasText: 'First' });
		await first.getByText('Write on').click();
		await first.getByLabel('The tip').fill(`First ${how} is right now.`);
		await first.getByLabel('What was wrong').fill(`It never said so, ${how} scripts.`);
		await first.getByRole('button', { name: 'Save for its readers' }).click();
		await first.locator('p.body', { hasText: 'is right now' }).waitFor();
		await expect
			.poll(
				async () => {
					await other.goto('/notifications');
					return other.getByText(`It never said so, ${how} scripts.`).count();
				},
				{ timeout: 20_000 }
			)
			.toBeGreaterThan(0);
		await house.db.execute(sql`update notification set created_at = created_at - interval '5 minutes'`);
		await enqueue(house.db, 'notify.mail', {});
		expect(await mailWith(`First ${how} is right now.`)).toContain(`It never said so, ${how} scripts.`);

		// The mail program's own button (RFC 8058) ends the series.
		const stop = /List-Unsubscribe:\s*<[^>]*?(\/mail\/[^>]+)>/i.exec(tip.replace(/\r?\n\s+/g, ''))![1]!;
		const answer = await fetch(new URL(stop, house.url), {
			method: 'POST',
			body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })
		});
		expect(answer.status).toBe(200);
		await other.goto(address);
		await other.getByRole('button', { name: 'One a day by mail' }).waitFor();
	});
}
