import { expect, test } from 'vitest';
import { parse } from '#src/platform/server/parse.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { aFigure, aMetric, tickets, typed } from '#src/testing/figures.ts';
import { metricEdit, newMark, newMetric } from '../input.ts';
import { bringValues } from './bring.ts';
import { addMark, removeMark } from './marks.ts';
import { listMetrics, readIntake, readMetric, readMetricPage } from './read.ts';
import { pointsOf } from './record.ts';
import { dropAside, removePoint, takeAside, takeIn } from './take.ts';
import { editMetric, handOver } from './write.ts';

const { db } = await testDatabase();

async function aRoom(access: 'open' | 'closed' = 'open') {
	const spaceId = await aSpace(db, { access });
	const author = await aPerson(db, { spaces: [spaceId] });
	return { spaceId, author, member: await aPerson(db, { spaces: [spaceId] }), stranger: await aPerson(db) };
}

const bring = (viewer: Awaited<ReturnType<typeof aPerson>>, id: string, values: string, more = {}) =>
	bringValues(db, viewer, id, { values, decimal: 'point', replace: false, ...more });

test('a figure is read by who reads its space, and its values are brought by who looks after it', async () => {
	const { spaceId, author, member, stranger } = await aRoom('closed');
	const { id, mark } = await aFigure(db, author, spaceId);
	expect(await readMetric(db, member, id)).toMatchObject({ points: 30, canKeep: false, aside: null });
	await expect(readMetric(db, stranger, id)).rejects.toMatchObject({ kind: 'not_found' });
	for (const refused of [
		() => bring(member, id, '2026-04-01 3'),
		() => removePoint(db, member, id, '2026-03-01'),
		() => addMark(db, member, id, parse(newMark, { day: '2026-03-01', label: 'Mine' })),
		() => removeMark(db, member, id, mark),
		() => handOver(db, member, id, { ownerId: member.id }),
		() => readIntake(db, member, id)
	])
		await expect(refused()).rejects.toMatchObject({ kind: 'forbidden' });
	await expect(handOver(db, author, id, { ownerId: stranger.id })).rejects.toMatchObject({ kind: 'invalid' });
	await handOver(db, author, id, { ownerId: member.id });
	expect(await bring(member, id, '2026-04-01 41')).toMatchObject({ taken: 1 });
	expect((await listMetrics(db, stranger, { limit: 25 })).items.map((each) => each.id)).not.toContain(id);
	expect((await listMetrics(db, member, { limit: 100, space: spaceId })).items).toMatchObject([
		{ id, points: 31, latest: { day: '2026-04-01', value: 41 }, owner: { id: member.id } }
	]);
});

test('what cannot be a figure of the work of several people is refused', () => {
	const given = { spaceId: '0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77', ...tickets };
	expect(() => parse(newMetric, { ...given, people: '4' })).toThrow(/5 at least/);
	expect(() => parse(newMetric, { ...given, least: '5', most: '5' })).toThrow(/more than the least/);
	expect(() => parse(newMetric, { ...given, most: '1e308' })).toThrow(/too large/);
	expect(() => parse(newMetric, { ...given, zone: 'Mars/Olympus' })).toThrow(/time zone/);
});

