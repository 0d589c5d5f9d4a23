import { expect, test } from 'vitest';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { addComment } from '#src/core/items/server/comments.ts';
import { markHelped } from '#src/core/items/server/helped.ts';
import { writePage } from '#src/pages/server/pages.ts';
import { sql } from '#src/platform/server/db.ts';
import { apiClient } from '#src/testing/api.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { allHandedOut, toldTo } from '#src/testing/told.ts';
import { readInsights } from './read.ts';

const { db } = await testDatabase({ work: true });
const api = apiClient(db);

async function aPage() {
	const spaceId = await aSpace(db);
	const steward = await aPerson(db, { spaces: [spaceId], steward: true });
	const author = await aPerson(db, { spaces: [spaceId], name: 'Ada Author' });
	return { spaceId, steward, author, page: await aPageBy(author, spaceId) };
}

const aPageBy = (author: Viewer, spaceId: string) =>
	writePage(db, author, { spaceId, title: 'How we label', bodyMd: 'Ours counts.', tags: [] });

async function helps(spaceId: string, page: string, minutesSaved?: number): Promise<Viewer> {
	const reader = await aPerson(db, { spaces: [spaceId] });
	await markHelped(db, reader, page, { minutesSaved, note: '' });
	return reader;
}

const readersOf = async (viewer: Viewer, spaceId: string) => (await readInsights(db, viewer, spaceId)).readers;

test('readers who wrote nothing are counted from five on, minutes where five said them, and never named', async () => {
	const { spaceId, steward, page } = await aPage();
	for (const minutes of [10, 20, 30, 40]) await helps(spaceId, page, minutes);
	expect(await readersOf(steward, spaceId)).toEqual({ quiet: null, solved: [], weak: [] });
	const fifth = await helps(spaceId, page);
	const solved = { id: page, kind: 'page', title: 'How we label', href: `/pages/${page}`, isFeatured: false };
	expect(await readersOf(steward, spaceId)).toEqual({
		quiet: { people: 5, minutes: null },
		solved: [{ ...solved, people: 5, minutes: null }],
		weak: []
	});
	await helps(spaceId, page, 50);
	const told = await readersOf(steward, spaceId);
	expect(told).toMatchObject({ quiet: { people: 6, minutes: 150 }, solved: [{ people: 6, minutes: 150 }] });
	expect(JSON.stringify(told)).not.toContain(fifth.id);
	// Who writes something is not one of them: of four no more is told.
	await addComment(db, fifth, page, { bodyMd: 'Thanks.' });
	expect(await readersOf(steward, spaceId)).toMatchObject({ quiet: { people: 5 }, solved: [{ people: 5 }] });
	await db.execute(sql`update helped set created_at = now() - interval '91 days' where person_id in (
		select person_id from helped where item_id = ${page} and minutes_saved = 50)`);
	expect(await readersOf(steward, spaceId)).toEqual({ quiet: null, solved: [], weak: [] });
});

test('what many read and helps few is told in steps, and its author is asked once to improve it', async () => {
	const { spaceId, steward, author, page } = await aPage();
	const other = await aPageBy(author, spaceId);
	const readBy = (item: string, from: number, to: number) =>
		db.execute(sql`with reader as (insert into person (id, name, email)
				select uuidv7(), 'Reader', 'reader' || n || '-' || ${item}::text || '@example.org' from generate_series(${from}::int, ${to}::int) n returning id)
			insert into signal (id, actor_id, verb, item_id, space_id) select uuidv7(), id, 'read', ${item}::uuid, ${spaceId}::uuid
			from reader, generate_series(1, 2)`);
	await readBy(page, 1, 19);
	const improve = () => api(steward, `POST /spaces/${spaceId}/calls`, { kind: 'improve', topic: page });
	// Nineteen people, however often they read.
	expect((await readersOf(steward, spaceId)).weak).toEqual([]);
	expect((await improve()).status).toBe(409);
	await readBy(page, 20, 37);
	const { weak } = await readersOf(steward, spaceId);
	const written = { id: author.id, name: 'Ada Author', isHere: true, isYou: false };
	expect(weak).toEqual([
		{
			...{ id: page, kind: 'page', title: 'How we label', href: `/pages/${page}`, readers: 20 },
			author: written,
			askedAt: null
		}
	]);
	expect(await readersOf(author, spaceId).catch((error: Error) => error.message)).toMatch(/look after/);
	expect([(await improve()).status, (await improve()).status]).toEqual([201, 409]);
	await allHandedOut(db);
	const [told, ...more] = await toldTo(db, author);
	expect(more).toEqual([]);
	expect(told).toMatchObject({ kind: 'community.improve', href: `/pages/${page}` });
	// One in twenty says that it helped: that is enough, for 37 readers two.
	await helps(spaceId, page);
	expect((await readersOf(steward, spaceId)).weak).toHaveLength(1);
	await helps(spaceId, page);
	expect((await readersOf(steward, spaceId)).weak).toEqual([]);
	expect(other).not.toBe(page);
});
