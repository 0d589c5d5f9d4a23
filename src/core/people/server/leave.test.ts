import { expect, test } from 'vitest';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { exportsOwn, ownLists } from '#src/core/export/server/own.ts';
import { row, sql } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';
import { apiClient } from '#src/testing/api.ts';
import { aPerson } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { newLeave } from '../input.ts';
import { endLeave, ownLeave, ownLeaves, takeLeave } from './leave.ts';
import { backAt, hoursOf, isAtWork, isAway } from './presence.ts';
import { readPerson } from './profiles.ts';

const { db } = await testDatabase();
const NOW = new Date('2026-03-10T12:00:00Z');
const leave = (from: string, until: string, word = '') => parse(newLeave, { from, until, word });
const take = (viewer: Viewer, from: string, until: string, word?: string) =>
	takeLeave(db, viewer, leave(from, until, word), NOW);
const spans = async (viewer: Viewer) =>
	(await ownLeaves(db, viewer, NOW)).map(({ from, until, word }) => [from, until, word].filter(Boolean).join(' '));
const awayAt = async ({ id }: Viewer, moment: string) =>
	(await row<{ away: boolean }>(db, sql`select ${isAway(sql`${id}::uuid`, sql`${moment}::timestamptz`)} as away`))!
		.away;
const backFrom = async ({ id }: Viewer, moment: string) => {
	const { at } = (await row<{ at: string | null }>(
		db,
		sql`select ${backAt(sql`${id}::uuid`, sql`${moment}::timestamptz`)} as at`
	))!;
	return at && new Date(at).toISOString();
};

test('leaves that overlap or touch become one, with the latest word; others stay apart', async () => {
	const viewer = await aPerson(db);
	await take(viewer, '2026-04-01', '2026-04-05', 'In the hills');
	await take(viewer, '2026-04-10', '2026-04-12');
	expect(await spans(viewer)).toEqual(['2026-04-01 2026-04-05 In the hills', '2026-04-10 2026-04-12']);
	await take(viewer, '2026-04-06', '2026-04-07');
	expect(await spans(viewer)).toEqual(['2026-04-01 2026-04-07 In the hills', '2026-04-10 2026-04-12']);
	const one = await take(viewer, '2026-04-03', '2026-04-20', 'By the sea');
	expect(await spans(viewer)).toEqual(['2026-04-01 2026-04-20 By the sea']);
	// The same again is the same.
	const again = await Promise.all([1, 2, 3].map(() => take(viewer, '2026-04-02', '2026-04-03')));
	expect(again).not.toContain(one);
	expect(await spans(viewer)).toEqual(['2026-04-01 2026-04-20 By the sea']);
});

test('what cannot be meant is refused with a line on the field', async () => {
	const viewer = await aPerson(db);
	const problem = (run: () => unknown) => expect((async () => run())()).rejects;
	await problem(() => leave('2026-04-05', '2026-04-01')).toMatchObject({
		fields: { until: 'must not lie before the first day' }
	});
	await problem(() => leave('2026-04-01', '2027-05-05')).toMatchObject({
		fields: { until: expect.stringContaining('these are 400 days') }
	});
	await problem(() => leave('2026-02-30', '2026-03-05')).toMatchObject({ fields: { from: expect.any(String) } });
	await problem(() => take(viewer, '2026-03-01', '2026-03-09')).toMatchObject({ fields: { until: 'is over already' } });
	await problem(() => take(viewer, '2036-03-01', '2036-03-09')).toMatchObject({ fields: { from: expect.any(String) } });
	const day = (n: number) => new Date(Date.UTC(2027, 0, 1 + 3 * n)).toISOString().slice(0, 10);
	for (let n = 0; n < 50; n += 1) await take(viewer, day(n), day(n));
	await problem(() => take(viewer, '2028-01-01', '2028-01-02')).toMatchObject({ kind: 'conflict' });
	expect((await spans(viewer)).length).toBe(50);
	expect(leave('2026-04-01', '2027-04-01').until).toBe('2027-04-01');
});

