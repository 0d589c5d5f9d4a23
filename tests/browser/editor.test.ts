import type { BrowserContextOptions, Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { loadDraft } from '#src/core/items/server/drafts.ts';
import { editItem } from '#src/core/items/server/write.ts';
import { writePage } from '#src/pages/server/pages.ts';
import { row, sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { axe, openHouse } from './house.ts';

const house = await openHouse();
/** What a page does a moment later: a draft is saved a second after the last key. */
const soon = { timeout: 10_000 };
let writer: Viewer;
let spaceId: string;
let pageId: string;

beforeEach(async () => {
	spaceId = await aSpace(house.db);
	writer = await aPerson(house.db, { spaces: [spaceId] });
	pageId = await write('Begin.');
});

const write = (bodyMd: string) =>
	writePage(house.db, writer, { spaceId, title: 'The till', bodyMd, tags: [] } as Parameters<typeof writePage>[2]);

async function openForm(options?: BrowserContextOptions): Promise<Page> {
	const page = await house.signedIn(writer, options);
	await page.goto(`/pages/${pageId}/edit`);
	await page.waitForLoadState('networkidle');
	return page;
}

/** The form with the rich view open and the caret at the end. */
async function openRich(options?: BrowserContextOptions): Promise<Page> {
	const page = await openForm(options);
	await page.locator('textarea[name=bodyMd]').focus();
	await page.locator('.ProseMirror').waitFor();
	await page.keyboard.press('Control+End');
	return page;
}

const text = (page: Page) => page.locator('textarea[name=bodyMd]').inputValue();
const saved = () =>
	row<{ body_md: string; body_html: string }>(house.db, sql`select body_md, body_html from item where id = ${pageId}`);

/** Puts data on the clipboard event, as the browser does when somebody pastes. */
async function paste(
	page: Page,
	data: Record<string, string>,
	files: { name: string; type: string; base64: string }[] = []
) {
	await page.evaluate(
		({ data, files }) => {
			const clipboard = new DataTransfer();
			for (const [type, value] of Object.entries(data)) clipboard.setData(type, value);
			for (const { name, type, base64 } of files) {
				const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
				clipboard.items.add(new File([bytes], name, { type }));
			}
			const event = new ClipboardEvent('paste', { clipboardData: clipboard, bubbles: true, cancelable: true });
			document.activeElement!.dispatchEvent(event);
		},
		{ data, files }
	);
}

const DOT = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe('writing', () => {
	test('Markdown turns rich while it is typed, and is saved as Markdown', async () => {
		const page = await openRich();
		await page.keyboard.type('\n## Steps\n- hold **green** key\nwait\n\nThen `restart`.');
		await page.keyboard.press('Control+Enter');
		await page.waitForURL(`/pages/${pageId}`);
		expect((await saved())!.body_md).toBe('Begin.\n\n## Steps\n\n- hold **green** key\n- wait\n\nThen `restart`.');
	});

	test('the rich view is fetched only when somebody is about to write', async () => {
		const page = await house.signedIn(writer);
		const scripts: number[] = [];
		page.on('response', (response) => {
			if (response.url().endsWith('.js'))
				void response.body().then(
					(body) => scripts.push(body.byteLength),
					() => {}
				);
		});
		await page.goto(`/pages/${pageId}/edit`);
		await page.waitForLoadState('networkidle');
		const before = scripts.reduce((sum, size) => sum + size, 0);
		await page.locator('textarea[name=bodyMd]').focus();
		await page.locator('.ProseMirror').waitFor();
		await page.waitForLoadState('networkidle');
		const after = scripts.reduce((sum, size) => sum + size, 0);
		expect(before).toBeLessThan(250_000);
		expect(after - before).toBeGreaterThan(250_000);
	});

	test('a pasted picture is sent and stands in the text', async () => {
		const page = await openRich();
		await paste(page, {}, [{ name: 'till screen.png', type: 'image/png', base64: DOT }]);
		await page.locator('.ProseMirror img[src^="/files/"]').waitFor();
		await expect.poll(() => text(page), soon).toMatch(/!\[till screen\]\(\/files\/[0-9a-f-]{36}\/till-screen\.png\)/);
		await page.keyboard.press('Control+Enter');
		await page.waitForURL(`/pages/${pageId}`);
		expect((await saved())!.body_html).toContain('width="1" height="1" loading="lazy"');
		expect(await page.locator('img[src^="/files/"]').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
	});

	test('a file that cannot be kept says why, and the text stays', async () => {
		const page = await openRich();
		await page.setInputFiles('.editor input[type=file]', {
			...{ name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from('no picture') }
		});
		await page.getByRole('alert').filter({ hasText: 'not what its name says' }).waitFor();
		expect(await text(page)).toBe('Begin.');
	});

	test('pasted Markdown and pasted pages become what they mean, and run nothing', async () => {
		const page = await openRich();
		await page.keyboard.press('Enter');
		await paste(page, { 'text/plain': '- one\n- **two**' });
		await page.keyboard.press('Enter');
		await page.keyboard.press('Enter');
		const html =
			'<p>See <b>this</b> <a href="javascript:alert(1)">x</a><img src="https://evil.example/a.png"></p><script>alert(1)</script>';
		await paste(page, { 'text/html': html, 'text/plain': 'See this x' });
		await expect.poll(() => text(page), soon).toBe('Begin.\n\n- one\n- **two**\n\nSee **this** x');
	});

	test('a colleague is mentioned by keyboard alone', async () => {
		const grace = await aPerson(house.db, { name: 'Grace Example', spaces: [spaceId] });
		const page = await openRich();
		await page.keyboard.type(' Ask @grace');
		await page.getByRole('option', { name: 'Grace Example' }).waitFor();
		expect(await axe(page)).toEqual([]);
		await page.keyboard.press('Enter');
		await expect.poll(() => text(page), soon).toContain(`@[Grace Example](person:${grace.id})`);
		await page.keyboard.press('Control+Enter');
		await page.waitForURL(`/pages/${pageId}`);
		expect((await saved())!.body_html).toContain(`<a href="/people/${grace.id}" class="mention">@Grace Example</a>`);
	});

	test('the Markdown view and back keep the text; what the rich view cannot hold stays Markdown', async () => {
		const page = await openRich();
		await page.getByRole('button', { name: 'Markdown' }).click();
		const area = page.locator('textarea[name=bodyMd]');
		await area.fill('A **bold** word');
		await page.getByRole('button', { name: 'Markdown' }).click();
		expect(await page.locator('.ProseMirror strong').innerText()).toBe('bold');
		await page.getByRole('button', { name: 'Markdown' }).click();
		await area.fill('Press <kbd>F5</kbd>');
		await page.getByRole('button', { name: 'Markdown' }).click();
		await page.getByText('the rich view cannot hold').waitFor();
		expect(await area.inputValue()).toBe('Press <kbd>F5</kbd>');
	});

	test('the toolbar is reached and used by keyboard', async () => {
		const page = await openRich();
		await page.keyboard.press('Control+A');
		await page.getByRole('button', { name: 'Bold' }).focus();
		await page.keyboard.press('ArrowRight');
		await page.keyboard.press('Enter');
		await expect.poll(() => text(page), soon).toBe('_Begin._');
		expect(await page.getByRole('button', { name: 'Italic' }).getAttribute('aria-pressed')).toBe('true');
		expect(await axe(page)).toEqual([]);
	});

	test('without JavaScript it is a text area', async () => {
		const page = await openForm({ javaScriptEnabled: false });
		await page.getByLabel('Text', { exact: true }).fill('Plain **words**');
		await page.getByRole('button', { name: 'Save' }).click();
		await page.waitForURL(`/pages/${pageId}`);
		expect((await saved())!.body_md).toBe('Plain **words**');
	});
});

describe('drafts', () => {
	const key = () => `edit:${pageId}`;

	test('come back after the tab ended, and can be discarded', async () => {
		const page = await openRich();
		await page.keyboard.type(' More words');
		await expect
			.poll(async () => (await loadDraft(house.db, writer, key()))?.content.bodyMd, soon)
			.toBe('Begin. More words');
		const context = page.context();
		await page.close({ runBeforeUnload: false });
		const again = await context.newPage();
		await again.goto(`/pages/${pageId}/edit`);
		await again.getByText(/Draft from .* restored/).waitFor();
		expect(await text(again)).toBe('Begin. More words');
		await again.getByRole('button', { name: 'Discard' }).click();
		await expect.poll(() => text(again), soon).toBe('Begin.');
		await expect.poll(() => loadDraft(house.db, writer, key()), soon).toBeUndefined();
	});

	test('are saved when the page is left at once', async () => {
		const page = await openRich();
		await page.keyboard.type(' Quick');
		await page.goto('/settings/drafts');
		await expect
			.poll(async () => (await loadDraft(house.db, writer, key()))?.content.bodyMd, soon)
			.toBe('Begin. Quick');
	});

	test('wait in the browser while there is no connection', async () => {
		const page = await openRich();
		await page.context().setOffline(true);
		await page.keyboard.type(' Away');
		await page.getByText('No connection').waitFor();
		await page.context().setOffline(false);
		await page.getByText('Draft saved').waitFor();
		expect((await loadDraft(house.db, writer, key()))?.content.bodyMd).toBe('Begin. Away');
	});

	test('of another window are offered, not overwritten unseen', async () => {
		const first = await openRich();
		const second = await first.context().newPage();
		await second.goto(`/pages/${pageId}/edit`);
		await second.waitForLoadState('networkidle');
		await first.keyboard.type(' One');
		await first.getByText('Draft saved').waitFor();
		await second.evaluate(() => localStorage.clear());
		await second.getByLabel('Title').fill('Two');
		await second.getByText('There is another draft').waitFor();
		await second.getByRole('button', { name: 'Show it' }).click();
		expect(await text(second)).toBe('Begin. One');
	});

	test('go when the form is sent', async () => {
		const page = await openRich();
		await page.keyboard.type(' Sent');
		await page.getByText('Draft saved').waitFor();
		await page.keyboard.press('Control+Enter');
		await page.waitForURL(`/pages/${pageId}`);
		expect(await loadDraft(house.db, writer, key())).toBeUndefined();
		await page.goto(`/pages/${pageId}/edit`);
		await page.waitForLoadState('networkidle');
		expect(await page.getByText('restored').count()).toBe(0);
		expect(await text(page)).toBe('Begin. Sent');
	});
});

describe('history', () => {
	test('shows what changed and brings an old version back', async () => {
		const page = await openRich();
		await page.keyboard.type(' And more.');
		await page.keyboard.press('Control+Enter');
		await page.waitForURL(`/pages/${pageId}`);
		await page.goto(`/items/${pageId}/history`);
		expect(await page.locator('ins').innerText()).toContain('And more.');
		await page.getByRole('button', { name: 'Restore version 1' }).click();
		await page.getByText('Restored version 1').waitFor();
		expect((await saved())!.body_md).toBe('Begin.');
	});

	test('a stale edit shows both texts and loses neither', async () => {
		const page = await openRich();
		await page.keyboard.type(' Mine.');
		await house.db.transaction((tx) => editItem(tx, writer, pageId, { bodyMd: 'Begin. Theirs.', version: 1 }));
		await page.keyboard.press('Control+Enter');
		await page.getByRole('heading', { name: 'Somebody saved a newer version' }).waitFor();
		expect(await page.locator('.stale').innerText()).toContain('Begin. Theirs.');
		expect(await axe(page)).toEqual([]);
		expect(await text(page)).toBe('Begin. Mine.');
		await page.getByRole('button', { name: 'Save' }).click();
		await page.waitForURL(`/pages/${pageId}`);
		expect((await saved())!.body_md).toBe('Begin. Mine.');
	});
});
