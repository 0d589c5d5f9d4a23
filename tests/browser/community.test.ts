import { expect, test } from 'vitest';
import { aManager } from '#src/testing/areas.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { openHouse } from './house.ts';

const house = await openHouse();
const phone = { viewport: { width: 390, height: 800 } };

for (const javaScriptEnabled of [true, false]) {
	const how = javaScriptEnabled ? 'with' : 'without';

	test(`${how} JavaScript: make an area, ask somebody, accept, and leave with one click`, async () => {
		const spaceId = await aSpace(house.db, { name: `Docks ${how}` });
		const manager = await aManager(house.db, { name: `Max ${how}` });
		const asked = await aPerson(house.db, { name: `Ama ${how}`, spaces: [spaceId], steward: true });
		const page = await house.signedIn(manager, { javaScriptEnabled });
		await page.goto('/spaces');
		await page.getByRole('link', { name: 'Who looks after them' }).click();
		await page.getByRole('heading', { name: 'New area' }).waitFor();
		const form = page.locator('form[action="?/make"]');
		if (!(await form.isVisible())) await page.locator('summary', { hasText: 'Make an area' }).click();
		await form.getByLabel(/^Name/).fill(`Harbour ${how}`);
		await form.getByLabel(`Docks ${how}`, { exact: true }).check();
		await form.getByRole('button', { name: 'Make it' }).click();
		await page.waitForURL(/\/community\/[0-9a-f-]{36}$/);
		await page.getByText('Nobody yet.').waitFor();
		await page.locator('summary', { hasText: 'Ask' }).first().click();
		const offer = page.locator('form[action="?/offer"]');
		await offer.getByLabel('Unanswered questions').check();
		await offer.getByRole('button', { name: `Ask Ama ${how} to share it` }).click();
		await page.getByText('asked', { exact: true }).waitFor();

		const other = await house.signedIn(asked, { javaScriptEnabled, ...phone });
		await other.goto('/community');
		await other.getByRole('button', { name: `Share it: Harbour ${how}` }).click();
		await other.getByText('Only you look after this area').waitFor();
		expect(await other.getByText('Unanswered questions').first().isVisible()).toBe(true);
		await other.getByRole('button', { name: 'Leave the area' }).click();
		await other.waitForURL(/\/community$/);
		await page.reload();
		await page.getByText('Nobody yet.').waitFor();
		expect(await page.getByText('would rather not').count()).toBe(1);
	});
}
