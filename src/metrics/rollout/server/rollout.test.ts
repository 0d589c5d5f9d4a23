import { expect, test } from 'vitest';
import { parse } from '#src/platform/server/parse.ts';
import { inOrderOfLots } from '#src/platform/server/lots.ts';
import { hashSecret } from '#src/platform/server/secrets.ts';
import { sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { aMetric, typed } from '#src/testing/figures.ts';
import { aRollout, passedBy, times } from '#src/testing/rollouts.ts';
import { firstDay, periodOf } from '../../period.ts';
import { readMetric } from '../../server/read.ts';
import { takeIn } from '../../server/take.ts';
import { newDeparture, newRollout, rolloutEdit } from '../input.ts';
import type { RolloutView } from '../rollout.ts';
import { recordDeparture } from './departures.ts';
import { drawOrder } from './draw.ts';
import { placeable } from './places.ts';
import { listRollouts, readRollout } from './read.ts';
import { editRollout, planRollout, rolloutToEdit } from './write.ts';

const { db } = await testDatabase();
type Person = Awaited<ReturnType<typeof aPerson>>;

async function aRoom(access: 'open' | 'closed' = 'open') {
	const spaceId = await aSpace(db, { access });
	const author = await aPerson(db, { spaces: [spaceId] });
	return { spaceId, author, member: await aPerson(db, { spaces: [spaceId] }) };
}

/** A drawn roll-out that is over, with values of every week: `level` and what was done from its turn on. */
async function over(author: Person, spaceId: string, done: number) {
	const { id, places } = await aRollout(db, author, spaceId);
	await drawOrder(db, author, id);
	const weeks = periodOf('2999-03-04', 'week') - periodOf(new Date().toISOString().slice(0, 10), 'week') + 30;
	await passedBy(db, id, weeks);
	const rollout = await readRollout(db, author, id);
	await fill(author, rollout, (place, week) => 40 + place * 3 + ((week * 7 + place * 5) % 4), done);
	return { id, places, rollout };
}

async function fill(
	author: Person,
	rollout: RolloutView,
	level: (place: number, week: number) => number,
	done: number
) {
	const first = periodOf(rollout.parts[0]!.from, 'week');
	for (const [at, place] of rollout.places.entries()) {
		const turn = periodOf(place.day!, 'week');
		const lines = Array.from({ length: 24 }, (_, week) => ({
			...{ line: week + 1, day: firstDay(first + week, 'week') },
			value: level(at, week) + (first + week >= turn ? done : 0)
		}));
		await takeIn(db, author, place.id, lines, typed);
	}
}

test('the order is drawn once, by a seed that was promised, and marked in each figure', async () => {
	const { spaceId, author, member } = await aRoom();
	const { id, places } = await aRollout(db, author, spaceId);
	const before = await readRollout(db, member, id);
	expect(before).toMatchObject({ drawn: null, effect: null, next: null, orders: 120, canDraw: false, canKeep: false });
	await expect(drawOrder(db, member, id)).rejects.toMatchObject({ kind: 'forbidden' });
	await Promise.all([drawOrder(db, author, id), drawOrder(db, author, id)]);
	const after = await readRollout(db, member, id);
	expect(hashSecret(after.drawn!.seed)).toBe(before.seedHash);
	expect(after.drawn!.by).toMatchObject({ id: author.id });
	expect(after.places.map((place) => place.id)).toEqual(inOrderOfLots(after.drawn!.seed, places));
	expect(after.places.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5]);
	// 2999-03-04 is a Monday: weeks, four apart.
	expect(after.places.map(({ day }) => day)).toEqual([
		...['2999-03-04', '2999-04-01', '2999-04-29', '2999-05-27', '2999-06-24']
	]);
	expect(after.next).toEqual({ day: '2999-03-04', places: [after.places[0]!.title] });
	for (const place of after.places) {
		const { marks } = await readMetric(db, member, place.id);
		expect(marks).toMatchObject([{ day: place.day, label: 'The new job aid', about: { href: `/rollouts/${id}` } }]);
	}
	await drawOrder(db, author, id);
	expect((await readRollout(db, member, id)).drawn).toEqual(after.drawn);
	expect((await listRollouts(db, member, { limit: 25 })).items).toMatchObject([{ id, places: 5, drawn: true }]);
});

