import { expect, test } from 'vitest';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { axe, openHouse } from './house.ts';

const house = await openHouse();
const spaceId = await aSpace(house.db, { name: 'Everybody', slug: 'everybody' });
const reader = await aPerson(house.db, { name: 'Ren Reader', spaces: [spaceId] });

for (const javaScriptEnabled of [true, false]) {
	const how = javaScriptEnabled ? 'with' : 'without';

	test(`${how} JavaScript: collect two links, pick them, put them in order, say why, publish, read`, async () => {
		const curator = await aPerson(house.db, { name: `Cleo ${how}`, spaces: [spaceId] });
		const page = await house.signedIn(curator, { javaScriptEnabled });
		for (const name of ['First', 'Second']) {
			await page.goto(
				`/lists/collect?url=https://reads.example/${name}&title=${name}&author=A.+Reader&published=2012-03-04`
			);
			await page.getByRole('button', { name: 'Collect', exact: true }).click();
			await page.waitForURL(/\/lists\/found\?/);
			await page.getByRole('link', { name, exact: true }).waitFor();
		}
		await page.getByRole('button', { name: 'Write the list' }).click();
		await page.waitForURL(/\/lists\/[0-9a-f-]{36}\/edit$/);
		for (const [at, name] of ['First', 'Second'].entries()) {
			await page.getByRole('button', { name: `Pick ${name}` }).click();
			const card = page.locator('ol article').nth(at);
			await card.getByRole('link', { name, exact: true }).waitFor();
			const why = card.getByLabel('Why it is worth reading');
			await why.fill(`Because of ${name}.`);
			await card.getByRole('button', { name: 'Save' }).first().click();
			await card.locator('p.why', { hasText: `Because of ${name}.` }).waitFor();
			expect(await card.getByText('Is the year right?').isVisible()).toBe(true);
		}
		// By keyboard; where scripts run the focus goes with the card.
		await page.getByRole('button', { name: 'Move up: Second' }).press('Enter');
		await page.locator('ol li:first-child', { hasText: 'Second' }).waitFor();
		if (javaScriptEnabled) {
			await page.locator('button:focus[aria-label="Move down: Second"]').waitFor();
			expect(await axe(page)).toEqual([]);
		}
		await page.getByRole('button', { name: 'Publish', exact: true }).click();
		await page.waitForURL(/\/lists\/[0-9a-f-]{36}$/);

		const other = await house.signedIn(reader, { javaScriptEnabled });
		await other.goto(new URL(page.url()).pathname);
		expect(await other.locator('ol h2').allTextContents()).toEqual(['Second', 'First']);
		expect(await other.locator('article.list').innerText()).toContain('Because of First.');
		await other.getByRole('button', { name: 'Get the next by mail' }).click();
		await other.getByRole('button', { name: 'You get these lists by mail' }).waitFor();
		await other.getByRole('link', { name: /^Edition 1/ }).click();
		await other.getByText('It does not change any more.').waitFor();
	});
}