test('every bad line is put aside with its reason, the others are taken, and the series stays as it was', async () => {
	const { spaceId, author } = await aRoom();
	const id = await aMetric(db, author, spaceId, { zone: 'Europe/Berlin', least: '0' });
	const good = Array.from({ length: 14 }, (_, at) => `2026-03-${String(at + 1).padStart(2, '0')},${40 + at}`);
	await bring(author, id, ['day,value', ...good].join('\n'));
	const before = await pointsOf(db, id);
	const bad: [line: string, why: string][] = [
		['2026-03-15,12 tickets,', '“12 tickets” is no number'],
		['2026-03-15,n/a,', '“n/a” is no number'],
		['2026-03-15,,', 'has no value'],
		['2026-03-15,1e308,', '1e308 is larger than any figure can be here'],
		['2026-03-15,-Infinity,', '“-Infinity” is no number'],
		['2026-03-15,1e999,', '“1e999” is no number that can be kept'],
		['2026-03-15,-3,', '-3 is less than 0, the least it can be'],
		['2026-03-15,0.7,hours', 'is in hours, and the series in tickets'],
		['2026-03-15,4100,', '4100 is ten times the largest so far, or more: has the unit changed?'],
		['2999-01-01,41,', '2999-01-01 has not begun yet'],
		['1066-10-14,41,', '1066-10-14 is before 1900'],
		['2026-02-30,41,', '2026-02-30 is not in the calendar'],
		['15.3.2026,41,', '“15.3.2026” is no day: write it as 2030-03-12'],
		['2026-03,41,', '2026-03 is a month, and the series has days'],
		[',41,', 'has no day'],
		['2026-03-01,99,', '2026-03-01 has 40 already'],
		[
			'2026-03-15T00:00:00Z,41,',
			'2026-03-15T00:00:00Z is 01:00 on 2026-03-15 in Europe/Berlin, not the beginning of a day: is it from another time zone?'
		]
	];
	const came = await bring(author, id, ['date,figure,unit', ...bad.map(([line]) => line)].join('\n'));
	expect(came.aside.map(({ why }) => why)).toEqual(bad.map(([, why]) => why));
	expect(came).toMatchObject({ taken: 0, replaced: 0, repeated: 0, asideCount: bad.length });
	expect(await pointsOf(db, id)).toEqual(before);
	const { aside, intakes } = await readIntake(db, author, id);
	expect(aside).toHaveLength(bad.length);
	expect(aside.filter(({ canTake }) => canTake).map(({ day }) => day)).toEqual(['2026-03-01', '2026-03-15']);
	expect(intakes[0]).toMatchObject({ way: 'typed', taken: 0, aside: bad.length, person: { id: author.id } });
});

test('the same again changes nothing, and a day that stands twice is taken once', async () => {
	const { spaceId, author } = await aRoom();
	const id = await aMetric(db, author, spaceId);
	const lines = '2026-03-01;3\n2026-03-02;4\n2026-03-02;4\n2026-03-02;5';
	expect(await bring(author, id, lines)).toMatchObject({ taken: 2, repeated: 1, asideCount: 1 });
	expect(await bring(author, id, lines)).toMatchObject({ taken: 0, repeated: 3, asideCount: 1 });
	expect(await pointsOf(db, id)).toEqual([
		{ day: '2026-03-01', value: 3 },
		{ day: '2026-03-02', value: 4 }
	]);
});

test('clocks of the zone decide the day, also when the hour changes in spring', async () => {
	const { spaceId, author } = await aRoom();
	const id = await aMetric(db, author, spaceId, { zone: 'Europe/Berlin' });
	const given = ['2026-03-28T23:00:00Z 1', '2026-03-29T22:00:00Z 2', '2026-03-31T00:00:00+02:00 3'].map((each) =>
		each.replace(' ', ';')
	);
	expect(await bring(author, id, given.join('\n'))).toMatchObject({ taken: 3 });
	expect((await pointsOf(db, id)).map(({ day }) => day)).toEqual(['2026-03-29', '2026-03-30', '2026-03-31']);
	// The export whose clock did not change with ours.
	const { aside } = await bring(author, id, '2026-04-01T23:00:00Z;4');
	expect(aside[0]!.why).toMatch(/01:00 on 2026-04-02.*another time zone/);
});

test('numbers are read as they are written there', async () => {
	const { spaceId, author } = await aRoom();
	const id = await aMetric(db, author, spaceId, { every: 'month' });
	expect(await bring(author, id, '2025-01\t1.234,5\n2025-02\t12 400\n2025-03\t7', { decimal: 'comma' })).toMatchObject({
		taken: 3
	});
	expect(await bring(author, id, '"2025-04","1,234.5"\n2025-05,3e2')).toMatchObject({ taken: 2 });
	expect(await bring(author, id, '2025-06 1,2')).toMatchObject({ asideCount: 1 });
	expect((await pointsOf(db, id)).map(({ value }) => value)).toEqual([1234.5, 12400, 7, 1234.5, 300]);
});