test('once it is drawn only its words change, and before it everything does', async () => {
	const { spaceId, author, member } = await aRoom();
	const { id, places } = await aRollout(db, author, spaceId);
	const edit = (more: object) =>
		parse(rolloutEdit, { title: 'The aid', places: places.join(','), ...times, version: 1, ...more });
	await expect(editRollout(db, member, id, edit({}))).rejects.toMatchObject({ kind: 'forbidden' });
	expect(
		await editRollout(db, author, id, edit({ startsOn: '2999-06-06', places: places.slice(0, 4).join(','), steps: 4 }))
	).toBe(2);
	expect(await rolloutToEdit(db, author, id)).toMatchObject({ startsOn: '2999-06-03', fixed: false, steps: 4 });
	await expect(editRollout(db, author, id, edit({}))).rejects.toMatchObject({ kind: 'conflict' });
	await drawOrder(db, author, id);
	for (const [field, more] of [
		['stepPeriods', { stepPeriods: 5 }],
		['places', { places: places.slice(1).join(',') }],
		['startsOn', { startsOn: '2999-07-01' }]
	] as const) {
		const same = { startsOn: '2999-06-03', steps: 4, places: places.slice(0, 4).join(','), version: 2 };
		await expect(editRollout(db, author, id, edit({ ...same, ...more }))).rejects.toMatchObject({
			kind: 'invalid',
			fields: { [field]: expect.stringContaining('drawn') as string }
		});
		expect((await readRollout(db, author, id)).version).toBe(2);
	}
	const words = edit({ startsOn: '2999-06-03', steps: 4, places: places.slice(0, 4).join(','), version: 2 });
	expect(await editRollout(db, author, id, words)).toBe(3);
	expect((await readRollout(db, author, id)).title).toBe('The aid');
});

test('figures that do not go together, too few of them, and those of others are refused', async () => {
	const { spaceId, author, member } = await aRoom();
	const { places } = await aRollout(db, author, spaceId);
	const plan = (given: string[], more: object = {}, by = author) =>
		planRollout(db, by, parse(newRollout, { spaceId, title: 'Aid', places: given, ...times, ...more }));
	const odd = await aMetric(db, author, spaceId, { title: 'Odd', every: 'week', better: 'less', unit: 'minutes' });
	await expect(plan([...places.slice(1), odd])).rejects.toMatchObject({ fields: { places: /alike.*unit/ } });
	const theirs = await aMetric(db, member, spaceId, { title: 'Theirs', every: 'week', better: 'less' });
	await expect(plan([...places.slice(1), theirs])).rejects.toMatchObject({ fields: { places: /look after “Theirs”/ } });
	const far = '0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77';
	await expect(plan([...places.slice(1), far])).rejects.toMatchObject({ fields: { places: /here and open/ } });
	for (const refused of [
		() => plan(places.slice(0, 3), { steps: 3 }),
		() => plan(places, { steps: 6 }),
		() => plan(places.slice(0, 4), { steps: 2 }),
		() => plan([places[0]!, ...places.slice(0, 4)]),
		() => plan(places, { stepPeriods: 0 }),
		() => plan(places, { startsOn: '2030-02-31' })
	])
		expect(refused).toThrow(expect.objectContaining({ kind: 'invalid' }) as Error);
	expect((await placeable(db, author)).map(({ id }) => id)).toEqual(expect.arrayContaining(places));
	expect((await placeable(db, author)).map(({ id }) => id)).not.toContain(theirs);
});

test('after its first day nothing is drawn any more', async () => {
	const { spaceId, author } = await aRoom();
	const { id } = await aRollout(db, author, spaceId, { startsOn: new Date().toISOString().slice(0, 10) });
	expect(await readRollout(db, author, id)).toMatchObject({ canDraw: false, canKeep: true });
	await expect(drawOrder(db, author, id)).rejects.toMatchObject({ kind: 'conflict' });
});

