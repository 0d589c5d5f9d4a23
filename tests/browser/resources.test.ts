import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { row, sql } from '#src/platform/server/db.ts';
import { aCookie, aPerson, aSpace } from '#src/testing/builders.ts';
import { openHouse } from './house.ts';

const house = await openHouse();
const spaceId = await aSpace(house.db, { name: 'Shop floor' });
const ana = await aPerson(house.db, { spaces: [spaceId] });

const resourceAt = (url: string) => /\/resources\/([0-9a-f-]{36})$/.exec(new URL(url).pathname)?.[1];

/** Screen, camera and microphone are played by the browser itself. */
const recorder = await chromium.launch({
	executablePath: process.env.TRELLIS_BROWSER || '/usr/bin/chromium',
	args: [
		...['--no-sandbox', '--disable-gpu', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
		'--auto-select-desktop-capture-source=Entire screen'
	]
});
afterAll(() => recorder.close());

/** Whether a picture stands for the resource in lists. */
async function hasPicture(itemId: string): Promise<boolean> {
	const found = await row<{ drawn: boolean }>(
		house.db,
		sql`select f.thumbnail_sha256 is not null as drawn from resource r join file f on f.id = r.file_id where r.item_id = ${itemId}`
	);
	return found!.drawn;
}

/** Only the script can record. Without it the form would send the file itself. */
const withScript = (page: Page) => page.getByRole('button', { name: 'Record your voice' }).waitFor();

test('a phone photo is published from one page', async () => {
	const page = await house.signedIn(ana, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
	await page.goto('/resources/new');
	const content = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#2a6' } })
		.jpeg()
		.toBuffer();
	await page
		.getByLabel('Take a photo')
		.setInputFiles({ name: 'IMG_0042.jpg', mimeType: 'image/jpeg', buffer: content });
	await page.getByLabel('Title').fill('Where the spare rolls are');
	await page.getByRole('button', { name: 'Share it' }).click();
	await page.waitForURL((url) => resourceAt(url.href) !== undefined);
	expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Where the spare rolls are');
	const shown = page.getByRole('img', { name: 'Where the spare rolls are' });
	await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(900);
});

test('an upload goes on after the connection is lost, and the form waits for it', async () => {
	const page = await house.signedIn(ana);
	await page.goto('/resources/new');
	let lost = 0;
	await page.route('**/files/uploads/*', (route) =>
		route.request().method() === 'PATCH' && lost++ === 0 ? route.abort('connectionreset') : route.continue()
	);
	await withScript(page);
	const path = join(tmpdir(), `large-${process.pid}.pdf`);
	writeFileSync(path, Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(20 * 1024 * 1024, 'x')]));
	await page.getByLabel('File').setInputFiles(path);
	await page.getByLabel('Title').fill('The whole manual');
	await page.getByRole('button', { name: 'Share it' }).click();
	await page.waitForURL((url) => resourceAt(url.href) !== undefined);
	expect(lost).toBeGreaterThan(1);
	const found = await row<{ bytes: string }>(
		house.db,
		sql`select f.bytes from resource r join file f on f.id = r.file_id where r.item_id = ${resourceAt(page.url())}`
	);
	expect(Number(found!.bytes)).toBe(20 * 1024 * 1024 + 9);
	house.forgive(/ERR_CONNECTION_RESET/);
});

test('a file and a title given before the script has come are shared as they are', async () => {
	const page = await house.signedIn(ana);
	let release = () => {};
	const slow = new Promise<void>((done) => (release = done));
	await page.route(/\/_app\/.*\.js$/, async (route) => {
		await slow;
		await route.continue();
	});
	await page.goto('/resources/new', { waitUntil: 'commit' });
	const content = Buffer.from('Lock the drawer first.');
	await page
		.getByLabel('File')
		.setInputFiles({ name: 'closing-the till.txt', mimeType: 'text/plain', buffer: content });
	await page.getByLabel('Title').fill('Closing time');
	release();
	await page.getByText('Uploaded').waitFor();
	await page.getByRole('button', { name: 'Share it' }).click();
	await page.waitForURL((url) => resourceAt(url.href) !== undefined);
	expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Closing time');
});

test('what cannot be shared is said beside the file, and nothing typed is lost', async () => {
	const page = await house.signedIn(ana);
	await page.goto('/resources/new');
	await withScript(page);
	await page.getByLabel('Title').fill('The installer');
	const program = Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1');
	await page
		.getByLabel('File')
		.setInputFiles({ name: 'setup.bin', mimeType: 'application/octet-stream', buffer: program });
	await expect.poll(() => page.getByRole('alert').allTextContents()).toEqual([expect.stringContaining('Programs')]);
	expect(await page.getByLabel('Title').inputValue()).toBe('The installer');
	house.forgive(/422/);
});

