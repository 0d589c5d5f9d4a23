import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { aPerson } from '#src/testing/builders.ts';
import { openHouse } from './house.ts';

const house = await openHouse();
const person = await aPerson(house.db, { name: 'Ada Okafor' });

/** What has the focus, by its name or its words. */
const focused = (page: Page) =>
	page.evaluate(() => {
		const { activeElement: element } = document;
		return element?.getAttribute('aria-label') ?? element?.textContent?.trim();
	});

const focusLies = (page: Page, inside: string) =>
	page.evaluate((selector) => document.activeElement?.closest(selector) !== null, inside);

test('the first step of the Tab key leads past the navigation', async () => {
	const page = await house.signedIn(person);
	await page.goto('/');
	await page.keyboard.press('Tab');
	expect(await focused(page)).toBe('Skip to content');
	await page.keyboard.press('Enter');
	expect(await focusLies(page, 'main')).toBe(true);
	await page.keyboard.press('Tab');
	expect(await focusLies(page, 'header, nav')).toBe(false);
});

test('everything that takes the focus shows it', async () => {
	const page = await house.signedIn(person);
	await page.goto('/');
	for (let step = 0; step < 12; step++) {
		await page.keyboard.press('Tab');
		const shown = await page.evaluate(() => {
			const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement!);
			return document.activeElement === document.body || (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2);
		});
		expect(shown, await focused(page)).toBe(true);
	}
});

test('the account menu opens, moves and closes by keys, and gives the focus back', async () => {
	const page = await house.signedIn(person);
	await page.goto('/', { waitUntil: 'networkidle' });
	const button = page.locator('summary[aria-label="Your account"]');
	await button.focus();
	await page.keyboard.press('ArrowDown');
	expect(await focused(page)).toBe('Ada Okafor');
	await page.keyboard.press('End');
	expect(await focused(page)).toBe('Sign out');
	await page.keyboard.press('ArrowDown');
	expect(await focused(page)).toBe('Ada Okafor');
	await page.keyboard.press('Escape');
	expect(await focused(page)).toBe('Your account');
	expect(await page.locator('details[open]').count()).toBe(0);
});

test('a menu closes when the focus goes on', async () => {
	const page = await house.page();
	await page.goto('/design', { waitUntil: 'networkidle' });
	await page.locator('summary[aria-label="More for this answer"]').press('Enter');
	expect(await page.locator('details[open]').count()).toBe(1);
	for (let step = 0; step < 3; step++) await page.keyboard.press('Tab');
	expect(await page.locator('details[open]').count()).toBe(0);
});

test('a dialog keeps the focus, closes on Escape and gives it back', async () => {
	const page = await house.page();
	await page.goto('/design', { waitUntil: 'networkidle' });
	const opener = page.getByRole('button', { name: 'Open a dialog' });
	await opener.focus();
	await page.keyboard.press('Enter');
	for (let step = 0; step < 6; step++) {
		await page.keyboard.press('Tab');
		const behind = await page.evaluate(
			() => document.activeElement !== document.body && document.activeElement?.closest('dialog') === null
		);
		expect(behind).toBe(false);
	}
	await page.keyboard.press('Escape');
	expect(await page.locator('dialog[open]').count()).toBe(0);
	expect(await focused(page)).toBe('Open a dialog');
});
