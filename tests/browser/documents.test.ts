import { expect, test } from 'vitest';
import { storeFile } from '#src/core/files/server/store.ts';
import { newResource } from '#src/library/resources/input.ts';
import { shareResource } from '#src/library/resources/server/write.ts';
import { row, sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { aPdf, aPptx } from '#src/testing/documents.ts';
import { until } from '#src/testing/smtp.ts';
import { axe, openHouse } from './house.ts';

const house = await openHouse();
const spaceId = await aSpace(house.db, { name: 'Shop floor' });
const ada = await aPerson(house.db, { name: 'Ada Okafor', spaces: [spaceId] });
const withoutScripts = { javaScriptEnabled: false };

/** Shares a file and waits until the application has read it and search knows it. */
async function share(title: string, name: string, content: Buffer): Promise<string> {
	const kept = await storeFile(house.db, ada, { name, content });
	const id = await shareResource(house.db, ada, newResource.parse({ spaceId, title, fileId: kept.id }));
	const found = () => row(house.db, sql`select 1 from search_doc where item_id = ${id} and part > 0 limit 1`);
	await until(async () => (await found()) !== undefined, 90);
	return id;
}

const chapters = Array.from({ length: 60 }, (_, at) => ({
	title: `Chapter ${at + 1}`,
	text: `Marker${at + 1} stands here. ${'The till prints a receipt for the customer. '.repeat(45)}`
}));

test('a long PDF is read page by page, and found by page, without JavaScript', { timeout: 180_000 }, async () => {
	const id = await share('Manual of the tills', 'manual.pdf', await aPdf(chapters));
	const page = await house.signedIn(ada, withoutScripts);
	await page.goto(`/resources/${id}`);
	await page.getByRole('heading', { name: 'Chapter 1', exact: true }).waitFor();
	await page.locator('summary', { hasText: 'Contents' }).first().click();
	await page.getByRole('link', { name: 'Chapter 55' }).click();
	expect(new URL(page.url()).search).toBe('?view=2');
	expect(new URL(page.url()).hash).toBe('#page-55');
	const shown = page.locator('#page-55');
	await expect
		.poll(() => shown.evaluate((part) => Math.abs(part.getBoundingClientRect().top) < innerHeight))
		.toBe(true);
	expect(await shown.textContent()).toContain('Marker55');
	await page.getByRole('link', { name: /^← Pages 1–/ }).click();
	await page.locator('#page-3').waitFor();

	await page.goto('/search?q=marker55');
	await page
		.getByRole('link', { name: /Manual of the tills/ })
		.first()
		.click();
	expect(page.url()).toMatch(new RegExp(`/resources/${id}\\?view=2#page-55$`));
});

test('a deck is a list of slides with their notes; axe finds nothing', { timeout: 180_000 }, async () => {
	const slides = ['Welcome', 'The till', 'Returns'].map((title) => ({
		...{ title, lines: ['Take your time', 'Ask whoever stands beside you'], notes: 'Smile before you speak.' }
	}));
	const id = await share('First day', 'first-day.pptx', await aPptx(slides));
	const page = await house.signedIn(ada);
	await page.goto(`/resources/${id}`);
	await page.getByRole('navigation', { name: 'Slides' }).getByRole('link', { name: 'Returns' }).click();
	expect(new URL(page.url()).hash).toBe('#slide-3');
	expect(await page.locator('#slide-3').textContent()).toContain('Smile before you speak.');
	expect(await axe(page)).toEqual([]);
});

test('a file that cannot be read says why, and that it can still be downloaded', { timeout: 180_000 }, async () => {
	const locked = await aPdf([{ title: 'Secret', text: 'x' }], { userPassword: 'open', ownerPassword: 'own' });
	const kept = await storeFile(house.db, ada, { name: 'locked.pdf', content: locked });
	const id = await shareResource(house.db, ada, newResource.parse({ spaceId, title: 'Locked', fileId: kept.id }));
	const page = await house.signedIn(ada, withoutScripts);
	await until(async () => {
		await page.goto(`/resources/${id}`);
		return page.getByText('protected by a password').isVisible();
	}, 90);
	expect(await page.getByText('protected by a password').textContent()).toContain('You can still download it.');
});
