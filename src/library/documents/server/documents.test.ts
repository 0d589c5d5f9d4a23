import { describe, expect, test, vi } from 'vitest';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { fileById, linkFiles } from '#src/core/files/server/read.ts';
import { storeFile } from '#src/core/files/server/store.ts';
import { createItem } from '#src/core/items/server/write.ts';
import { indexItems } from '#src/core/search/server/indexing.ts';
import { searchItems } from '#src/core/search/server/search.ts';
import { rows, sql } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { aDocx, aPdf, aPptx, wordParagraph } from '#src/testing/documents.ts';
import { testFiles } from '#src/testing/files.ts';
import { textOf } from '../document.ts';
import { addDocument, readDocument } from './documents.ts';
import { drawPicturesOf } from './pictures.ts';
import { readFileOf } from './read-file.ts';

// What gives way to others is slow where the machine has much to do.
vi.setConfig({ testTimeout: 300_000 });

const { db } = await testDatabase();
const store = testFiles();
const spaceId = await aSpace(db, { access: 'closed' });
const ana = await aPerson(db, { spaces: [spaceId] });

/** An item with this file, waiting to be read. */
async function share(viewer: Viewer, name: string, content: Buffer): Promise<{ itemId: string; fileId: string }> {
	const stored = await storeFile(db, viewer, { name, content }, { limited: false });
	return db.transaction(async (tx) => {
		const itemId = await createItem(tx, viewer, { kind: 'resource', spaceId, title: name, bodyMd: '' });
		await linkFiles(tx, itemId, [stored.id]);
		await addDocument(tx, itemId, stored);
		return { itemId, fileId: stored.id };
	});
}

const pages = (count: number, letters = 2000) =>
	Array.from({ length: count }, (_, at) => ({
		title: `Chapter ${at + 1}`,
		text: `Marker${at + 1} `.padEnd(letters, 'The till prints a receipt. ')
	}));

