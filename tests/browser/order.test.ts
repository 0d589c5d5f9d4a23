import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { aDraftDrip } from '#src/testing/drips.ts';
import { aDraftList } from '#src/testing/lists.ts';
import { openHouse } from './house.ts';

const house = await openHouse();
const spaceId = await aSpace(house.db);

const titles = (page: Page) => page.locator('ol li[data-drag] h3').allInnerTexts();

/**
 * Drags a card onto another with the mouse, a little at a time as a hand does.
 * @param by what of the card is gripped
 */
async function drag(page: Page, by: 'h3' | '.number', from: number, to: number): Promise<void> {
	const card = (at: number) => page.locator('ol li[data-drag]').nth(at).locator(by);
	const [start, end] = [await card(from).boundingBox(), await card(to).boundingBox()];
	await page.mouse.move(start!.x + 5, start!.y + start!.height / 2);
	await page.mouse.down();
	await page.mouse.move(start!.x + 15, start!.y + start!.height / 2 + 10, { steps: 3 });
	await page.mouse.move(end!.x + 15, end!.y + end!.height / 2, { steps: 8 });
	await page.locator('li[data-over]').waitFor({ timeout: 5000 });
	await page.mouse.up();
}

/** Drags the last above the first, and that down again; after a reload it stands as it was put. */
async function putInOrder(page: Page, [first, second, third]: [string, string, string]): Promise<void> {
	await page.waitForLoadState('networkidle');
	expect(await titles(page)).toEqual([first, second, third]);
	await drag(page, 'h3', 2, 0);
	await expect.poll(() => titles(page)).toEqual([third, first, second]);
	await drag(page, '.number', 0, 1);
	await expect.poll(() => titles(page)).toEqual([first, third, second]);
	expect(await page.locator('li[data-over]').count()).toBe(0);
	await page.reload();
	expect(await titles(page)).toEqual([first, third, second]);
}

test('the tips of a series are put in order by dragging', async () => {
	const author = await aPerson(house.db, { spaces: [spaceId] });
	const id = await aDraftDrip(house.db, author, spaceId);
	const page = await house.signedIn(author, { viewport: { width: 1280, height: 1400 } });
	await page.goto(`/drips/${id}/edit`);
	await putInOrder(page, ['Tip 1', 'Tip 2', 'Tip 3']);
});

test('the entries of a reading list are put in order by dragging', async () => {
	const curator = await aPerson(house.db, { spaces: [spaceId] });
	const id = await aDraftList(house.db, curator, spaceId, { entries: 3 });
	const page = await house.signedIn(curator, { viewport: { width: 1280, height: 2000 } });
	await page.goto(`/lists/${id}/edit`);
	await putInOrder(page, ['Entry 1', 'Entry 2', 'Entry 3']);
});