test.each([
	['Europe/Berlin', '2026-03-28T22:59:00Z', '2026-03-28T23:00:00Z', '2026-03-29T21:59:00Z', '2026-03-29T22:00:00Z'],
	[
		'Europe/Berlin in autumn',
		'2026-10-24T21:59:00Z',
		'2026-10-24T22:00:00Z',
		'2026-10-25T22:59:00Z',
		'2026-10-25T23:00:00Z'
	],
	['Pacific/Auckland', '2026-04-04T10:59:00Z', '2026-04-04T11:00:00Z', '2026-04-05T11:59:00Z', '2026-04-05T12:00:00Z'],
	// Clocks jump from midnight to one: the day after begins with the jump.
	['Africa/Cairo', '2026-04-22T21:59:00Z', '2026-04-22T22:00:00Z', '2026-04-23T21:59:00Z', '2026-04-23T22:00:00Z']
])(
	'one day of leave is that day there, on which or after which clocks change: %s',
	async (zone, before, first, last, back) => {
		const timeZone = zone.split(' ')[0]!;
		const viewer = await aPerson(db, { timeZone });
		const day = new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date(first));
		await take(viewer, day, day);
		expect(await Promise.all([before, first, last, back].map((moment) => awayAt(viewer, moment)))).toEqual([
			...[false, true, true, false]
		]);
		expect(await backFrom(viewer, last)).toBe(new Date(back).toISOString());
		expect(await backFrom(viewer, back)).toBeNull();
	}
);

test('taken back in its middle, the days that are over stay, and today they are there', async () => {
	const viewer = await aPerson(db, { workDays: [1, 2, 3, 4, 5, 6, 7], workStart: 0, workEnd: 1440 });
	await take(viewer, '2026-03-08', '2026-03-20');
	const { id, begun } = (await ownLeaves(db, viewer, NOW))[0]!;
	expect(begun).toBe(true);
	await expect(endLeave(db, await aPerson(db), id, NOW)).rejects.toMatchObject({ kind: 'not_found' });
	await endLeave(db, viewer, id, NOW);
	expect(await spans(viewer)).toEqual([]);
	expect(await awayAt(viewer, '2026-03-09T12:00:00Z')).toBe(true);
	expect(await awayAt(viewer, '2026-03-10T12:00:00Z')).toBe(false);
	await expect(endLeave(db, viewer, id, NOW)).rejects.toMatchObject({ kind: 'not_found' });
	await take(viewer, '2026-03-10', '2026-03-10');
	await endLeave(db, viewer, (await ownLeaves(db, viewer, NOW))[0]!.id, NOW);
	expect(await awayAt(viewer, '2026-03-10T12:00:00Z')).toBe(false);
	const { leaves } = (await row<{ leaves: unknown }>(
		db,
		sql`select ${hoursOf(sql`p`)} from person p where p.id = ${viewer.id}`
	))!;
	expect(leaves).toEqual([{ from: '2026-03-08', until: '2026-03-09' }]);
	for (const [at, expected] of [
		['2026-03-09T12:00:00Z', false],
		['2026-03-10T12:00:00Z', true]
	] as const)
		expect(
			(await row<{ at: boolean }>(db, sql`select ${isAtWork(sql`${viewer.id}::uuid`, new Date(at))} as at`))!.at
		).toBe(expected);
});

test('a colleague sees until when and the word while it lasts, and nothing of what is to come', async () => {
	const [viewer, colleague] = [await aPerson(db), await aPerson(db)];
	const api = apiClient(db);
	const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
	const made = await api(viewer, 'POST /me/leaves', { from: inDays(10), until: inDays(12), word: 'A secret' });
	expect(made.status).toBe(201);
	expect((await readPerson(db, colleague, viewer.id)).away).toBeNull();
	await takeLeave(db, viewer, leave(inDays(0), inDays(3), 'Ask Lena about the till'));
	const seen = await api(colleague, `GET /people/${viewer.id}`);
	expect(seen.body).toMatchObject({ away: { until: inDays(3), word: 'Ask Lena about the till' } });
	expect(JSON.stringify(seen.body)).not.toContain('A secret');
	exportsOwn(ownLeave);
	const own = ownLists().find(({ name }) => name === 'leaves')!;
	expect(await Array.fromAsync(own.list(db, viewer))).toMatchObject([{ until: inDays(3) }, { word: 'A secret' }]);
	expect(await Array.fromAsync(own.list(db, colleague))).toEqual([]);
});
