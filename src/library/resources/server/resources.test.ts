import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { fileById } from '#src/core/files/server/read.ts';
import type { FileRow } from '#src/core/files/server/store.ts';
import { sweepFiles } from '#src/core/files/server/sweep.ts';
import { beginUpload, receive } from '#src/core/files/server/uploads.ts';
import { registerKind } from '#src/core/search/server/kinds.ts';
import { indexItems } from '#src/core/search/server/indexing.ts';
import { searchItems } from '#src/core/search/server/search.ts';
import { rows, sql } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { parse } from '#src/platform/server/parse.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { testFiles } from '#src/testing/files.ts';
import { newResource, resourceEdit, resourceNotes } from '../input.ts';
import { hasFfmpeg } from '../../documents/server/frame.ts';
import { captionsOf, putCaptions, removeCaptions } from './captions.ts';
import { narratePage, removeNarration } from './narration.ts';
import { noteOpened } from './opened.ts';
import { readResource } from './read.ts';
import { bringBackFile, editResource, noteResource, shareResource } from './write.ts';

const { db } = await testDatabase();
const store = testFiles();
registerKind({ kind: 'resource', label: 'Resource', plural: 'Resources', icon: 'file' });

const spaceId = await aSpace(db, { access: 'closed' });
const ana = await aPerson(db, { spaces: [spaceId] });
const ben = await aPerson(db, { spaces: [spaceId] });
const outsider = await aPerson(db);

/** The smallest beginning that tells what a file is. */
const webm = Buffer.concat([
	Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282', 'hex'),
	Buffer.from([0x84]),
	Buffer.from('webm')
]);
const beginnings: Record<string, Buffer> = { webm, weba: webm, pdf: Buffer.from('%PDF-1.7\n') };

async function upload(viewer: Viewer, name: string): Promise<FileRow> {
	const begin = beginnings[name.split('.').pop()!]!;
	const content = Buffer.concat([begin, randomBytes(64)]);
	const id = await beginUpload(db, viewer, { name, bytes: content.length });
	const body = (async function* () {
		yield content;
	})();
	return (await receive(db, viewer, id, { offset: 0, body })).file!;
}

const share = async (viewer: Viewer, name: string, more: object = {}) => {
	const fileId = (await upload(viewer, name)).id;
	return shareResource(db, viewer, parse(newResource, { spaceId, title: `About ${name}`, fileId, ...more }));
};
const srt = (text: string) => `1\n00:02:10,000 --> 00:02:14,000\n${text}\n`;

test('a film is shared, and shown as what it is to those who may see it', async () => {
	const id = await share(ana, 'till.webm', {
		bodyMd: 'For **new** people.',
		tags: 'till',
		seconds: '95.5',
		starts: '0:05',
		ends: '1:30'
	});
	expect(await readResource(db, ben, id)).toMatchObject({
		title: 'About till.webm',
		...{ media: 'video', seconds: 95.5, starts: 5, ends: 90, tags: ['till'], version: 1 },
		bodyHtml: '<p>For <strong>new</strong> people.</p>\n',
		file: { name: 'till.webm', mime: 'video/webm' },
		...{ captions: [], transcript: [], chapters: [], points: [], narrations: [] }
	});
	await expect(readResource(db, outsider, id)).rejects.toMatchObject({ kind: 'not_found' });
	const { file } = await readResource(db, ben, id);
	expect((await fileById(db, ben, file.id)).id).toBe(file.id);
	await expect(fileById(db, outsider, file.id)).rejects.toMatchObject({ kind: 'not_found' });
});

test.skipIf(hasFfmpeg())('a picture drawn by the browser stands for a film', async () => {
	const drawn = await sharp({ create: { width: 320, height: 180, channels: 3, background: 'teal' } })
		.jpeg()
		.toBuffer();
	const poster = (content: Buffer) => `data:image/jpeg;base64,${content.toString('base64')}`;
	const thumbnailOf = async (id: string) => {
		const { file } = await readResource(db, ana, id);
		return (await fileById(db, ana, file.id)).thumbnailSha256;
	};
	const key = await thumbnailOf(await share(ana, 'drawn.webm', { poster: poster(drawn) }));
	expect(await sharp(await buffer(await store.get(key!))).metadata()).toMatchObject({ width: 320, height: 180 });
	// What is no picture after all, and a picture of what is no film, are left out.
	expect(await thumbnailOf(await share(ana, 'other.webm', { poster: poster(Buffer.from('<svg/>')) }))).toBeNull();
	expect(await thumbnailOf(await share(ana, 'text.pdf', { poster: poster(drawn) }))).toBeNull();
	await expect(share(ana, 'wrong.webm', { poster: 'https://example.org/a.jpg' })).rejects.toMatchObject({
		fields: { poster: 'must be a JPEG' }
	});
});

