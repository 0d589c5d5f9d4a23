import { expect, test } from 'vitest';
import { afterMaking } from '#src/app/server/after-making.ts';
import { orgRole } from '#src/core/people/server/schema.ts';
import { newMetric } from '#src/metrics/input.ts';
import { makeMetric } from '#src/metrics/server/write.ts';
import { writePage } from '#src/pages/server/pages.ts';
import { row, sql } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { parse } from '#src/platform/server/parse.ts';
import { apiClient } from '#src/testing/api.ts';
import { aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { aNeed, aWorkedNeed, inDays } from '#src/testing/needs.ts';
import { needTasksOf } from './read.ts';

const { db } = await testDatabase();
const api = apiClient(db);

async function aPlannedNeed({ write = true } = {}) {
	const spaceId = await aSpace(db, { kind: 'team' });
	const author = await aPerson(db, { spaces: [spaceId] });
	const doer = await aPerson(db, { spaces: [spaceId] });
	const { id } = await aWorkedNeed(db, author, spaceId);
	const plan = {
		...{ ownerId: author.id, hypothesis: 'Fewer come back.', figure: 'Returns a week', baseline: 14 },
		...{ baselineOn: inDays(-2), baselineSource: 'The carrier’s list', target: 6, reviewOn: inDays(60) },
		...{ budget: 450, saves: 9000, version: 0 }
	};
	if (write) expect((await api(author, `PUT /needs/${id}/plan`, plan)).body).toEqual({ version: 1 });
	return { spaceId, author, doer, id, plan };
}

test('there is no plan before the analysis, and none without a baseline', async () => {
	const { spaceId, author, plan, doer, id } = await aPlannedNeed({ write: false });
	const bare = await aNeed(db, author, spaceId);
	expect((await api(author, `PUT /needs/${bare}/plan`, plan)).body.detail).toContain('The analysis comes first');
	const { baseline: _, baselineOn: __, ...without } = plan;
	expect(await api(author, `PUT /needs/${id}/plan`, without)).toMatchObject({
		status: 422,
		body: { errors: { baseline: expect.stringContaining('captured first'), baselineOn: 'is needed' } }
	});
	const wrong = { reviewOn: inDays(-1), baselineOn: inDays(5), ownerId: (await aPerson(db)).id, target: 1e308 };
	for (const [name, value] of Object.entries(wrong).filter(([name]) => name !== 'ownerId'))
		expect((await api(author, `PUT /needs/${id}/plan`, { ...plan, [name]: value })).status, name).toBe(422);
	const closed = await aSpace(db, { access: 'closed' });
	const inside = await aPerson(db, { spaces: [closed] });
	const { id: hidden } = await aWorkedNeed(db, inside, closed);
	expect(await api(inside, `PUT /needs/${hidden}/plan`, plan)).toMatchObject({
		status: 422,
		body: { errors: { ownerId: 'must be somebody who reads the space' } }
	});
	const step = { option: 'fix', title: 'Put the printer up', ownerId: doer.id, byOn: inDays(3) };
	expect((await api(author, `POST /needs/${id}/steps`, step)).status).toBe(404);
	expect((await api(author, `PUT /needs/${id}/plan`, plan)).status).toBe(200);
	expect((await api(author, `PUT /needs/${id}/plan`, plan)).status).toBe(409);
	expect((await api(doer, `PUT /needs/${id}/plan`, { ...plan, version: 1 })).status).toBe(403);
	expect((await api(author, `POST /needs/${id}/steps`, step)).status).toBe(201);
	expect((await api(author, `POST /needs/${id}/steps`, { ...step, option: 'course' })).status).toBe(422);
});

test('a step has an owner and a day, stands on their home page, and is done by them', async () => {
	const { author, doer, id } = await aPlannedNeed();
	const step = { option: 'fix', title: 'Put the printer up', ownerId: doer.id, byOn: inDays(3), submission: newId() };
	const { id: stepId } = (await api(author, `POST /needs/${id}/steps`, step)).body;
	expect((await api(author, `POST /needs/${id}/steps`, step)).body).toEqual({ id: stepId });
	await api(author, `POST /needs/${id}/steps`, { ...step, title: 'Later', byOn: inDays(30), submission: newId() });
	expect(await needTasksOf(db, doer)).toMatchObject([{ title: 'Put the printer up', kind: 'step' }]);
	const home = (await api(doer, 'GET /home')).body.todo;
	expect(home).toContainEqual({
		title: 'Put the printer up',
		href: `/needs/${id}/plan`,
		why: expect.stringContaining('Yours in a plan')
	});
	const outsider = await aPerson(db);
	expect((await api(outsider, `PUT /needs/${id}/steps/${stepId}/done`)).status).toBe(403);
	expect((await api(doer, `DELETE /needs/${id}/steps/${stepId}`)).status).toBe(403);
	expect((await api(doer, `PUT /needs/${id}/steps/${stepId}/done`)).status).toBe(204);
	expect(await needTasksOf(db, doer)).toEqual([]);
	const edit = { title: 'Put up two', ownerId: doer.id, byOn: inDays(4), version: 1 };
	expect((await api(author, `PUT /needs/${id}/steps/${stepId}`, edit)).status).toBe(409);
	expect((await api(doer, `DELETE /needs/${id}/steps/${stepId}/done`)).status).toBe(204);
	expect((await api(author, `PUT /needs/${id}/steps/${stepId}`, { ...edit, version: 3 })).body).toEqual({ version: 4 });
});

test('what is made by the form of a starter is the step, linked to the problem it comes from', async () => {
	const { spaceId, author, doer, id } = await aPlannedNeed();
	const step = { option: 'document', title: 'How we label', ownerId: doer.id, byOn: inDays(3) };
	const { id: stepId } = (await api(author, `POST /needs/${id}/steps`, step)).body;
	const { steps } = (await api(doer, `GET /needs/${id}/plan`)).body.plan;
	expect(steps[0].begins.map(({ label }: { label: string }) => label)).toContain('Write a page');
	const href = steps[0].begins.find(({ label }: { label: string }) => label === 'Write a page').href;
	const pageId = await writePage(db, doer, { spaceId, title: 'How we label', bodyMd: 'So.', tags: [] });
	const url = new URL(href, 'https://trellis.example.org');
	expect(url.searchParams.get('title')).toBe('How we label');
	expect(await afterMaking(db, doer, url, { id: pageId, address: `/pages/${pageId}`, kind: 'page' })).toBe(
		`/needs/${id}/plan`
	);
	const [made] = (await api(author, `GET /needs/${id}/plan`)).body.plan.steps;
	expect(made).toMatchObject({ id: stepId, made: { title: 'How we label', href: `/pages/${pageId}` }, begins: [] });
	expect((await api(author, `GET /needs/${id}`)).body.ledTo).toMatchObject([{ title: 'How we label' }]);
	const other = await api(author, `PUT /needs/${id}/steps/${stepId}/made`, { itemId: newId() });
	expect(other).toMatchObject({ status: 422, body: { errors: { itemId: expect.anything() } } });
	// What a reader may not open is not named to them.
	const secret = await aSpace(db, { access: 'secret' });
	const insider = await viewerOf(db, author.id);
	await db.execute(sql`insert into space_member (space_id, person_id) values (${secret}, ${insider.id})`);
	const hidden = await writePage(db, await viewerOf(db, author.id), {
		spaceId: secret,
		title: 'Hidden',
		bodyMd: 'So.',
		tags: []
	});
	expect(
		(await api(await viewerOf(db, author.id), `PUT /needs/${id}/steps/${stepId}/made`, { itemId: hidden })).status
	).toBe(204);
	expect((await api(doer, `GET /needs/${id}/plan`)).body.plan.steps[0].made).toEqual({ title: 'Page', href: null });
});

test('a figure that is kept here gives the baseline, and what is done is marked in it', async () => {
	const { spaceId, author, id, plan } = await aPlannedNeed({ write: false });
	const metricId = await makeMetric(
		db,
		author,
		parse(newMetric, { spaceId, title: 'Returns a week', unit: 'parcels', better: 'less', every: 'week', people: 12 })
	);
	const { baseline: _, baselineOn: __, baselineSource: ___, figure: ____, ...rest } = plan;
	expect((await api(author, `PUT /needs/${id}/plan`, { ...rest, metricId })).body.errors.metricId).toContain(
		'no value yet'
	);
	const taken = await api(author, `POST /figures/${metricId}/values`, { values: [{ day: '2026-11-02', value: 17 }] });
	expect(taken.status).toBeLessThan(300);
	expect((await api(author, `PUT /needs/${id}/plan`, { ...rest, metricId })).status).toBe(200);
	expect((await api(author, `GET /needs/${id}/plan`)).body.plan).toMatchObject({
		...{
			baseline: 17,
			baselineOn: '2026-11-02',
			figure: 'Returns a week',
			baselineSource: 'Returns a week, in parcels'
		},
		kept: { href: `/figures/${metricId}`, latest: { value: 17 } }
	});
	const step = { option: 'fix', title: 'Printer is up', ownerId: author.id, byOn: inDays(3) };
	const { id: stepId } = (await api(author, `POST /needs/${id}/steps`, step)).body;
	await api(author, `PUT /needs/${id}/steps/${stepId}/done`);
	expect(await row(db, sql`select label, about_id from metric_mark where metric_id = ${metricId}`)).toEqual({
		label: 'Printer is up',
		about_id: id
	});
});

test('the day of review comes to its owner, and what was seen is recorded', async () => {
	const { author, id } = await aPlannedNeed();
	expect(await needTasksOf(db, author)).toEqual([]);
	await db.execute(sql`update need_plan set review_on = current_date where need_id = ${id}`);
	expect(await needTasksOf(db, author)).toMatchObject([{ kind: 'review', href: `/needs/${id}/plan#review` }]);
	const seen = { value: 9, verdict: 'cannot_tell', says: 'It has peaks.', next: inDays(90), submission: newId() };
	expect((await api(author, `POST /needs/${id}/reviews`, { ...seen, next: inDays(-1) })).status).toBe(422);
	const again = { ...seen, submission: newId() };
	const first = await api(author, `POST /needs/${id}/reviews`, again);
	expect((await api(author, `POST /needs/${id}/reviews`, again)).body).toEqual(first.body);
	expect(await needTasksOf(db, author)).toEqual([]);
	expect((await api(author, `GET /needs/${id}/plan`)).body.plan).toMatchObject({
		reviewOn: inDays(90),
		reviews: [{ value: 9, verdict: 'cannot_tell', by: author.name }]
	});
});

test('what one plan saves pays for another, in the same currency', async () => {
	const cheap = await aPlannedNeed();
	const { id: dear } = await aWorkedNeed(db, cheap.author, cheap.spaceId);
	await api(cheap.author, `PUT /needs/${dear}/plan`, { ...cheap.plan, budget: 8000, saves: 0 });
	const funded = { ...cheap.plan, version: 1, fundsId: `https://trellis.example.org/needs/${dear}` };
	expect((await api(cheap.author, `PUT /needs/${cheap.id}/plan`, { ...funded, fundsId: cheap.id })).status).toBe(422);
	expect((await api(cheap.author, `PUT /needs/${cheap.id}/plan`, funded)).status).toBe(200);
	const { items } = (await api(cheap.author, 'GET /budget')).body;
	expect(items.find(({ id }: { id: string }) => id === dear)).toMatchObject({ budget: 8000, given: 9000 });
	expect(items.find(({ id }: { id: string }) => id === cheap.id)).toMatchObject({ funds: { id: dear }, verdict: null });
	const closed = await aSpace(db, { access: 'closed' });
	const inside = await aPerson(db, { spaces: [closed] });
	const { id: hidden } = await aWorkedNeed(db, inside, closed);
	await api(inside, `PUT /needs/${hidden}/plan`, { ...cheap.plan, ownerId: inside.id });
	expect((await api(cheap.author, 'GET /budget')).body.items.map(({ id }: { id: string }) => id)).not.toContain(hidden);
});

test('people add to the catalogue under their name; they and learning advisers take it out again', async () => {
	const [author, other] = [await aPerson(db), await aPerson(db)];
	const option = {
		label: 'A morning in the other shift',
		fits: 'Two shifts that blame each other.',
		causes: ['expectations'],
		hoursMake: 8,
		days: 7
	};
	expect((await api(author, 'POST /options', option)).body.errors.outside).toContain('is needed');
	expect((await api(author, 'POST /options', { ...option, causes: [], outside: 'Swap.' })).status).toBe(422);
	const sent = { ...option, outside: 'Swap two people for a morning.', submission: newId() };
	const { id } = (await api(author, 'POST /options', sent)).body;
	expect((await api(author, 'POST /options', sent)).body).toEqual({ id });
	const mine = (items: { id: string }[]) => items.find((one) => one.id === id);
	expect(mine((await api(other, 'GET /options')).body.items)).toMatchObject({
		by: { name: author.name },
		canWithdraw: false
	});
	expect((await api(other, `DELETE /options/${id}`)).status).toBe(403);
	await db.insert(orgRole).values({ personId: other.id, role: 'learning_adviser' });
	expect((await api(await viewerOf(db, other.id), `DELETE /options/${id}`)).status).toBe(204);
	expect(mine((await api(author, 'GET /options')).body.items)).toBeUndefined();
});