test('what it changed is reckoned once it is over, as it was drawn', async () => {
	const { spaceId, author } = await aRoom();
	const { id, rollout } = await over(author, spaceId, -6);
	const effect = (await readRollout(db, author, id)).effect!;
	if (effect.kind === 'refused') throw new Error(effect.reasons.join());
	expect(effect).toMatchObject({ verdict: 'better', orders: 120, all: true });
	expect(effect.low).toBeLessThan(-6 + 1e-9);
	expect(effect.high).toBeGreaterThan(-6 - 1e-9);
	expect(effect.sentence).toContain('fewer than where it had not');
	// One began a week early: it is told, and the number is of the draw all the same.
	const early = rollout.places[2]!;
	const input = {
		place: early.id,
		beganOn: firstDay(periodOf(early.day!, 'week') - 1, 'week'),
		why: 'Next door had it.'
	};
	const line = await recordDeparture(db, author, id, parse(newDeparture, input));
	expect(await recordDeparture(db, author, id, parse(newDeparture, input))).toBe(line);
	const after = await readRollout(db, author, id);
	expect(after.effect).toMatchObject({ value: effect.value, low: effect.low });
	expect((after.effect as { assumptions: string[] }).assumptions.join()).toContain(`differs at “${early.title}”`);
	expect(after.departures).toMatchObject([{ why: 'Next door had it.', counts: true }]);
	// Put right: nobody departed after all.
	await recordDeparture(db, author, id, parse(newDeparture, { ...input, beganOn: early.day, why: 'It was not so.' }));
	expect((await readRollout(db, author, id)).departures.map(({ counts }) => counts)).toEqual([true, false]);
});

test('it refuses while it runs, where values are missing, and where the draw was not kept', async () => {
	const { spaceId, author } = await aRoom();
	const { id, rollout } = await over(author, spaceId, -6);
	const reasons = async (viewer = author) => {
		const { effect } = await readRollout(db, viewer, id);
		return effect?.kind === 'refused' ? effect.reasons.join(' ') : 'reckoned';
	};
	for (const place of rollout.places.slice(0, 3))
		await recordDeparture(db, author, id, parse(newDeparture, { place: place.id, why: 'Never came.' }));
	expect(await reasons()).toMatch(/differs from what was drawn in \d+ of 100 weeks/);
	await db.execute(sql`delete from rollout_departure where rollout_id = ${id}`);
	expect(await reasons()).toBe('reckoned');
	const [first] = rollout.places;
	await db.execute(
		sql`delete from metric_point where metric_id = ${first!.id} and day >= ${rollout.parts[5]!.from}::date + 7`
	);
	expect(await reasons()).toContain(`“${first!.title}” has values for less than half`);
	await passedBy(db, id, -30);
	expect(await reasons()).toContain('reckoned once, afterwards');
});

test('who may not read a figure sees neither its name nor its values, nor what it all came to', async () => {
	const { spaceId, author } = await aRoom('closed');
	const everybody = await aSpace(db, {});
	const planner = { ...author, memberships: new Map([...author.memberships, [everybody, 'member' as const]]) };
	const viewer = { ...planner, readableSpaces: [...author.readableSpaces, everybody] };
	const { places } = await aRollout(db, viewer, spaceId);
	const id = await planRollout(
		db,
		viewer,
		parse(newRollout, { spaceId: everybody, title: 'The aid', places: places.join(','), ...times })
	);
	await drawOrder(db, viewer, id);
	const seen = await readRollout(db, await aPerson(db, { spaces: [everybody] }), id);
	expect(seen.places).toMatchObject(Array(5).fill({ title: null, cells: null }) as object[]);
	expect(JSON.stringify(seen)).not.toContain('Returns');
	expect(seen.effect).toMatchObject({ reasons: [expect.stringContaining('5 places are not open to you')] });
});