test('a file waits, is read, and is shown a view at a time to those who may see its item', async () => {
	const job = await share(ana, 'guide.pdf', await aPdf(pages(70)));
	expect(await readDocument(db, ana, job.itemId)).toMatchObject({ state: 'waiting', parts: [] });
	const queued = await rows<{ data: unknown }>(
		db,
		sql`select data from pgboss.job where name = 'document.read' and data ->> 'itemId' = ${job.itemId}`
	);
	expect(queued).toEqual([{ data: job }]);
	await readFileOf(db, job);
	const first = (await readDocument(db, ana, job.itemId))!;
	expect(first).toMatchObject({ state: 'read', format: 'PDF', unit: 'page', partCount: 70, view: 1, notes: [] });
	expect(first.views.length).toBe(3);
	expect(first.views[1]).toEqual({
		label: expect.stringMatching(/^Pages \d+–\d+$/),
		suffix: expect.stringMatching(/^\?view=2#page-\d+$/)
	});
	const second = (await readDocument(db, ana, job.itemId, 2))!;
	expect(second.parts[0]!.no).toBe(first.parts.at(-1)!.no + 1);
	expect(first.headings.length).toBe(70);
	expect(first.headings[69]).toMatchObject({ title: 'Chapter 70', level: 1, suffix: '?view=3#page-70' });
	await expect(readDocument(db, ana, job.itemId, 4)).rejects.toMatchObject({ kind: 'not_found' });
	const outsider = await aPerson(db);
	await expect(readDocument(db, outsider, job.itemId)).rejects.toMatchObject({ kind: 'not_found' });
	// The job again, as after a crash, changes nothing.
	await readFileOf(db, job);
	expect((await readDocument(db, ana, job.itemId))!.partCount).toBe(70);
});

test('a search finds the page', async () => {
	const job = await share(ana, 'found.pdf', await aPdf(pages(40, 2500)));
	await readFileOf(db, job);
	await indexItems(db, [job.itemId]);
	const { hits } = await searchItems(db, ana, { q: 'marker37 receipt' });
	expect(hits[0]).toMatchObject({ id: job.itemId, href: `/resources/${job.itemId}?view=2#page-37` });
});

test('the pages are drawn, and the first stands for the file', async () => {
	const job = await share(ana, 'drawn.pdf', await aPdf(pages(2)));
	await readFileOf(db, job);
	await drawPicturesOf(db, job);
	const { parts } = (await readDocument(db, ana, job.itemId))!;
	expect(parts.map(({ picture }) => picture)).toEqual(
		[1, 2].map((no) => expect.stringMatching(new RegExp(`^/files/[0-9a-f-]{36}/page-${no}\\.webp$`)))
	);
	const ids = parts.map(({ picture }) => picture!.split('/')[2]!);
	const outsider = await aPerson(db);
	expect((await fileById(db, ana, ids[0]!)).width).toBe(960);
	await expect(fileById(db, outsider, ids[0]!)).rejects.toMatchObject({ kind: 'not_found' });
	const original = await fileById(db, ana, job.fileId);
	expect(await store.exists(original.thumbnailSha256!)).toBe(true);
	// Drawn again, as after a crash, a page has one picture.
	await drawPicturesOf(db, job);
	expect((await rows(db, sql`select 1 from item_file where item_id = ${job.itemId}`)).length).toBe(3);
});

test('a new file takes the place of the old one, also while that is being read', async () => {
	const old = await share(ana, 'old.docx', await aDocx(wordParagraph('The old words.')));
	const stored = await storeFile(db, ana, { name: 'new.docx', content: await aDocx(wordParagraph('The new words.')) });
	const replace = db.transaction((tx) => addDocument(tx, old.itemId, stored));
	await Promise.all([readFileOf(db, old), replace]);
	await readFileOf(db, { itemId: old.itemId, fileId: stored.id });
	const { state, parts } = (await readDocument(db, ana, old.itemId))!;
	expect({ state, words: parts.map(textOf) }).toEqual({ state: 'read', words: ['The new words.'] });
});

test('pictures and sound wait for nothing', async () => {
	const { itemId } = await share(ana, 'a.pdf', await aPdf(pages(1)));
	expect(await db.transaction((tx) => addDocument(tx, itemId, { id: newId(), mime: 'video/mp4' }))).toBe(false);
	expect(await readDocument(db, ana, itemId)).toBeUndefined();
});

describe('what goes wrong', () => {
	test('a store that is away is asked again, and in the end it is said', async () => {
		const job = await share(ana, 'gone.pdf', await aPdf(pages(1, 77)));
		const { sha256 } = await fileById(db, ana, job.fileId);
		await store.delete(sha256);
		for (let attempt = 1; attempt < 5; attempt += 1) {
			await expect(readFileOf(db, job)).rejects.toMatchObject({ code: 'ENOENT' });
			expect(await readDocument(db, ana, job.itemId)).toMatchObject({ state: 'waiting' });
		}
		await readFileOf(db, job);
		expect(await readDocument(db, ana, job.itemId)).toMatchObject({
			state: 'unreadable',
			reason: expect.stringContaining('could not be fetched')
		});
	});

	test('a file that gives too much keeps what came before', async () => {
		const slides = Array.from({ length: 3000 }, (_, at) => ({ title: `Slide ${at}`, lines: ['x'.repeat(500)] }));
		const job = await share(ana, 'long.pptx', await aPptx(slides));
		await readFileOf(db, job, { seconds: 120, heap: 320, data: 1024, output: 0.2 });
		const { state, notes, partCount } = (await readDocument(db, ana, job.itemId))!;
		expect(state).toBe('read');
		expect(partCount).toBeGreaterThan(10);
		expect(partCount).toBeLessThan(3000);
		expect(notes).toEqual(['It gave far more than a document holds, so it was stopped. What came before is here.']);
	});
});
