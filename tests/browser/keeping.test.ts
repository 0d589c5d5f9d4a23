import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { aSpaceFeed } from '#src/testing/feeds.ts';
import { axe, openHouse } from './house.ts';

const house = await openHouse();
const spaceId = await aSpace(house.db, { name: 'Yard', slug: 'yard' });
const text = `<h2>What changes</h2><p>Four layers at most. The wrap goes round twice, <em>never</em> three times.</p>
	<p>${'Everything else stays as it was in the yard. '.repeat(30)}</p>`;

/** An entry of a feed of the space, long enough to be read here. */
async function anEntry(name: string): Promise<string> {
	const { entries } = await aSpaceFeed(house.db, spaceId);
	await house.db.execute(sql`update feed_entry set title = ${name}, html = ${text}, words = 260,
		url = ${`https://yard.example/${name}`} where id = ${entries}`);
	return entries;
}

async function share(page: Page, name: string): Promise<void> {
	await page.getByRole('link', { name: 'Share with a space' }).click();
	await page.getByLabel('Why it matters').fill('It saves us a roll a day.');
	expect(await page.getByLabel(/never three times/).isChecked()).toBe(true);
	await page.getByRole('button', { name: 'Share it' }).click();
	await page.waitForURL(/\/links\/[0-9a-f-]{36}$/);
	await page.getByRole('heading', { name, level: 1 }).waitFor();
	const note = page.locator('article.link .prose').first();
	expect(await note.innerText()).toContain('It saves us a roll a day.');
	expect(await note.locator('blockquote').innerText()).toContain('never three times');
	expect(await note.innerText()).toContain('Tell the night shift.');
	await page.getByRole('button', { name: 'Collect for a reading list' }).waitFor();
}

test('keep an entry, mark a passage by keyboard, share it with why, collect it', async () => {
	const person = await aPerson(house.db, { spaces: [spaceId] });
	const entry = await anEntry('Wrapping');
	const page = await house.signedIn(person);
	await page.goto('/feeds');
	await page.locator(`[data-entry="${entry}"]`).getByRole('button', { name: 'Keep', exact: true }).click();
	await page.locator(`[data-entry="${entry}"]`).getByRole('link', { name: 'Kept: your note' }).click();
	await page.locator('.own textarea').fill('For Monday');
	await page.getByRole('button', { name: 'Save' }).click();
	await page.locator('.own .note', { hasText: 'For Monday' }).waitFor();
	await page.getByRole('status').getByText('Saved.').waitFor();
	await page.getByRole('group', { name: 'Text' }).focus();
	// The heading, the first sentence, the second.
	for (const key of ['j', 'j', 'j']) await page.keyboard.press(key);
	expect(await page.evaluate(() => String(getSelection()))).toBe('The wrap goes round twice, never three times.');
	// At once after another choice, before the browser has told of it: the passage is the one that is selected then.
	await page.getByRole('region', { name: 'Highlight this passage' }).waitFor();
	const last = await page.evaluate(() => {
		const text = document.activeElement!;
		for (const key of ['k', 'j', 'h'])
			text.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
		return String(getSelection());
	});
	expect(last).toBe('The wrap goes round twice, never three times.');
	await page.locator('[name=note]:focus').waitFor();
	await page.getByRole('region', { name: 'Highlight this passage' }).getByText(`“${last}”`).waitFor();
	await page.keyboard.type('Tell the night shift.');
	await page.keyboard.press('Enter');
	await page.locator('mark em, em mark').waitFor();
	await page.getByRole('heading', { name: 'Your highlights' }).waitFor();
	expect(await axe(page)).toEqual([]);
	await share(page, 'Wrapping');
	const collected = page.waitForResponse(/\/lists\/collect/);
	await page.getByRole('button', { name: 'Collect for a reading list' }).click();
	await collected;
	await page.getByRole('status').getByText('Collected.').waitFor();
	await page.goto('/lists/found');
	await page.getByRole('link', { name: 'Wrapping' }).waitFor();
	await page.goto('/kept?q=monday');
	await page.getByRole('link', { name: 'Wrapping' }).waitFor();
	await page.getByRole('button', { name: 'Keep no more: Wrapping' }).click();
	await page.getByRole('button', { name: 'Undo' }).click();
	await page.getByRole('link', { name: 'Wrapping' }).waitFor();
});

test('the same without scripts', async () => {
	const person = await aPerson(house.db, { spaces: [spaceId] });
	const page = await house.signedIn(person, { javaScriptEnabled: false });
	await page.goto(`/feeds/entries/${await anEntry('Strapping')}`);
	await page.getByRole('button', { name: 'Keep', exact: true }).click();
	await page.getByRole('link', { name: 'Kept: your note' }).click();
	await page.locator('summary', { hasText: 'Highlight by quoting' }).click();
	await page.getByLabel('Passage', { exact: true }).fill('a passage of another text altogether');
	const quote = page.locator('details.quote');
	await quote.getByLabel('Your note to this passage').fill('Tell the night shift.');
	await quote.getByRole('button', { name: 'Highlight' }).click();
	await page.getByText('must stand in the text below').waitFor();
	expect(await quote.getByLabel('Your note to this passage').inputValue()).toBe('Tell the night shift.');
	await page.getByLabel('Passage', { exact: true }).fill('round twice,   never three times');
	await quote.getByRole('button', { name: 'Highlight' }).click();
	await page.locator('mark em, em mark').waitFor();
	await share(page, 'Strapping');
});

test('on a phone a passage that is selected is marked with one press', async () => {
	const person = await aPerson(house.db, { spaces: [spaceId] });
	const page = await house.signedIn(person, { viewport: { width: 390, height: 760 }, hasTouch: true, isMobile: true });
	await page.goto(`/feeds/entries/${await anEntry('Stacking')}`);
	await page.getByRole('button', { name: 'Keep', exact: true }).tap();
	await page.getByRole('link', { name: 'Kept: your note' }).tap();
	await page.getByRole('group', { name: 'Text' }).waitFor();
	await page.evaluate(() => {
		const paragraph = document.querySelector('.prose p')!;
		getSelection()!.setBaseAndExtent(paragraph.firstChild!, 0, paragraph.firstChild!, 20);
	});
	const bar = page.getByRole('region', { name: 'Highlight this passage' });
	await bar.getByRole('button', { name: 'Highlight' }).tap();
	await page.locator('mark', { hasText: 'Four layers at most.' }).waitFor();
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test('the bookmark brings address, title and passage into a small window: two presses', async () => {
	const person = await aPerson(house.db, { spaces: [spaceId] });
	const page = await house.signedIn(person);
	await page.goto('/settings/keeping');
	const href = (await page.getByRole('link', { name: 'Keep in Trellis' }).getAttribute('href'))!;
	await page.goto('/healthz');
	await page.setContent('<title>On wrap</title><p>Round twice.</p>');
	await page.evaluate(() => getSelection()!.selectAllChildren(document.querySelector('p')!));
	const opened = page.waitForEvent('popup');
	await page.evaluate((script) => (0, eval)(script), decodeURIComponent(href.slice('javascript:'.length)));
	const window = await opened;
	await window.getByRole('button', { name: 'Keep', exact: true }).click();
	await window.waitForURL(/\/kept\/[0-9a-f-]{36}$/);
	await window.getByRole('heading', { name: 'On wrap', level: 1 }).waitFor();
	await window.locator('blockquote', { hasText: 'Round twice.' }).waitFor();
});

test('what another application shares fills the form, from wherever it comes, and keeps nothing by itself', async () => {
	const manifest = (await (await fetch(`${house.url}/manifest.webmanifest`)).json()) as {
		share_target: { action: string; method: string; params: Record<string, string> };
	};
	const { action, method, params } = manifest.share_target;
	const body = new URLSearchParams({ [params.title!]: 'On wrap', [params.text!]: 'See https://yard.example/shared' });
	const headers = { origin: 'null', 'content-type': 'application/x-www-form-urlencoded' };
	const posted = await fetch(house.url + action, { method, body, headers, redirect: 'manual' });
	expect(posted.status).toBe(303);
	const person = await aPerson(house.db, { spaces: [spaceId] });
	const page = await house.signedIn(person, { javaScriptEnabled: false });
	await page.goto(posted.headers.get('location')!);
	await page.goto(`${action}?${body}`);
	expect(await page.getByLabel('Address of the page').inputValue()).toBe('https://yard.example/shared');
	const kept = async () =>
		(await house.db.execute(sql`select url, title from kept where person_id = ${person.id}`)) as unknown[];
	expect(await kept()).toEqual([]);
	await page.getByRole('button', { name: 'Keep', exact: true }).click();
	await page.waitForURL(/\/kept\/[0-9a-f-]{36}$/);
	expect(await kept()).toEqual([{ url: 'https://yard.example/shared', title: 'On wrap' }]);
});
