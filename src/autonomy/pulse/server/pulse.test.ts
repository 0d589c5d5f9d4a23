import { beforeEach, expect, test } from 'vitest';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { readHome } from '#src/app/server/home.ts';
import { parse } from '#src/platform/server/parse.ts';
import { row, rows, sql } from '#src/platform/server/db.ts';
import { wilson } from '#src/platform/statistics/proportions.ts';
import { aPerson } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { sheet } from '../input.ts';
import { saidInWords, saidOf } from '../pulse.ts';
import { answerQuarter, autonomyPulseFor, closeQuarters, restFrom, saidQuarters } from './pulse.ts';

const { db } = await testDatabase();
const now = new Date('2030-05-20T09:00:00Z');
const next = new Date('2030-07-02T09:00:00Z');
const before = new Date('2030-01-10T09:00:00Z');
let people: Viewer[];

beforeEach(async () => {
	await db.execute(sql`delete from autonomy_pulse`);
	people = await Promise.all(Array.from({ length: 14 }, () => aPerson(db, { createdAt: before })));
});

const answer = (person: Viewer, decide: string, leave?: string) =>
	answerQuarter(db, person, parse(sheet, { decide, ...(leave && { leave }) }), now);
const isAsked = async (at = now, person = people[0]!) => (await autonomyPulseFor(db, person, at)).isAsked;

test('each is asked once a quarter, and not in their first month', async () => {
	expect(await isAsked()).toBe(true);
	await answer(people[0]!, '4', '5');
	expect(await isAsked()).toBe(false);
	await expect(answer(people[0]!, '1')).rejects.toMatchObject({ kind: 'conflict' });
	expect(await isAsked(next)).toBe(true);
	expect(await isAsked(now, await aPerson(db, { createdAt: new Date('2030-05-01T09:00:00Z') }))).toBe(false);
});

test('it is left out for the quarter, for a week, or for good, and taken up again', async () => {
	const me = people[0]!;
	await restFrom(db, me, 'quarter', now);
	expect([await isAsked(), await isAsked(next)]).toEqual([false, true]);
	await restFrom(db, me, 'week', next);
	expect(await isAsked(next)).toBe(false);
	expect(await isAsked(new Date(next.getTime() + 8 * 86_400_000))).toBe(true);
	await restFrom(db, me, 'always', next);
	expect(await autonomyPulseFor(db, me, new Date('2039-01-01'))).toMatchObject({ isAsked: false, rests: 'always' });
	await restFrom(db, me, 'off', next);
	expect(await isAsked(next)).toBe(true);
});

test('what is kept is how many said what; who answered is known without a time or an order', async () => {
	for (const person of people.slice(0, 4)) await answer(person, '5', '1');
	expect(await row(db, sql`select tally from autonomy_pulse`)).toEqual({
		tally: { decide: [0, 0, 0, 0, 4], leave: [4, 0, 0, 0, 0] }
	});
	const columns = await rows<{ name: string }>(
		db,
		sql`select column_name as name from information_schema.columns where table_name = 'autonomy_pulse_person' order by 1`
	);
	expect(columns.map(({ name }) => name)).toEqual(['answered', 'person_id', 'quarter']);
	const writers = await rows(db, sql`select distinct xmin::text from autonomy_pulse_person`);
	expect(writers).toHaveLength(1);
});

test('answers at the same moment are all counted', async () => {
	await Promise.all(people.map((person, at) => answer(person, at < 8 ? '4' : '2')));
	expect(await row(db, sql`select tally -> 'decide' as counts from autonomy_pulse`)).toEqual({
		counts: [0, 6, 0, 8, 0]
	});
});

test('a quarter is told when it has ended, as a share with its interval, and its counts go', async () => {
	for (const [at, person] of people.entries()) await answer(person, at < 8 ? '4' : '2', at < 12 ? '5' : undefined);
	await closeQuarters(db, now);
	expect(await saidQuarters(db)).toEqual([]);
	await closeQuarters(db, next);
	await closeQuarters(db, next);
	expect(await saidQuarters(db)).toEqual([
		{
			...{ quarter: '2030-Q2', answered: 14 },
			said: {
				decide: { lean: 'split', share: { value: 8 / 14, ...wilson(8, 14) } },
				leave: { lean: 'most', share: null }
			}
		}
	]);
	expect(await row(db, sql`select tally from autonomy_pulse`)).toEqual({ tally: {} });
});

test('of fewer than five nothing is told, then or later', async () => {
	for (const person of people.slice(0, 4)) await answer(person, '5');
	await closeQuarters(db, next);
	expect(await saidQuarters(db)).toEqual([{ quarter: '2030-Q2', answered: null, said: { decide: null, leave: null } }]);
	expect(saidOf([0, 0, 0, 0, 4])).toBeNull();
	expect(saidOf([5, 0, 0, 0, 5])).toMatchObject({ lean: 'split', share: { value: 0.5 } });
	expect(saidInWords(saidOf([1, 0, 0, 0, 9]))).toBe('Most agree.');
});

test('it stands on Home among what waits, is sent to nobody, and bad answers are refused', async () => {
	const me = await aPerson(db, { createdAt: new Date(Date.now() - 40 * 86_400_000) });
	const line = async () => (await readHome(db, me)).todo.find(({ href }) => href === '/autonomy/pulse');
	expect(await line()).toBeDefined();
	await restFrom(db, me, 'quarter');
	expect(await line()).toBeUndefined();
	expect(await rows(db, sql`select 1 from notification`)).toEqual([]);
	expect(() => parse(sheet, {})).toThrow();
	expect(() => parse(sheet, { decide: '6' })).toThrow();
});
