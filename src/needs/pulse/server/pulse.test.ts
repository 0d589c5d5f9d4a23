import { expect, test } from 'vitest';
import { row, rows, sql } from '#src/platform/server/db.ts';
import { apiClient } from '#src/testing/api.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { aNeed } from '#src/testing/needs.ts';
import { closeDuePulses } from './pulse.ts';
import { pulsesFor, readPulse } from './read.ts';

const { db } = await testDatabase();
const api = apiClient(db);
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** A need in a team of so many who do the work beside whoever stated it; asked, unless told otherwise. */
async function aTeam(count: number, { ask = true } = {}) {
	const spaceId = await aSpace(db, { kind: 'team' });
	const manager = await aPerson(db, { spaces: [spaceId] });
	const workers = [];
	for (let at = 0; at < count; at += 1) workers.push(await aPerson(db, { spaces: [spaceId] }));
	const id = await aNeed(db, manager, spaceId);
	if (ask) expect((await api(manager, `PUT /needs/${id}/pulse`, { closesOn: inDays(7) })).status).toBe(204);
	return { spaceId, manager, workers, id };
}

test('nobody is asked where fewer than five would be, or for longer than a month', async () => {
	const few = await aTeam(4, { ask: false });
	const refused = await api(few.manager, `PUT /needs/${few.id}/pulse`, { closesOn: inDays(7) });
	expect(refused).toMatchObject({ status: 422, body: { detail: expect.stringContaining('Talk with them instead') } });
	const enough = await aTeam(5, { ask: false });
	for (const closesOn of [inDays(0), inDays(-1), inDays(40), 'soon', ''])
		expect((await api(enough.manager, `PUT /needs/${enough.id}/pulse`, { closesOn })).status, closesOn).toBe(422);
	expect((await api(enough.workers[0], `PUT /needs/${enough.id}/pulse`, { closesOn: inDays(7) })).status).toBe(403);
	expect((await api(enough.manager, `PUT /needs/${enough.id}/pulse`, { closesOn: inDays(7) })).status).toBe(204);
	expect((await api(enough.manager, `PUT /needs/${enough.id}/pulse`, { closesOn: inDays(7) })).status).toBe(409);
});

test('those who do the work answer once, and nothing is told before it is closed', async () => {
	const { id, manager, workers } = await aTeam(12);
	expect(await pulsesFor(db, workers[0]!)).toMatchObject([{ id }]);
	for (const worker of workers.slice(0, 10)) {
		const said = {
			tools: 'no',
			knowledge: workers.indexOf(worker) < 5 ? 'yes' : 'no',
			motives: 'yes',
			capacity: 'skip'
		};
		expect((await api(worker, `POST /needs/${id}/pulse/answers`, said)).status).toBe(204);
	}
	expect((await api(workers[0], `POST /needs/${id}/pulse/answers`, {})).status).toBe(409);
	expect((await api(manager, `POST /needs/${id}/pulse/answers`, {})).status).toBe(403);
	expect((await api(workers[11], `POST /needs/${id}/pulse/answers`, { tools: 'perhaps' })).status).toBe(422);
	expect((await api(workers[10], `PUT /needs/${id}/pulse/declined`)).status).toBe(204);
	expect(await pulsesFor(db, workers[10]!)).toEqual([]);
	expect((await api(manager, `GET /needs/${id}/pulse`)).body).toMatchObject({
		open: { asked: 12, answered: 10, you: 'not_asked' },
		last: null
	});
	expect((await api(workers[0], `GET /needs/${id}/pulse`)).body.open).toMatchObject({
		you: 'answered',
		answered: null
	});
	expect((await api(manager, `DELETE /needs/${id}/pulse`)).status).toBe(204);
	const { last } = (await api(workers[11], `GET /needs/${id}/pulse`)).body;
	expect(last).toMatchObject({
		asked: 12,
		result: {
			answered: 10,
			said: {
				tools: { lean: 'few', yes: null, no: null },
				knowledge: { lean: 'split', yes: 5, no: 5 },
				motives: { lean: 'most', yes: null, no: null },
				capacity: { lean: 'unknown', yes: null, no: null },
				expectations: { lean: 'unknown', yes: null, no: null }
			}
		}
	});
	expect((await api(workers[11], `POST /needs/${id}/pulse/answers`, {})).status).toBe(409);
});

test('of four answers nothing is told, and what they said is not kept', async () => {
	const { id, manager, workers } = await aTeam(6);
	for (const worker of workers.slice(0, 4)) await api(worker, `POST /needs/${id}/pulse/answers`, { tools: 'no' });
	await db.execute(sql`update need_pulse set closes_on = current_date - 1 where need_id = ${id}`);
	expect((await api(workers[5], `POST /needs/${id}/pulse/answers`, { tools: 'no' })).status).toBe(409);
	await closeDuePulses(db);
	await closeDuePulses(db);
	expect((await readPulse(db, manager, id)).last).toMatchObject({ asked: 6, result: null });
	expect(await row(db, sql`select tally, result from need_pulse where need_id = ${id}`)).toEqual({
		tally: {},
		result: null
	});
});

test('no table holds a person beside an answer, and neither place nor transaction says who came when', async () => {
	const { id, workers } = await aTeam(9);
	const tables = await rows<{ table_name: string; names: string[] }>(
		db,
		sql`select table_name, array_agg(column_name::text order by column_name) as names from information_schema.columns
			where table_schema = 'public' and table_name like 'need_pulse%' group by table_name order by table_name`
	);
	expect(tables).toEqual([
		{
			table_name: 'need_pulse',
			names: ['asked', 'closed_at', 'closes_on', 'id', 'need_id', 'opened_by', 'result', 'tally']
		},
		{ table_name: 'need_pulse_person', names: ['answered', 'person_id', 'pulse_id'] }
	]);
	for (const worker of workers)
		await api(worker, `POST /needs/${id}/pulse/answers`, { tools: 'no' }, { 'idempotency-key': worker.id });
	const people = await rows<{ xmin: string; person_id: string }>(
		db,
		sql`select xmin::text, person_id from need_pulse_person order by ctid`
	);
	const mine = people.filter(({ person_id }) => workers.some(({ id }) => id === person_id));
	expect(mine).toHaveLength(9);
	expect(new Set(mine.map(({ xmin }) => xmin)).size).toBe(1);
	// Nine in the order in which they came: one chance in 362,880.
	expect(mine.map(({ person_id }) => person_id)).not.toEqual(workers.map(({ id }) => id));
	// The same key again is known, whatever was sent: nothing of it was kept.
	const again = await api(
		workers[0],
		`POST /needs/${id}/pulse/answers`,
		{ tools: 'yes' },
		{ 'idempotency-key': workers[0]!.id }
	);
	expect(again.status).toBe(204);
	const kept = await rows<{ said: string }>(
		db,
		sql`select result::text as said from signal where actor_id = ${workers[0]!.id} and item_id = ${id}`
	);
	expect(kept).toEqual([]);
	expect(await row(db, sql`select tally -> 'tools' as tools from need_pulse where need_id = ${id}`)).toEqual({
		tools: { no: 9, yes: 0 }
	});
});

test('all who answer at once are counted', async () => {
	const { id, manager, workers } = await aTeam(10);
	await Promise.all(workers.map((worker) => api(worker, `POST /needs/${id}/pulse/answers`, { tools: 'yes' })));
	await api(manager, `DELETE /needs/${id}/pulse`);
	expect((await readPulse(db, manager, id)).last!.result).toMatchObject({
		answered: 10,
		said: { tools: { lean: 'most' } }
	});
});