test('a value that is replaced or taken out stays aside and can come back', async () => {
	const { spaceId, author } = await aRoom();
	const { id } = await aFigure(db, author, spaceId);
	expect(await bring(author, id, '2026-03-02 45', { replace: true })).toMatchObject({ replaced: 1, asideCount: 0 });
	await removePoint(db, author, id, '2026-03-03');
	await expect(removePoint(db, author, id, '2026-03-03')).rejects.toMatchObject({ kind: 'conflict' });
	const { aside } = await readIntake(db, author, id);
	expect(aside.map(({ value, why }) => `${value} ${why}`)).toEqual([
		'44 was taken out',
		'42 was replaced by 45',
		'44 2026-03-01 stands here twice: 40 was taken'
	]);
	await takeAside(db, author, id, aside[0]!.id);
	await takeAside(db, author, id, aside[1]!.id);
	await dropAside(db, author, id, aside[2]!.id);
	await expect(dropAside(db, author, id, aside[2]!.id)).rejects.toMatchObject({ kind: 'conflict' });
	const values = new Map((await pointsOf(db, id)).map(({ day, value }) => [day, value]));
	expect([values.get('2026-03-02'), values.get('2026-03-03')]).toEqual([42, 44]);
	expect((await readIntake(db, author, id)).aside.map(({ why }) => why)).toEqual(['was replaced by 42']);
});

test('two who bring values at the same time lose nothing', async () => {
	const { spaceId, author } = await aRoom();
	const id = await aMetric(db, author, spaceId);
	const lines = (from: number) =>
		Array.from({ length: 300 }, (_, at) => ({
			line: at,
			day: new Date(Date.UTC(2020, 0, from + at)).toISOString().slice(0, 10),
			value: at
		}));
	const came = await Promise.all([1, 101, 201].map((from) => takeIn(db, author, id, lines(from), typed)));
	expect(came.reduce((sum, { taken }) => sum + taken, 0)).toBe(500);
	expect(await pointsOf(db, id)).toHaveLength(500);
});

test('unit and period stay once there are values, and a stale edit is told', async () => {
	const { spaceId, author } = await aRoom();
	const { id } = await aFigure(db, author, spaceId);
	const edit = (more = {}) => parse(metricEdit, { ...tickets, version: 1, ...more });
	await expect(editMetric(db, author, id, edit({ unit: 'calls' }))).rejects.toThrow(/stays tickets/);
	expect(await editMetric(db, author, id, edit({ title: 'Solved' }))).toBe(2);
	await expect(editMetric(db, author, id, edit())).rejects.toMatchObject({ kind: 'conflict' });
});

test('limits come from before the first mark, and what was done shows against them', async () => {
	const { spaceId, author } = await aRoom();
	const id = await aMetric(db, author, spaceId, { every: 'week' });
	const day = (at: number) => new Date(Date.UTC(2024, 0, 1 + 7 * at)).toISOString().slice(0, 10);
	const lines = Array.from({ length: 40 }, (_, at) => ({
		line: at,
		day: day(at),
		value: (at < 24 ? 50 : 58) + [0, 2, -1, 1][at % 4]!
	}));
	await takeIn(
		db,
		author,
		id,
		lines.filter(({ line }) => line !== 10),
		typed
	);
	expect((await readMetric(db, author, id)).limits!.from).toBe(39);
	await addMark(db, author, id, parse(newMark, { day: day(24), label: 'A job aid' }));
	const view = await readMetricPage(db, author, id);
	expect(view).toMatchObject({ limits: { from: 23 }, gaps: [{ count: 1 }], before: expect.any(String), points: 39 });
	expect(view.signals.length).toBeGreaterThan(10);
	expect(view.table[0]).toMatchObject({ day: day(39), signal: 'outside' });
	expect(view.plots!.wide).toContain('A job aid');
	expect((await readMetric(db, author, id, view.before!)).table.at(-1)).toMatchObject({ day: day(0), missing: 0 });
});

test('what a mark is about is told only to those who may read it', async () => {
	const { spaceId, author, member } = await aRoom();
	const hidden = await aSpace(db, { access: 'secret' });
	const both = await aPerson(db, { spaces: [spaceId, hidden] });
	const id = await aMetric(db, both, spaceId);
	const other = await aMetric(db, both, hidden, { title: 'Hidden' });
	await addMark(db, both, id, parse(newMark, { day: '2026-03-01', label: 'Done', about: other }));
	expect((await readMetric(db, both, id)).marks[0]!.about).toEqual({ title: 'Hidden', href: `/figures/${other}` });
	expect((await readMetric(db, member, id)).marks[0]!.about).toBeNull();
	await expect(
		addMark(
			db,
			author,
			await aMetric(db, author, spaceId),
			parse(newMark, { day: '2026-03-01', label: 'x', about: other })
		)
	).rejects.toMatchObject({ kind: 'invalid' });
});
