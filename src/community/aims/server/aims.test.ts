import { expect, test } from 'vitest';
import { wire } from '#src/app/server/wire.ts';
import { readHome } from '#src/app/server/home.ts';
import { takeIn } from '#src/metrics/server/take.ts';
import { sql } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { apiClient } from '#src/testing/api.ts';
import { aManager, anArea } from '#src/testing/areas.ts';
import { aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';
import { anAim, aPlanWithAim } from '#src/testing/plans.ts';
import { testDatabase } from '#src/testing/database.ts';
import { aMetric, typed } from '#src/testing/figures.ts';

const { db } = await testDatabase();
const api = apiClient(db);
wire(db);

async function aPlace(access: 'open' | 'closed' | 'secret' = 'closed') {
	const spaceId = await aSpace(db, { access, name: 'Docks' });
	const steward = await aPerson(db, { spaces: [spaceId], steward: true });
	const reader = await aPerson(db, { spaces: [spaceId] });
	return { spaceId, steward, reader, plan: `/community-plans/space/${spaceId}` };
}

/** A figure with one value. */
async function aValue(viewer: Parameters<typeof aMetric>[1], spaceId: string, value: number, more = {}) {
	const id = await aMetric(db, viewer, spaceId, more);
	await takeIn(db, viewer, id, [{ line: 1, day: '2026-03-01', value }], typed);
	return id;
}

test('those who look after a space write its plan, and its readers read it', async () => {
	const { spaceId, steward, reader, plan } = await aPlace();
	expect((await api(steward, `POST ${plan}/aims`, anAim)).status).toBe(409);
	expect((await api(steward, `PUT ${plan}`, { purpose: 'Nobody waits.', version: 0 })).body).toEqual({ version: 1 });
	expect((await api(steward, `POST ${plan}/aims`, anAim)).status).toBe(201);
	expect((await api(reader, `GET ${plan}`)).body).toMatchObject({
		...{ purpose: 'Nobody waits.', canWrite: false, writtenBy: steward.name, scope: { kind: 'space', id: spaceId } },
		aims: [{ ...anAim, figure: null, state: 'open', isDue: false }]
	});
	expect((await api(reader, `PUT ${plan}`, { purpose: 'Mine.', version: 1 })).status).toBe(403);
	expect((await api(reader, `POST ${plan}/aims`, anAim)).status).toBe(403);
	const outsider = await aPerson(db);
	expect((await api(outsider, `GET ${plan}`)).status).toBe(403);
	expect((await api(outsider, `PUT ${plan}`, { purpose: 'Mine.', version: 1 })).status).toBe(403);
});

test('a secret space stays hidden, with its plan and each of its aims', async () => {
	const { spaceId, steward, plan } = await aPlace('secret');
	const id = await aPlanWithAim(db, steward, spaceId);
	for (const stranger of [await aPerson(db), await aManager(db)])
		for (const [call, body] of [
			[`GET ${plan}`],
			[`PUT ${plan}`, { purpose: 'x', version: 0 }],
			[`POST ${plan}/aims`, anAim],
			[`PUT /aims/${id}`, { ...anAim, version: 1 }],
			[`DELETE /aims/${id}`],
			[`POST /aims/${id}/reviews`, { state: 'met', learnt: 'x' }],
			[`PUT /aims/${id}/quiet`]
		] as const)
			expect((await api(stranger, call, body)).status, call).toBe(404);
});

test('two who write at once: each hears of the other, and nothing is lost', async () => {
	const { steward, plan } = await aPlace('open');
	const manager = await aManager(db);
	const begun = await Promise.all(
		[steward, manager].map((one) => api(one, `PUT ${plan}`, { purpose: `By ${one.name}`, version: 0 }))
	);
	expect(begun.map(({ status }) => status).sort()).toEqual([200, 409]);
	expect(begun.find(({ status }) => status === 409)!.body.current).toMatchObject({
		version: 1,
		purpose: expect.stringMatching(/^By /)
	});
	const { id } = (await api(steward, `POST ${plan}/aims`, anAim)).body;
	const edits = await Promise.all(
		[steward, manager].map((one) => api(one, `PUT /aims/${id}`, { ...anAim, title: `By ${one.name}`, version: 1 }))
	);
	expect(edits.map(({ status }) => status).sort()).toEqual([200, 409]);
	expect(edits.find(({ status }) => status === 409)!.body.current.version).toBe(2);
	const submission = newId();
	const twice = await Promise.all(
		[1, 2].map(() => api(steward, `POST ${plan}/aims`, { ...anAim, title: 'Twice', submission }))
	);
	expect(new Set(twice.map(({ body }) => body.id)).size).toBe(1);
	expect((await api(steward, `GET ${plan}`)).body.aims).toHaveLength(2);
});

test('what a figure is now is captured when it is chosen; figures of the work come first', async () => {
	const { spaceId, steward, reader, plan } = await aPlace();
	const work = await aValue(steward, spaceId, 40);
	const clicks = await aValue(steward, spaceId, 900, { title: 'Posts', counts: 'activity' });
	await aPlanWithAim(db, steward, spaceId, { title: 'By judgement' });
	await api(steward, `POST ${plan}/aims`, { ...anAim, title: 'By clicks', metricId: clicks, target: 1000 });
	const { id } = (await api(steward, `POST ${plan}/aims`, { ...anAim, title: 'By work', metricId: work, target: 60 }))
		.body;
	await takeIn(db, steward, work, [{ line: 1, day: '2026-03-02', value: 52 }], typed);
	const { aims } = (await api(reader, `GET ${plan}`)).body;
	expect(aims.map(({ title }: { title: string }) => title)[0]).toBe('By work');
	expect(aims[0]).toMatchObject({
		baseline: 40,
		baselineOn: '2026-03-01',
		target: 60,
		figure: { latest: { value: 52 }, isActivity: false }
	});
	expect(aims[0].moved).toContain('12 the right way');
	// Said better, it keeps what was before; another figure brings its own.
	await api(steward, `PUT /aims/${id}`, { ...anAim, title: 'By work', metricId: work, target: 70, version: 1 });
	expect((await api(reader, `GET ${plan}`)).body.aims[0]).toMatchObject({ baseline: 40, target: 70 });
	await api(steward, `PUT /aims/${id}`, { ...anAim, title: 'By work', version: 2 });
	expect((await api(reader, `GET ${plan}`)).body.aims.find((one: { id: string }) => one.id === id)).toMatchObject({
		baseline: null,
		figure: null
	});
});

test('a figure that a reader may not read is not shown, nor what it was', async () => {
	const secret = await aSpace(db, { access: 'secret' });
	const spaceId = await aSpace(db, { access: 'open' });
	const { id } = await aPerson(db, { spaces: [secret, spaceId], steward: true });
	const steward = await viewerOf(db, id);
	const metricId = await aValue(steward, secret, 40);
	const aim = await aPlanWithAim(db, steward, spaceId, { metricId, target: 60 });
	await api(steward, `POST /aims/${aim}/reviews`, { state: 'open', learnt: 'Half way.', next: '2199-01-01' });
	const { aims } = (await api(await aPerson(db), `GET /community-plans/space/${spaceId}`)).body;
	expect(aims[0]).toMatchObject({
		hidden: true,
		figure: null,
		baseline: null,
		target: null,
		moved: null,
		reviews: [{ value: null }]
	});
	expect(JSON.stringify(aims)).not.toMatch(/40|60|Tickets/);
	// Neither can somebody choose one that they may not read.
	const manager = await aManager(db);
	const chosen = await api(manager, `POST /community-plans/space/${spaceId}/aims`, { ...anAim, metricId, target: 1 });
	expect([chosen.status, chosen.body.errors]).toEqual([422, { metricId: 'must be a figure that is open to you' }]);
});

test('a review that is due stands on the home page of those who look after it, until they wave it off', async () => {
	const { spaceId, steward, reader, plan } = await aPlace();
	const id = await aPlanWithAim(db, steward, spaceId);
	const home = async (who: typeof steward) =>
		(await readHome(db, await viewerOf(db, who.id))).todo.filter(({ href }) => href.includes(id));
	expect(await home(steward)).toEqual([]);
	await db.execute(sql`update community_aim set review_on = current_date where id = ${id}`);
	expect(await home(steward)).toMatchObject([
		{ title: anAim.title, why: expect.stringMatching(/^An aim of a community/) }
	]);
	expect(await home(reader)).toEqual([]);
	const sharer = await aPerson(db, { spaces: [spaceId] });
	await anArea(db, [spaceId], [sharer]);
	expect(await home(sharer)).toHaveLength(1);
	expect((await api(sharer, `PUT /aims/${id}/quiet`)).status).toBe(204);
	expect([await home(sharer), (await home(steward)).length]).toEqual([[], 1]);
	const review = { state: 'open', learnt: 'They ask each other.', next: '2198-01-01' };
	expect((await api(sharer, `POST /aims/${id}/reviews`, review)).status).toBe(403);
	expect((await api(await viewerOf(db, sharer.id), `POST /aims/${id}/reviews`, review)).status).toBe(201);
	expect(await home(steward)).toEqual([]);
	expect((await api(reader, `GET ${plan}`)).body.aims[0]).toMatchObject({
		reviewOn: '2198-01-01',
		reviews: [{ learnt: 'They ask each other.' }]
	});
	expect((await api(steward, `DELETE /aims/${id}`)).status).toBe(409);
	expect(
		(await api(steward, `POST /aims/${id}/reviews`, { state: 'dropped', learnt: 'Nobody needs it.' })).status
	).toBe(201);
	expect((await api(reader, `GET ${plan}`)).body.aims[0]).toMatchObject({ state: 'dropped', reviewOn: null });
});

test('an area has a plan of its own, written by those who share it', async () => {
	const sharer = await aPerson(db);
	const { id } = await anArea(db, [await aSpace(db)], [sharer]);
	const plan = `/community-plans/area/${id}`;
	const other = await aPerson(db);
	expect((await api(other, `PUT ${plan}`, { purpose: 'x', version: 0 })).status).toBe(403);
	expect((await api(sharer, `PUT ${plan}`, { purpose: 'Two answer, always.', version: 0 })).status).toBe(200);
	const made = await api(sharer, `POST ${plan}/aims`, anAim);
	expect(made.status).toBe(201);
	expect((await api(other, `GET ${plan}`)).body).toMatchObject({ purpose: 'Two answer, always.', canWrite: false });
	await db.execute(sql`update community_aim set review_on = current_date where id = ${made.body.id}`);
	expect(
		(await readHome(db, sharer)).todo.some(({ href }) => href === `/community/${id}/plan#aim-${made.body.id}`)
	).toBe(true);
	expect((await readHome(db, other)).todo.some(({ href }) => href.includes(made.body.id))).toBe(false);
});

test('what cannot be is refused with a line that names the field', async () => {
	const { spaceId, steward, plan } = await aPlace();
	await aPlanWithAim(db, steward, spaceId);
	const empty = await aMetric(db, steward, spaceId);
	const wrong: [object, string][] = [
		[{ seen: '' }, 'seen'],
		[{ seen: '   \n ' }, 'seen'],
		[{ title: 'x'.repeat(201) }, 'title'],
		[{ seen: 'x'.repeat(1001) }, 'seen'],
		[{ target: 3 }, 'target'],
		[{ metricId: empty }, 'target'],
		[{ metricId: empty, target: 3 }, 'metricId'],
		[{ metricId: newId(), target: 3 }, 'metricId'],
		[{ metricId: empty, target: 1e308 }, 'target'],
		[{ reviewOn: '0001-01-01' }, 'reviewOn'],
		[{ reviewOn: '1066-10-14' }, 'reviewOn'],
		[{ reviewOn: '1999-12-31' }, 'reviewOn'],
		[{ reviewOn: '2200-01-01' }, 'reviewOn'],
		[{ reviewOn: '2190-02-30' }, 'reviewOn']
	];
	for (const [more, field] of wrong) {
		const { status, body } = await api(await aSteward(spaceId), `POST ${plan}/aims`, { ...anAim, ...more });
		expect([status, Object.keys(body.errors ?? {})], JSON.stringify(more).slice(0, 60)).toEqual([
			422,
			expect.arrayContaining([field])
		]);
	}
	const { aims } = (await api(steward, `GET ${plan}`)).body;
	const going = await api(steward, `POST /aims/${aims[0].id}/reviews`, { state: 'open', learnt: 'x' });
	expect([going.status, going.body.errors]).toEqual([422, { next: 'is needed while it goes on' }]);
	const past = await api(steward, `POST /aims/${aims[0].id}/reviews`, {
		state: 'open',
		learnt: 'x',
		next: '2001-01-01'
	});
	expect([past.status, past.body.errors]).toEqual([422, { next: 'must lie before us' }]);
	await db.execute(sql`update space set archived_at = now() where id = ${spaceId}`);
	expect((await api(await viewerOf(db, steward.id), `POST ${plan}/aims`, anAim)).status).toBe(409);
});

const aSteward = (spaceId: string) => aPerson(db, { spaces: [spaceId], steward: true });