test('a double click shares once', async () => {
	const fileId = (await upload(ana, 'twice.pdf')).id;
	const input = parse(newResource, { spaceId, title: 'Twice', fileId, submission: newId() });
	const [one, two] = await Promise.all([shareResource(db, ana, input), shareResource(db, ana, input)]);
	expect(one).toBe(two);
});

describe('refused is', () => {
	test('a file of somebody else, and one that is not there', async () => {
		const theirs = await upload(ben, 'mine.pdf');
		const share_ = (fileId: string) => shareResource(db, ana, parse(newResource, { spaceId, title: 'x', fileId }));
		const seen = (await readResource(db, ana, await share(ben, 'seen.pdf'))).file;
		for (const id of [theirs.id, seen.id, newId()])
			await expect(share_(id)).rejects.toMatchObject({
				fields: { fileId: expect.stringContaining('no file that you') }
			});
	});

	test('a space one is not in', async () => {
		const fileId = (await upload(outsider, 'x.pdf')).id;
		const input = parse(newResource, { spaceId, title: 'x', fileId });
		await expect(shareResource(db, outsider, input)).rejects.toMatchObject({ kind: 'forbidden' });
	});

	test.each([
		[{ title: '' }, 'title'],
		[{ title: 'x'.repeat(201) }, 'title'],
		[{ fileId: 'till.pdf' }, 'fileId'],
		[{ starts: 'soon' }, 'starts'],
		[{ starts: '0:30', ends: '0:10' }, 'ends'],
		[{ surprise: 1 }, 'surprise'],
		[{ bodyMd: 'a\0b' }, 'bodyMd']
	])('%j at its field', (wrong, field) => {
		const input = { spaceId, title: 'Right', fileId: newId(), ...wrong };
		expect(() => parse(newResource, input)).toThrow(
			expect.objectContaining({ fields: { [field]: expect.any(String) } })
		);
	});
});

describe('another file', () => {
	const edit = (fields: object) => parse(resourceEdit, { title: 'About it', ...fields });

	test('is a new version, the old one is kept, and may come back', async () => {
		const id = await share(ana, 'first.pdf');
		const first = (await readResource(db, ana, id)).file;
		const second = await upload(ana, 'second.pdf');
		expect(await editResource(db, ana, id, edit({ fileId: second.id, note: 'Prices', version: 1 }))).toBe(2);
		const now = await readResource(db, ben, id);
		expect(now.file.id).toBe(second.id);
		expect(now.versions.map(({ version, note, file }) => [version, note, file.name])).toEqual([
			[2, 'Prices', 'second.pdf'],
			[1, '', 'first.pdf']
		]);
		expect(await editResource(db, ana, id, edit({ fileId: first.id, version: 2 }))).toBe(3);
		expect((await readResource(db, ben, id)).file.id).toBe(first.id);
		await db.execute(
			sql`update file set created_at = now() - interval '9 days' where id in (${first.id}, ${second.id})`
		);
		await sweepFiles(db);
		expect((await fileById(db, ben, second.id)).id).toBe(second.id);
	});

	test('of its history comes back with the title of today, by who may edit, and not over what somebody saved', async () => {
		const id = await share(ana, 'first.pdf');
		const first = (await readResource(db, ana, id)).file;
		await editResource(db, ana, id, edit({ fileId: (await upload(ana, 'second.pdf')).id, title: 'Newer', version: 1 }));
		await expect(bringBackFile(db, ben, id, { from: 1, version: 2 })).rejects.toMatchObject({ kind: 'forbidden' });
		await expect(bringBackFile(db, ana, id, { from: 9, version: 2 })).rejects.toMatchObject({ kind: 'not_found' });
		await expect(bringBackFile(db, ana, id, { from: 1, version: 1 })).rejects.toMatchObject({ kind: 'conflict' });
		expect(await bringBackFile(db, ana, id, { from: 1, version: 2 })).toBe(3);
		const now = await readResource(db, ben, id);
		expect(now).toMatchObject({ title: 'Newer', version: 3, file: { id: first.id } });
		expect(now.versions[0]).toMatchObject({ version: 3, note: 'The file of version 1 again' });
	});

	test('does not overwrite what somebody else saved', async () => {
		const id = await share(ana, 'stale.pdf');
		await editResource(db, ana, id, edit({ title: 'Newer', version: 1 }));
		const late = editResource(db, ana, id, edit({ fileId: (await upload(ana, 'late.pdf')).id, version: 1 }));
		await expect(late).rejects.toMatchObject({ kind: 'conflict', details: { current: { title: 'Newer' } } });
		expect((await readResource(db, ana, id)).file.name).toBe('stale.pdf');
	});

	test('comes from its author or a steward alone; a new cut is no new version', async () => {
		const id = await share(ana, 'cut.webm');
		await expect(editResource(db, ben, id, edit({ version: 1 }))).rejects.toMatchObject({ kind: 'forbidden' });
		const title = 'About cut.webm';
		expect(await editResource(db, ana, id, edit({ title, starts: '0:03', version: 1 }))).toBe(1);
		expect(await readResource(db, ben, id)).toMatchObject({ starts: 3, ends: null });
	});
});