test('without JavaScript a form uploads all the same', async () => {
	const page = await house.signedIn(ana, { javaScriptEnabled: false });
	await page.goto('/resources/new');
	await page.getByLabel('File').setInputFiles({
		...{ name: 'notes.txt', mimeType: 'text/plain' },
		buffer: Buffer.from('Close the drawer first.')
	});
	await page.getByLabel('Title').fill('Notes on the till');
	await page.getByRole('button', { name: 'Share it' }).click();
	expect(resourceAt(page.url())).toBeDefined();
	expect(await page.getByRole('link', { name: 'Download' }).getAttribute('href')).toContain('notes.txt');
});

test.each([
	['Record yourself', 'video'],
	['Record your voice', 'audio'],
	['Record the screen', 'video']
])('%s: looked at, cut, made again, shared, with chapters and captions', async (name, element) => {
	const context = await recorder.newContext({ baseURL: house.url });
	await context.addCookies([{ ...(await aCookie(house.db, ana.id)), url: house.url }]);
	const page = await context.newPage();
	try {
		await page.goto('/resources/new');
		await page.getByRole('button', { name }).click();
		for (const last of [false, true]) {
			await page.getByRole('button', { name: 'Start' }).click();
			await expect.poll(() => page.getByRole('timer').textContent(), { timeout: 15_000 }).toMatch(/0:0[2-9] of/);
			await page.getByRole('button', { name: 'Stop' }).click();
			if (!last) await page.getByRole('button', { name: 'Record again' }).click();
		}
		await page.getByLabel(/Begins at/).fill('0.5');
		await page.getByRole('button', { name: 'Use this' }).click();
		await page.getByLabel('Title').fill(`${name} works`);
		if (element === 'video')
			await page.locator('input[name="poster"][value^="data:image/jpeg"]').waitFor({ state: 'attached' });
		await page.getByRole('button', { name: 'Share it' }).click();
		await page.waitForURL((url) => resourceAt(url.href) !== undefined);
		// Where no ffmpeg is, the picture that stands for a film is the one its browser drew.
		await expect.poll(() => hasPicture(resourceAt(page.url())!), { timeout: 20_000 }).toBe(element === 'video');
		const player = page.locator(element);
		await expect.poll(() => player.evaluate((media: HTMLMediaElement) => media.readyState)).toBeGreaterThan(0);
		expect(await player.getAttribute('src')).toMatch(/#t=0\.5$/);

		await page.goto(`${page.url()}/edit`);
		await page.getByRole('textbox', { name: 'Chapters' }).fill('0:00 Hello\n0:01 The end');
		await page.getByRole('textbox', { name: 'Key points' }).fill('Say hello (0:01)');
		await page.getByRole('button', { name: 'Save these' }).click();
		const vtt = 'WEBVTT\n\n00:00:00.500 --> 00:00:02.000\nGood morning to all.';
		await page
			.getByLabel('Caption file')
			.setInputFiles({ name: 'a.vtt', mimeType: 'text/vtt', buffer: Buffer.from(vtt) });
		await page.getByRole('button', { name: 'Add captions' }).click();
		await page.getByText('English').waitFor();
		await page.getByRole('link', { name: 'Back to the resource' }).click();
		await page.getByRole('link', { name: '0:01 The end' }).click();
		await expect.poll(() => player.evaluate((media: HTMLMediaElement) => media.currentTime)).toBeGreaterThanOrEqual(1);
		await page.getByText('Transcript').click();
		expect(await page.getByText('Good morning to all.').isVisible()).toBe(true);
		if (element === 'video')
			expect(await player.evaluate((video: HTMLVideoElement) => video.textTracks[0]?.label)).toBe('English');
	} finally {
		await context.close();
	}
});

test('a script in a shared drawing never runs', async () => {
	const page = await house.signedIn(ana);
	await page.goto('/resources/new');
	await withScript(page);
	const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>fetch('/run')</script><rect width="9" height="9"/></svg>`;
	await page
		.getByLabel('File')
		.setInputFiles({ name: 'plan.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(drawing) });
	await page.getByText('Uploaded').waitFor();
	await page.getByLabel('Title').fill('The plan');
	await page.getByRole('button', { name: 'Share it' }).click();
	await page.waitForURL((url) => resourceAt(url.href) !== undefined);
	const href = await page.getByRole('link', { name: 'Download' }).getAttribute('href');
	const asked: string[] = [];
	page.on('request', (request) => asked.push(new URL(request.url()).pathname));
	const download = page.waitForEvent('download');
	await page.evaluate((address) => window.open(address!, '_self'), href);
	expect((await download).suggestedFilename()).toBe('plan.svg');
	await page.setContent('<p>x</p>').catch(() => {});
	expect(asked).not.toContain('/run');
});
