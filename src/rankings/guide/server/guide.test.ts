import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { contentHash } from '#src/platform/server/content-hash.ts';
import { row, sql } from '#src/platform/server/db.ts';
import { startJobs, stopJobs } from '#src/platform/server/jobs.ts';
import { parse } from '#src/platform/server/parse.ts';
import { apiClient } from '#src/testing/api.ts';
import { aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { aClosedRanking } from '#src/testing/rankings.ts';
import { newRelease } from '../../input.ts';
import { releaseResult } from '../../server/release.ts';
import { fieldsOfEntry, textOfEntry } from '../entry.ts';
import type { GuideContent } from '../guide.ts';
import { entryEdit, newAccess, newGuideEdition } from '../input.ts';
import { endDueAccess, grantAccess } from './access.ts';
import { editionAnswer, issueEdition, makeEdition } from './editions.ts';
import { entryToEdit, readEntry, writeEntry } from './entries.ts';
import { beginGuide, readGuide } from './guide.ts';
import { indexOf } from './pdf-index.ts';

const { db, url } = await testDatabase();
const api = apiClient(db);
beforeAll(() => startJobs(url, false));
afterAll(stopJobs);

const words = { summary: 'It **sticks**.', features: '- Cheap\n- Seen', together: '### At the till\n\nOn the drawer.' };

/** A ranking with its result, its curator, a reader, and a closed space of the curator's. */
async function aRoom() {
	const spaceId = await aSpace(db, { access: 'closed' });
	const apart = await aSpace(db, { access: 'closed' });
	const curator = await aPerson(db, { name: 'Cora', spaces: [spaceId] });
	await db.execute(
		sql`insert into space_member (space_id, person_id, role) values (${apart}, ${curator.id}, 'steward')`
	);
	const reader = await aPerson(db, { name: 'Rea', spaces: [spaceId] });
	const cora = await viewerOf(db, curator.id);
	const id = await aClosedRanking(db, cora, spaceId);
	await releaseResult(db, cora, id, parse(newRelease, {}));
	const { lines: _, ...rest } = await readGuide(db, cora, id);
	expect(rest.space).toBeNull();
	return { spaceId, apart, cora, reader, id, outsider: await aPerson(db) };
}

const write = (viewer: Viewer, tool: string, more: Record<string, unknown> = {}) =>
	writeEntry(db, viewer, tool, parse(entryEdit, { ...words, ...more }));
const issue = (viewer: Viewer, id: string, name = 'Beta') =>
	issueEdition(db, viewer, id, parse(newGuideEdition, { name }));
const toolOf = async (viewer: Viewer, id: string, name: string) =>
	(await readGuide(db, viewer, id)).lines.find((line) => line.name === name)!.toolId;

test('an entry is one text and comes apart again', () => {
	const entry = { summary: 'So.', features: '- A', own_work: 'B', learning: '', teaching: '### C\n\nD', together: '' };
	const text = textOfEntry(entry);
	expect(text).toBe(
		'So.\n\n## Essential features\n\n- A\n\n## Personal productivity\n\nB\n\n## Education and training\n\n### C\n\nD'
	);
	expect(fieldsOfEntry(text)).toEqual(entry);
	for (const bad of ['## Own', 'Own\n---', '# Own'])
		expect(() => parse(entryEdit, { summary: 'So.', features: bad })).toThrow(/small headings/);
	expect(() => parse(entryEdit, { summary: 'x'.repeat(1_000_000) })).toThrow(/characters at most/);
});

test('members write entries together: revisions, a stale edit, and two that begin at once', async () => {
	const { id, cora, reader, spaceId, outsider } = await aRoom();
	await beginGuide(db, cora, id, spaceId);
	const notes = await toolOf(cora, id, 'Notes');
	expect(await write(reader, notes)).toBe(1);
	await expect(write(cora, notes)).rejects.toMatchObject({ kind: 'conflict', details: { current: { version: 1 } } });
	expect(await write(cora, notes, { version: 1, learning: 'Write one a day.', note: 'Learning' })).toBe(2);
	await expect(write(reader, notes, { version: 1 })).rejects.toMatchObject({ details: { current: { version: 2 } } });
	await expect(write(outsider, notes, { version: 2 })).rejects.toMatchObject({ kind: 'not_found' });
	expect(await entryToEdit(db, reader, notes)).toMatchObject({
		learning: 'Write one a day.',
		version: 2,
		canBeSample: false
	});
	const { entry } = await readEntry(db, reader, notes);
	expect(entry!.bodyHtml).toContain('On the drawer.');
	expect((await readGuide(db, reader, id)).lines).toMatchObject([
		{ name: 'Notes', place: 1, written: true, canRead: true, sample: false },
		{ written: false },
		{ written: false }
	]);
});

test('apart from the ranking: contents and sample are open, the rest is for members and for a time of access', async () => {
	const { id, cora, reader, apart, spaceId } = await aRoom();
	await expect(beginGuide(db, reader, id, spaceId)).rejects.toMatchObject({ kind: 'forbidden' });
	await beginGuide(db, cora, id, apart);
	await expect(beginGuide(db, cora, id, spaceId)).rejects.toMatchObject({ kind: 'conflict' });
	const [notes, films] = [await toolOf(cora, id, 'Notes'), await toolOf(cora, id, 'Films')];
	await write(cora, notes, { sample: 'on' });
	await write(cora, films);
	const seen = await readGuide(db, reader, id);
	expect(seen.lines.map(({ name, canRead, sample }) => [name, canRead, sample])).toEqual([
		['Notes', true, true],
		['People', false, false],
		['Films', false, false]
	]);
	expect(await readEntry(db, reader, films)).toEqual({ entry: null, isClosed: true, canWrite: false });
	expect((await readEntry(db, reader, notes)).entry).not.toBeNull();
	// Whoever asks for the item by its id, by search or by the API finds nothing either.
	expect((await api(reader, `GET /items/${films}/history`)).status).toBe(404);

	const early = await issue(cora, id);
	await makeEdition(db, early);
	await db.execute(sql`update guide_edition set issued_at = now() - interval '40 days' where id = ${early}`);
	const letIn = (viewer: Viewer, person: string) =>
		grantAccess(db, viewer, id, parse(newAccess, { person, days: '30' }));
	await expect(letIn(reader, reader.id)).rejects.toMatchObject({ kind: 'forbidden' });
	await expect(letIn(cora, (await aPerson(db)).id)).rejects.toMatchObject({ fields: { person: /member/ } });
	await letIn(cora, reader.id);
	const inside = await viewerOf(db, reader.id);
	expect((await readEntry(db, inside, films)).entry).not.toBeNull();
	await write(cora, films, { version: 1, own_work: 'More.' });
	const late = await issue(cora, id, 'First edition');
	await makeEdition(db, late);
	const gets = async (viewer: Viewer) =>
		(await readGuide(db, viewer, id)).editions.map(({ name, canGet }) => [name, canGet]);
	// All editions issued in the time, none from before it; its members get all.
	expect(await gets(inside)).toEqual([
		['First edition', true],
		['Beta', false]
	]);
	expect(await gets(await viewerOf(db, cora.id))).toEqual([
		['First edition', true],
		['Beta', true]
	]);
	await expect(editionAnswer(db, inside, id, early)).rejects.toMatchObject({ kind: 'not_found' });

	await db.execute(
		sql`update guide_access set from_on = current_date - 20, until_on = current_date - 1 where person_id = ${reader.id}`
	);
	await db.execute(sql`update guide_edition set issued_at = now() - interval '5 days' where id = ${late}`);
	await endDueAccess(db);
	await endDueAccess(db);
	const after = await viewerOf(db, reader.id);
	expect(await readEntry(db, after, films)).toMatchObject({ entry: null, isClosed: true });
	expect(await gets(after)).toEqual([
		['First edition', true],
		['Beta', false]
	]);
	expect((await editionAnswer(db, after, id, late)).headers.get('content-type')).toBe('application/pdf');
});

test('an edition is frozen with the list it belongs to, and its PDF is made once', async () => {
	const { id, cora, spaceId, reader } = await aRoom();
	await beginGuide(db, cora, id, spaceId);
	await expect(issue(cora, id)).rejects.toThrow(/one entry at least/);
	const notes = await toolOf(cora, id, 'Notes');
	await write(cora, notes);
	await expect(issue(reader, id)).rejects.toMatchObject({ kind: 'forbidden' });
	const edition = await issue(cora, id);
	await expect(issue(cora, id, 'Again')).rejects.toThrow(/Nothing has changed/);
	expect((await readGuide(db, cora, id)).editions).toMatchObject([{ pages: null, canGet: false, failed: false }]);
	// What is changed between issuing and the job is not in it.
	await write(cora, notes, { version: 1, own_work: 'Later words.' });
	await makeEdition(db, edition);
	const { content, hash, pdf_hash, pdf, pages } = (await row<{
		content: GuideContent;
		hash: string;
		pdf_hash: string;
		pdf: Buffer;
		pages: number;
	}>(db, sql`select content, hash, pdf_hash, pdf, pages from guide_edition where id = ${edition}`))!;
	expect(content.entries[0]).toMatchObject({ name: 'Notes', standing: { place: 1 }, writers: ['Cora'], version: 1 });
	expect(JSON.stringify(content)).not.toContain('Later words');
	expect(content.unwritten).toHaveLength(2);
	expect(contentHash(content)).toBe(hash);
	expect(createHash('sha256').update(pdf).digest('hex')).toBe(pdf_hash);
	// Title, contents, the entry, what is not written, the index.
	expect(pages).toBe(5);
	expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
	await makeEdition(db, edition);
	const again = await row<{ pdf_hash: string }>(db, sql`select pdf_hash from guide_edition where id = ${edition}`);
	expect(again!.pdf_hash).toBe(pdf_hash);
	const answer = await editionAnswer(db, reader, id, edition);
	expect(Buffer.from(await answer.arrayBuffer()).equals(pdf)).toBe(true);
});

test('an index has each term once, its pages in order, and what to see instead', () => {
	const marks = [
		{ term: 'Rope', page: 9 },
		{ term: 'rope', page: 4 },
		{ term: 'Rope', page: 9 },
		{ term: 'Cord', see: 'Rope' },
		{ term: 'épée', page: 2 }
	];
	expect(indexOf(marks)).toEqual([
		{ term: 'Cord', pages: [], see: 'Rope' },
		{ term: 'épée', pages: [2] },
		{ term: 'Rope', pages: [4, 9] }
	]);
});