describe('captions', () => {
	test('are shown, read and found with their time, and go with the file', async () => {
		const id = await share(ana, 'talk.webm');
		await putCaptions(db, ana, id, { language: 'en', text: srt('Turn the brass wheel') });
		await putCaptions(db, ana, id, { language: 'de', text: srt('Das Messingrad drehen') });
		expect(await captionsOf(db, ben, id, 'en')).toContain('00:02:10.000 --> 00:02:14.000\nTurn the brass wheel');
		await expect(captionsOf(db, outsider, id, 'en')).rejects.toMatchObject({ kind: 'not_found' });
		const { captions, transcript } = await readResource(db, ben, id);
		expect(captions.map(({ label }) => label)).toEqual(['German', 'English']);
		expect(transcript).toEqual([{ at: 130, text: 'Das Messingrad drehen' }]);
		await indexItems(db, [id]);
		const { hits } = await searchItems(db, ben, { q: 'brass wheel' } as never);
		expect(hits[0]).toMatchObject({ href: `/resources/${id}?t=130` });
		await removeCaptions(db, ana, id, 'de');
		expect((await readResource(db, ben, id)).captions.map(({ language }) => language)).toEqual(['en']);
		const next = await upload(ana, 'again.webm');
		await editResource(db, ana, id, parse(resourceEdit, { title: 'About it', fileId: next.id, version: 1 }));
		expect((await readResource(db, ben, id)).captions).toEqual([]);
	});

	test('belong to film and sound, hold times, and come from who may edit', async () => {
		const [film, paper] = [await share(ana, 'a.webm'), await share(ana, 'a.pdf')];
		const text = srt('Hello');
		const put = (viewer: Viewer, id: string, text: string) => putCaptions(db, viewer, id, { language: 'en', text });
		await expect(put(ana, paper, text)).rejects.toMatchObject({ fields: { captions: expect.any(String) } });
		await expect(put(ana, film, 'Hello')).rejects.toMatchObject({ fields: { captions: expect.any(String) } });
		await expect(put(ben, film, text)).rejects.toMatchObject({ kind: 'forbidden' });
	});
});

test('key points and chapters are written anew', async () => {
	const id = await share(ana, 'webinar.webm');
	const note = (points: string, chapters: string) =>
		noteResource(db, ana, id, parse(resourceNotes, { points, chapters }));
	await note('Ask twice (3:20)', '0:00 Welcome\n3:20 Prices');
	await note('Ask three times (3:25)\nListen', '0:00 Hello');
	expect(await readResource(db, ben, id)).toMatchObject({
		points: [
			{ text: 'Ask three times', seconds: 205, page: null },
			{ text: 'Listen', seconds: null, page: null }
		],
		chapters: [{ seconds: 0, title: 'Hello' }]
	});
	expect(() => parse(resourceNotes, { chapters: 'Hello' })).toThrow(
		expect.objectContaining({ fields: { chapters: expect.stringContaining('time') } })
	);
});

test('pages of a document are narrated', async () => {
	const [paper, film] = [await share(ana, 'deck.pdf'), await share(ana, 'no.webm')];
	const sound = await upload(ana, 'voice.weba');
	expect(sound.mime).toBe('audio/webm');
	await narratePage(db, ana, paper, { page: 3, fileId: sound.id });
	const { narrations } = await readResource(db, ben, paper);
	expect(narrations).toEqual([{ page: 3, url: `/files/${sound.id}/voice.weba`, mime: 'audio/webm' }]);
	expect((await fileById(db, ben, sound.id)).id).toBe(sound.id);
	const text = await upload(ana, 'text.pdf');
	await expect(narratePage(db, ana, paper, { page: 1, fileId: text.id })).rejects.toMatchObject({ kind: 'invalid' });
	await expect(narratePage(db, ana, film, { page: 1, fileId: sound.id })).rejects.toMatchObject({ kind: 'invalid' });
	await removeNarration(db, ana, paper, 3);
	expect((await readResource(db, ben, paper)).narrations).toEqual([]);
});

test('who opened which version is in their own record, once', async () => {
	const id = await share(ana, 'opened.pdf');
	for (const viewer of [ben, ben, ana, outsider]) await noteOpened(db, viewer, id, 1);
	await noteOpened(db, ben, id, 2);
	const found = await rows(
		db,
		sql`select actor_id, result from signal where item_id = ${id} and verb = 'opened' order by id`
	);
	expect(found).toEqual([
		{ actor_id: ben.id, result: { version: 1 } },
		{ actor_id: ben.id, result: { version: 2 } }
	]);
});
