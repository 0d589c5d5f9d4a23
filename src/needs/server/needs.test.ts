import { expect, test } from 'vitest';
import { orgRole } from '#src/core/people/server/schema.ts';
import { dispatch } from '#src/core/signals/server/events.ts';
import { row, rows, sql } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { apiClient } from '#src/testing/api.ts';
import { aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { aNeed, aWorkedNeed, lookAtCauses, path, statement } from '#src/testing/needs.ts';
import { readAnalysis } from './analysis.ts';
import { possibleEditors } from './editors.ts';
import { listNeeds, readNeed } from './read.ts';

const { db } = await testDatabase();
const api = apiClient(db);
const all = { limit: 10, show: 'all' as const };

async function aTeam() {
	const spaceId = await aSpace(db, { kind: 'team' });
	const [manager, worker] = [await aPerson(db, { spaces: [spaceId] }), await aPerson(db, { spaces: [spaceId] })];
	const adviser = await aPerson(db, { name: 'Ida Adviser' });
	await db.insert(orgRole).values({ personId: adviser.id, role: 'learning_adviser' });
	return { spaceId, manager, worker, adviser: await viewerOf(db, adviser.id) };
}

test('anyone states a problem in their space, and everybody who reads it reads the problem', async () => {
	const { spaceId, worker, manager } = await aTeam();
	const stated = await api(worker, 'POST /needs', { ...statement, spaceId });
	expect(stated.status).toBe(201);
	const { id } = stated.body;
	expect((await api(manager, `GET /needs/${id}`)).body).toMatchObject({
		...{ title: statement.title, who: statement.who, wanted: statement.wanted, figure: 'Returns a week' },
		...{ canWork: false, conclusion: null, yearly: null, editors: [{ id: worker.id }] }
	});
	expect((await listNeeds(db, manager, { ...all, space: spaceId })).items).toMatchObject([
		{ id, looked: 0, decision: null }
	]);
	const outsider = await aPerson(db);
	expect((await api(outsider, 'POST /needs', { ...statement, spaceId })).status).toBe(403);
	const empty = await api(worker, 'POST /needs', { ...statement, spaceId, wanted: ' ', who: '' });
	expect(empty).toMatchObject({ status: 422, body: { errors: { who: 'is needed', wanted: 'is needed' } } });
});

test('who stated it, who was asked along and stewards work it out; readers do not', async () => {
	const { spaceId, worker, manager, adviser } = await aTeam();
	const steward = await aPerson(db, { spaces: [spaceId], steward: true });
	const id = await aNeed(db, worker, spaceId);
	expect((await api(manager, `GET /needs/${id}/analysis`)).status).toBe(403);
	expect((await api(steward, `GET /needs/${id}/analysis`)).status).toBe(200);
	expect(await possibleEditors(db, worker, id)).toEqual(
		expect.arrayContaining([
			{ id: adviser.id, name: 'Ida Adviser', adviser: true },
			{ id: manager.id, name: manager.name, adviser: false }
		])
	);
	for (const one of [manager, adviser, adviser])
		expect((await api(worker, `PUT /needs/${id}/editors/${one.id}`)).status).toBe(204);
	expect((await api(adviser, `GET /needs/${id}/analysis`)).body.editors).toHaveLength(3);
	expect(
		(await api(manager, `PUT /needs/${id}`, { ...statement, title: 'Parcels come back', version: 1 })).body
	).toEqual({
		version: 2
	});
	expect((await api(worker, `PUT /needs/${id}`, { ...statement, version: 1 })).status).toBe(409);
	expect((await api(manager, `DELETE /needs/${id}/editors/${adviser.id}`)).status).toBe(204);
	expect((await api(adviser, `PUT /needs/${id}/causes/tools`, { answer: 'no', version: 0 })).status).toBe(403);
});

test('nobody who does not read the space is asked along', async () => {
	const closed = await aSpace(db, { access: 'closed' });
	const member = await aPerson(db, { spaces: [closed] });
	const { adviser } = await aTeam();
	const id = await aNeed(db, member, closed);
	expect((await possibleEditors(db, member, id)).map(({ id }) => id)).not.toContain(adviser.id);
	expect((await api(member, `PUT /needs/${id}/editors/${adviser.id}`)).status).toBe(422);
	expect((await api(adviser, `GET /needs/${id}`)).status).toBe(404);
});

test('two write about different causes at once, and about the same one nobody overwrites the other', async () => {
	const { spaceId, manager, worker } = await aTeam();
	const id = await aNeed(db, worker, spaceId);
	await api(worker, `PUT /needs/${id}/editors/${manager.id}`);
	const about = (answer: string, shows = '', version = 0) => ({ answer, shows, version });
	const both = await Promise.all([
		api(worker, `PUT /needs/${id}/causes/tools`, about('yes', 'Old labels.')),
		api(manager, `PUT /needs/${id}/causes/capacity`, about('no'))
	]);
	expect(both.map(({ status }) => status)).toEqual([200, 200]);
	const late = await api(manager, `PUT /needs/${id}/causes/tools`, about('no'));
	expect(late).toMatchObject({ status: 409, body: { current: { answer: 'yes', shows: 'Old labels.', version: 1 } } });
	expect((await api(manager, `PUT /needs/${id}/causes/tools`, about('partly', 'Some are old.', 1))).body).toEqual({
		version: 2
	});
	const bare = await api(worker, `PUT /needs/${id}/causes/knowledge`, about('yes', '  '));
	expect(bare).toMatchObject({ status: 422, body: { errors: { shows: expect.stringContaining('never assumed') } } });
	expect((await api(worker, `PUT /needs/${id}/causes/laziness`, about('no'))).status).toBe(422);
});

test('a path always carries what it costs and how long it takes', async () => {
	const { spaceId, worker } = await aTeam();
	const id = await aNeed(db, worker, spaceId);
	const { hoursMake: _, days: __, ...bare } = path;
	expect(await api(worker, `POST /needs/${id}/paths`, bare)).toMatchObject({
		status: 422,
		body: { errors: { hoursMake: expect.anything(), days: expect.anything() } }
	});
	for (const wrong of [{ share: 0 }, { share: 101 }, { moneyOnce: -1 }, { moneyOnce: 1e308 }, { days: 1.5 }])
		expect((await api(worker, `POST /needs/${id}/paths`, { ...path, ...wrong })).status, JSON.stringify(wrong)).toBe(
			422
		);
	const sent = { ...path, submission: newId() };
	const { id: pathId } = (await api(worker, `POST /needs/${id}/paths`, sent)).body;
	expect((await api(worker, `POST /needs/${id}/paths`, sent)).body).toEqual({ id: pathId });
	expect((await api(worker, `PUT /needs/${id}/paths/${pathId}`, { ...path, share: 30, version: 1 })).body).toEqual({
		version: 2
	});
	expect((await api(worker, `PUT /needs/${id}/paths/${pathId}`, { ...path, version: 1 })).status).toBe(409);
	const costs = { people: 12, timesMonth: 60, minutesEach: 30, hourCost: 40, otherMonth: 300, version: 1 };
	expect((await api(worker, `PUT /needs/${id}/costs`, costs)).body).toEqual({ version: 2 });
	expect((await api(worker, `PUT /needs/${id}/costs`, costs)).status).toBe(409);
	const { paths, yearly } = (await api(worker, `GET /needs/${id}/analysis`)).body;
	expect(yearly).toBe(18_000);
	// 250 in money, four hours to make and an hour of twelve people, at 40.
	expect(paths).toMatchObject([{ id: pathId, worth: { verdict: 'pays', firstYear: 450, hours: 5 } }]);
	const other = await aNeed(db, worker, spaceId);
	expect((await api(worker, `DELETE /needs/${other}/paths/${pathId}`)).status).toBe(404);
	expect((await api(worker, `DELETE /needs/${id}/paths/${pathId}`)).status).toBe(204);
});

test('quick fixes come first, then what costs least in its first year', async () => {
	const { spaceId, worker } = await aTeam();
	const id = await aNeed(db, worker, spaceId);
	for (const [title, quick, moneyOnce] of [
		['Dear', false, 900],
		['Cheap', false, 10],
		['Quick but dear', true, 1000]
	])
		await api(worker, `POST /needs/${id}/paths`, { ...path, title, quick, moneyOnce });
	expect((await readAnalysis(db, worker, id)).paths.map(({ title }) => title)).toEqual([
		'Quick but dear',
		'Cheap',
		'Dear'
	]);
});

test('nothing is recommended before all six causes are looked at, nor for a cause that was not found', async () => {
	const { spaceId, worker } = await aTeam();
	const id = await aNeed(db, worker, spaceId);
	const act = { decision: 'act', summary: 'Labels.' };
	const conclude = (more: object = {}) => api(worker, `POST /needs/${id}/conclusions`, { ...act, ...more });
	expect(await conclude()).toMatchObject({ status: 422, body: { errors: { causes: 'are not all looked at' } } });
	await lookAtCauses(db, worker, id, { tools: 'yes' });
	expect(await conclude()).toMatchObject({ status: 422, body: { errors: { paths: 'need one that is chosen' } } });
	const course = { ...path, cause: 'knowledge', title: 'A course on addresses', quick: false };
	const { id: courseId } = (await api(worker, `POST /needs/${id}/paths`, course)).body;
	expect((await conclude()).body.detail).toBe(
		'“A course on addresses” is for knowledge and skill, which was not found to be a cause.'
	);
	await api(worker, `DELETE /needs/${id}/paths/${courseId}`);
	const { id: pathId } = (await api(worker, `POST /needs/${id}/paths`, { ...path, quick: false })).body;
	expect(await conclude()).toMatchObject({ status: 422, body: { errors: { noQuick: expect.anything() } } });
	const done = await conclude({ noQuick: 'The printer is on order.' });
	expect(done.status).toBe(201);
	expect(await conclude({ noQuick: 'The printer is on order.' })).toMatchObject({ status: 409 });
	const { conclusion, isChanged } = await readAnalysis(db, worker, id);
	expect({ conclusion, isChanged }).toMatchObject({
		conclusion: { id: done.body.id, number: 1, decision: 'act', lacksKnowledge: false },
		isChanged: false
	});
	await api(worker, `PUT /needs/${id}/paths/${pathId}`, { ...path, title: 'Another', quick: false, version: 1 });
	const later = await readAnalysis(db, worker, id);
	expect(later.isChanged).toBe(true);
	expect(later.conclusion!.content.paths).toMatchObject([{ title: path.title }]);
});

test('a problem may be left alone, and one sent twice is recorded once', async () => {
	const { spaceId, worker } = await aTeam();
	const id = await aNeed(db, worker, spaceId);
	await lookAtCauses(db, worker, id, { motives: 'unknown' });
	const submission = newId();
	const leave = { decision: 'leave', summary: 'Twice a year. It costs less than talking about it.', submission };
	const both = await Promise.all([1, 2].map(() => api(worker, `POST /needs/${id}/conclusions`, leave)));
	expect(new Set(both.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
	expect((await readNeed(db, worker, id)).conclusion).toMatchObject({ decision: 'leave', lacksKnowledge: false });
	expect((await listNeeds(db, worker, { ...all, show: 'concluded', space: spaceId })).items).toHaveLength(1);
	expect((await listNeeds(db, worker, { ...all, show: 'open', space: spaceId })).items).toEqual([]);
});

test('a recorded lack of knowledge or skill, in full or in part, is told by the conclusion; the database keeps a cause from being assumed', async () => {
	const { spaceId, worker } = await aTeam();
	for (const answer of ['yes', 'partly'] as const) {
		const { conclusionId } = await aWorkedNeed(db, worker, spaceId, { knowledge: answer });
		const found = await row(db, sql`select lacks_knowledge from need_conclusion where id = ${conclusionId}`);
		expect(found).toEqual({ lacks_knowledge: true });
	}
	const id = await aNeed(db, worker, spaceId);
	await expect(
		db.execute(sql`insert into need_cause (need_id, cause, answer, shows, written_by)
			values (${id}, 'knowledge', 'yes', ' ', ${worker.id})`)
	).rejects.toMatchObject({ cause: { constraint_name: 'need_cause_is_shown' } });
});

test('who is asked along is told, and who follows hears what it came to', async () => {
	const { spaceId, manager, worker } = await aTeam();
	const { id } = await aWorkedNeed(db, worker, spaceId);
	await api(worker, `PUT /needs/${id}/editors/${manager.id}`);
	const waiting = await rows<{ data: Parameters<typeof dispatch>[0] }>(
		db,
		sql`select data from pgboss.job where name = 'event' and data ->> 'itemId' = ${id} order by created_on`
	);
	for (const { data } of [...waiting, ...waiting]) await dispatch(data);
	const told = await rows(db, sql`select kind, person_id from notification where item_id = ${id} order by kind`);
	// Whoever did it is told of neither; the manager follows since they were asked along.
	expect(told).toEqual(['need.concluded', 'need.editor'].map((kind) => ({ kind, person_id: manager.id })));
});
