import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { createItem } from '#src/core/items/server/write.ts';
import { row, sql } from '#src/platform/server/db.ts';
import { StoreFull } from '#src/platform/server/file-store.ts';
import { localFolder } from '#src/platform/server/file-folder.ts';
import { files } from '#src/platform/server/files.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { testFiles } from '#src/testing/files.ts';
import { fileById } from './read.ts';
import { kindOf } from './sniff.ts';
import { serveFile } from './serve.ts';
import { fileAddress, MOST_BYTES, storeFile, storeImage } from './store.ts';
import { sweepFiles } from './sweep.ts';
import { uploadFile } from './upload.ts';

const { db } = await testDatabase();
const store = testFiles();

const text = (value: string) => new TextEncoder().encode(value);
const photo = (width = 1200, height = 800, colour = '#2a6') =>
	sharp({ create: { width, height, channels: 3, background: colour } });

async function read(response: Response) {
	return new Uint8Array(await response.arrayBuffer());
}
const ask = (id: string, headers: Record<string, string> = {}, small = false) => ({
	...{ id, small, headers: new Headers(headers) }
});

function contents(folder: string): string[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
		statSync(join(folder, name)).isFile()
	);
}

describe('images', () => {
	test('lose their metadata and keep their look, upright', async () => {
		const viewer = await aPerson(db);
		const withPlace = await photo(40, 20)
			.jpeg()
			.withMetadata({ orientation: 6 })
			.withExif({ IFD0: { Copyright: 'Secret Place' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
			.toBuffer();
		expect(withPlace.toString('latin1')).toContain('Secret Place');
		const kept = await storeFile(db, viewer, { name: 'IMG 01.JPG', content: withPlace });
		expect(kept).toMatchObject({
			name: 'IMG-01.JPG',
			mime: 'image/jpeg',
			width: 20,
			height: 40,
			thumbnailSha256: null
		});
		const served = await read(await serveFile(db, viewer, ask(kept.id)));
		expect(Buffer.from(served).toString('latin1')).not.toContain('Secret Place');
		expect((await sharp(served).metadata()).exif).toBeUndefined();
	});

	test('get a smaller copy when they are large', async () => {
		const viewer = await aPerson(db);
		const kept = await storeFile(db, viewer, { name: 'wide.png', content: await photo(3000, 1000).png().toBuffer() });
		expect(kept).toMatchObject({ width: 2560, height: 853 });
		const small = await serveFile(db, viewer, ask(kept.id, {}, true));
		expect(small.headers.get('content-type')).toBe('image/webp');
		expect(await sharp(await read(small)).metadata()).toMatchObject({ width: 640 });
	});

	test.each(['png', 'webp', 'gif', 'avif', 'jpeg'] as const)('may be %s', async (format) => {
		const viewer = await aPerson(db);
		const content = await photo(30, 30).toFormat(format).toBuffer();
		const kept = await storeFile(db, viewer, { name: `a.${format}`, content });
		expect(kept).toMatchObject({ width: 30, height: 30 });
		expect(kept.mime).toBe(format === 'avif' ? 'image/webp' : `image/${format}`);
	});

	test('keep moving', async () => {
		const viewer = await aPerson(db);
		const frames = await Promise.all(['#f00', '#0f0'].map((colour) => photo(20, 20, colour).png().toBuffer()));
		const content = await sharp(frames, { join: { animated: true } })
			.gif({ delay: [100, 100] })
			.toBuffer();
		const kept = await storeFile(db, viewer, { name: 'a.gif', content });
		expect(kept).toMatchObject({ width: 20, height: 20 });
		const served = await read(await serveFile(db, viewer, ask(kept.id)));
		expect((await sharp(served, { animated: true }).metadata()).pages).toBe(2);
	});

	test('that lie about their size or are cut off are refused', async () => {
		const viewer = await aPerson(db);
		const whole = await photo(300, 300).png().toBuffer();
		const bomb = Buffer.from(whole);
		bomb.writeUInt32BE(60_000, 16);
		bomb.writeUInt32BE(60_000, 20);
		for (const content of [bomb, whole.subarray(0, 200), text('\x89PNG')]) {
			await expect(storeFile(db, viewer, { name: 'a.png', content })).rejects.toMatchObject({ kind: 'invalid' });
		}
	});

	test('of people are square and seen by everybody', async () => {
		const viewer = await aPerson(db);
		const stranger = await aPerson(db);
		const kept = await storeImage(db, viewer, { name: 'me.jpg', content: await photo().jpeg().toBuffer() });
		expect(kept).toMatchObject({ width: 512, height: 512, shared: true });
		expect((await fileById(db, stranger, kept.id)).id).toBe(kept.id);
		const pdf = storeImage(db, viewer, { name: 'me.pdf', content: text('%PDF-1.4 x') });
		await expect(pdf).rejects.toMatchObject({ fields: { file: expect.stringContaining('not a photo') } });
	});
});

describe('what is refused', () => {
	test.each([
		['a script in a picture', 'a.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
		['the same behind a prologue', 'a.xml', '<?xml version="1.0"?>\n<!-- x -->\n<svg onload="alert(1)"/>'],
		['a page', 'a.txt', '  <!DOCTYPE html><html><script>alert(1)</script>'],
		['a shell script', 'run.txt', '#!/bin/sh\nrm -rf ~'],
		['a Windows program', 'a.zip', 'MZ\x90\0\x03\0'],
		['a Linux program', 'a.bin', '\x7fELF\x02\x01\0'],
		['a picture browsers cannot show', 'a.heic', '\0\0\0\x18ftypheic\0\0\0\0mif1heic'],
		['nothing', 'a.txt', '']
	])('%s', async (_, name, content) => {
		const viewer = await aPerson(db);
		const kept = storeFile(db, viewer, { name, content: Buffer.from(content, 'latin1') });
		await expect(kept).rejects.toMatchObject({ kind: 'invalid', fields: { file: expect.any(String) } });
	});

	test('text that would keep a careless search for its kind busy for ever is told at once', async () => {
		expect((await kindOf(text(`${'<!---->'.repeat(500)}x`), 'a.txt')).mime).toBe('text/plain');
	});

	test('what is not what its name says', async () => {
		const viewer = await aPerson(db);
		const kept = storeFile(db, viewer, { name: 'photo.png', content: text('%PDF-1.7 …') });
		await expect(kept).rejects.toMatchObject({ fields: { file: expect.stringContaining('not what its name says') } });
	});

	test('what is too large, before it is read', async () => {
		const viewer = await aPerson(db);
		const content = new Uint8Array(MOST_BYTES + 1).fill(65);
		await expect(storeFile(db, viewer, { name: 'a.txt', content })).rejects.toMatchObject({
			fields: { file: expect.stringContaining('too large') }
		});
		const request = new Request('http://localhost/files', {
			...{ method: 'POST', body: 'x', headers: { 'content-length': String(2 * MOST_BYTES) } }
		});
		await expect(uploadFile(db, viewer, request)).rejects.toMatchObject({ kind: 'invalid' });
	});

	test('anything when the disk is full, with a sentence', async () => {
		const viewer = await aPerson(db);
		const full = { ...localFolder(store.folder), put: () => Promise.reject(new StoreFull()) };
		const working = { ...files() };
		Object.assign(files(), full);
		await expect(storeFile(db, viewer, { name: 'a.txt', content: text('new words') })).rejects.toMatchObject({
			fields: { file: expect.stringContaining('no room') }
		});
		Object.assign(files(), working);
	});
});

describe('names', () => {
	test.each([
		['../../etc/passwd', 'passwd.txt'],
		['C:\\x\\notes.md', 'notes.md'],
		['a\u202Etxt.exe', 'atxt.exe.txt'],
		['two words "x"; y.csv', 'two-words-x-y.csv'],
		['...', 'file.txt']
	])('%s is kept as %s', async (given, name) => {
		const viewer = await aPerson(db);
		expect(await storeFile(db, viewer, { name: given, content: text('words') })).toMatchObject({ name });
	});
});

describe('a request for a file', () => {
	test('cannot run anything', async () => {
		const viewer = await aPerson(db);
		const kept = await storeFile(db, viewer, { name: 'a.txt', content: text('hello world') });
		const { headers } = await serveFile(db, viewer, ask(kept.id));
		expect(Object.fromEntries(headers)).toMatchObject({
			'content-security-policy': "sandbox; default-src 'none'",
			'x-content-type-options': 'nosniff',
			'content-disposition': "attachment; filename*=UTF-8''a.txt",
			'cache-control': 'private, max-age=31536000, immutable'
		});
	});

	test('gives ranges and knows what the browser has', async () => {
		const viewer = await aPerson(db);
		const kept = await storeFile(db, viewer, { name: 'a.txt', content: text('hello world') });
		const part = async (range: string, more: Record<string, string> = {}) => {
			const response = await serveFile(db, viewer, ask(kept.id, { range, ...more }));
			return [response.status, response.headers.get('content-range'), Buffer.from(await read(response)).toString()];
		};
		expect(await part('bytes=0-4')).toEqual([206, 'bytes 0-4/11', 'hello']);
		expect(await part('bytes=6-')).toEqual([206, 'bytes 6-10/11', 'world']);
		expect(await part('bytes=-3')).toEqual([206, 'bytes 8-10/11', 'rld']);
		expect(await part('bytes=20-')).toEqual([416, 'bytes */11', '']);
		expect(await part('bytes=0-1,3-4')).toEqual([200, null, 'hello world']);
		expect(await part('bytes=0-4', { 'if-range': '"other"' })).toEqual([200, null, 'hello world']);
		const again = await serveFile(db, viewer, ask(kept.id, { 'if-none-match': `"${kept.sha256}"` }));
		expect(again.status).toBe(304);
	});
});

describe('who may read a file', () => {
	test('its uploader, and whoever may read an item that shows it', async () => {
		const spaceId = await aSpace(db, { access: 'closed' });
		const writer = await aPerson(db, { spaces: [spaceId] });
		const member = await aPerson(db, { spaces: [spaceId] });
		const outsider = await aPerson(db);
		const kept = await storeFile(db, writer, { name: 'plan.txt', content: text('our plan') });
		await expect(fileById(db, member, kept.id)).rejects.toMatchObject({ kind: 'not_found' });
		await db.transaction((tx) =>
			createItem(tx, writer, { kind: 'question', spaceId, bodyMd: `See [the plan](${fileAddress(kept)}).` })
		);
		expect((await fileById(db, member, kept.id)).id).toBe(kept.id);
		await expect(fileById(db, outsider, kept.id)).rejects.toMatchObject({ kind: 'not_found' });
		await expect(serveFile(db, outsider, ask('not-an-id'))).rejects.toMatchObject({ kind: 'not_found' });
	});

	test('nobody gets one by naming it in a text of their own', async () => {
		const open = await aSpace(db);
		const thief = await aPerson(db, { spaces: [open] });
		const owner = await aPerson(db);
		const kept = await storeFile(db, owner, { name: 'secret.txt', content: text('mine alone') });
		await db.transaction((tx) =>
			createItem(tx, thief, { kind: 'question', spaceId: open, bodyMd: `![x](${fileAddress(kept)})` })
		);
		await expect(fileById(db, thief, kept.id)).rejects.toMatchObject({ kind: 'not_found' });
	});
});

describe('the store', () => {
	test('keeps the same bytes once', async () => {
		const before = contents(store.folder).length;
		const content = text('the very same words');
		const [one, other] = [await aPerson(db), await aPerson(db)];
		const first = await storeFile(db, one, { name: 'a.txt', content });
		expect((await storeFile(db, one, { name: 'a.txt', content })).id).toBe(first.id);
		expect((await storeFile(db, other, { name: 'b.txt', content })).id).not.toBe(first.id);
		expect(contents(store.folder).length).toBe(before + 1);
	});

	test('is swept of what nothing uses', async () => {
		const spaceId = await aSpace(db);
		const viewer = await aPerson(db, { spaces: [spaceId] });
		const put = (name: string, words: string) => storeFile(db, viewer, { name, content: text(words) });
		const used = await put('used.txt', 'used in an item');
		const unused = await put('unused.txt', 'used nowhere');
		const drafted = await put('drafted.txt', 'used in a draft');
		const twin = await put('twin.txt', 'used in an item');
		await db.transaction((tx) =>
			createItem(tx, viewer, { kind: 'question', spaceId, bodyMd: `<${fileAddress(used)}> [x](${fileAddress(used)})` })
		);
		await db.execute(
			sql`insert into draft (person_id, key, content) values (${viewer.id}, 'question', ${JSON.stringify({ bodyMd: fileAddress(drafted) })})`
		);
		expect(await sweepFiles(db)).toBe(0);
		await db.execute(sql`update file set created_at = now() - interval '3 days' where uploader_id = ${viewer.id}`);
		expect(await sweepFiles(db)).toBe(2);
		expect(await store.exists(unused.sha256)).toBe(false);
		expect(await store.exists(used.sha256)).toBe(true);
		const left = await row<{ n: number }>(
			db,
			sql`select count(*)::int as n from file where id in (${unused.id}, ${twin.id})`
		);
		expect(left!.n).toBe(0);
	});
});

test('an upload answers with the Markdown that shows it', async () => {
	const viewer = await aPerson(db);
	const body = new FormData();
	body.set('file', new File([new Uint8Array(await photo(10, 10).png().toBuffer())], 'till screen.png'));
	const done = await uploadFile(db, viewer, new Request('http://localhost/files', { method: 'POST', body }));
	expect(done).toMatchObject({ name: 'till-screen.png', width: 10, markdown: `![till screen](${done.url})` });
});
