import { expect, test } from 'vitest';
import { sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { openHouse } from './house.ts';

const house = await openHouse();
const phone = { viewport: { width: 390, height: 800 } };

for (const javaScriptEnabled of [true, false]) {
	const how = javaScriptEnabled ? 'with' : 'without';

	test(`${how} JavaScript: plan what a community is for, review it, and show one’s practice by choice`, async () => {
		const spaceId = await aSpace(house.db, { name: `Yard ${how}`, slug: `yard-${how}` });
		const steward = await aPerson(house.db, { name: `Ama ${how}`, spaces: [spaceId], steward: true });
		const reader = await aPerson(house.db, { name: `Ben ${how}`, spaces: [spaceId] });
		const page = await house.signedIn(steward, { javaScriptEnabled });
		await page.goto(`/spaces/yard-${how}/community`);
		await page.getByRole('link', { name: 'Plan', exact: true }).click();
		await page.getByLabel(/^Purpose/).fill('Nobody waits longer than a shift.');
		await page.getByRole('button', { name: 'Save' }).click();
		await page.getByLabel(/^The aim/).fill(`Loads arrive ${how}`);
		await page.getByLabel(/^What one would see at work/).fill('Fewer pallets come back.');
		await page.getByLabel(/^Target/).fill('3');
		await page.getByLabel(/^Look again on/).fill('2150-01-01');
		await page.getByRole('button', { name: 'Add it' }).click();
		await page.getByText('Target needs a figure to be seen in.').waitFor();
		await page.getByLabel(/^Target/).fill('');
		await page.getByRole('button', { name: 'Add it' }).click();
		await page.getByText('whether it is reached is a matter of judgement').waitFor();

		await house.db.execute(
			sql`update community_aim set review_on = current_date where title = ${`Loads arrive ${how}`}`
		);
		await page.goto('/');
		await page.getByRole('link', { name: `Loads arrive ${how}` }).click();
		await page.getByText('To be looked at').waitFor();
		const waved = page.getByRole('button', { name: `Not on my home page: Loads arrive ${how}` });
		await waved.click();
		await waved.waitFor({ state: 'detached' });
		await page.goto('/');
		expect(await page.getByRole('link', { name: `Loads arrive ${how}` }).count()).toBe(0);

		await page.goto(`/spaces/yard-${how}/community/practice`);
		await page.getByRole('button', { name: 'Show my practice' }).click();
		await page.getByLabel(/^What you tried/).fill('I asked in the open.');
		await page.getByRole('button', { name: 'Say what you tried' }).click();
		await page.getByText('I asked in the open.').first().waitFor();

		const other = await house.signedIn(reader, { javaScriptEnabled, ...phone });
		await other.goto(`/spaces/yard-${how}/community/plan`);
		await other.getByText('Fewer pallets come back.').waitFor();
		await other.getByRole('link', { name: 'Practice', exact: true }).click();
		await other.getByText('I asked in the open.').waitFor();
		expect(await other.getByRole('button', { name: 'Show my practice' }).count()).toBe(0);
		await page.getByRole('button', { name: 'Show it no more' }).click();
		await page.getByRole('button', { name: 'Show my practice' }).waitFor();
		await other.reload();
		await other.getByText('Nobody shows their practice here yet').waitFor();
	});
}
