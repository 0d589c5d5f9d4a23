import { expect, test } from 'vitest';
import { aPerson } from '#src/testing/builders.ts';
import { openHouse } from './house.ts';

const house = await openHouse();
const person = await aPerson(house.db, { name: 'Ada Okafor' });
const withoutScripts = { javaScriptEnabled: false };

test('without JavaScript the menu opens and the theme is chosen and kept', async () => {
	const page = await house.signedIn(person, withoutScripts);
	await page.goto('/');
	await page.locator('summary[aria-label="Your account"]').click();
	await page.getByRole('button', { name: 'Dark', exact: true }).click();
	await page.waitForURL(/\/$/);
	expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
	await page.reload();
	const ground = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
	expect(ground).toBe('rgb(25, 24, 22)');
});

test('without JavaScript a wrong form comes back with what was typed and what is wrong', async () => {
	const page = await house.page(withoutScripts);
	await page.goto('/sign-in');
	await page.locator('input[name=email]').first().fill('nobody@example.org');
	await page.locator('input[name=password]').first().fill('not the password');
	await page.locator('input[name=password]').first().press('Enter');
	await page.locator('[aria-invalid=true], [role=alert]').first().waitFor();
	expect(await page.locator('input[name=email]').first().inputValue()).toBe('nobody@example.org');
	expect(await page.locator('input[name=password]').first().inputValue()).toBe('');
});

test('a visitor is led to sign in and back to where they wanted to go', async () => {
	const page = await house.page(withoutScripts);
	await page.goto('/settings/drafts');
	expect(new URL(page.url()).pathname).toBe('/sign-in');
	expect(new URL(page.url()).searchParams.get('to')).toBe('/settings/drafts');
});

test('with JavaScript, a form that cannot be sent keeps what was typed and says so', async () => {
	const page = await house.page();
	await page.goto('/sign-in', { waitUntil: 'networkidle' });
	await page.locator('input[name=email]').first().fill('ada@example.org');
	await page.locator('input[name=password]').first().fill('a long password');
	await page.context().setOffline(true);
	await page.locator('input[name=password]').first().press('Enter');
	await page.getByText('What you typed is still here').waitFor();
	expect(await page.locator('input[name=email]').first().inputValue()).toBe('ada@example.org');
	house.forgive(/Failed to fetch/);
});
