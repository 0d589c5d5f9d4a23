import { expect, test } from 'vitest';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { answerQuestion, askQuestion } from '#src/ask/server/ask.ts';
import { row, rows, sql } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { apiClient } from '#src/testing/api.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { usefulPages } from '#src/testing/community.ts';
import { testDatabase } from '#src/testing/database.ts';
import { allHandedOut, toldTo } from '#src/testing/told.ts';
import { makeCall } from './make.ts';

const { db } = await testDatabase({ work: true });
const api = apiClient(db);
let tags = 0;

/** A space in which a topic hangs on Ada. */
async function aSingleTopic() {
	const tag = `sealing${(tags += 1)}`;
	const spaceId = await aSpace(db, { name: 'Packing' });
	const steward = await aPerson(db, { spaces: [spaceId], steward: true, name: 'Stella Steward' });
	const ada = await aPerson(db, { spaces: [spaceId], name: 'Ada Expert' });
	const pages = await usefulPages(db, ada, spaceId, tag, 5);
	return { tag, spaceId, steward, ada, pages };
}

const called = async (callId: string) =>
	(await rows<{ person_id: string }>(db, sql`select person_id from community_called where call_id = ${callId}`)).map(
		({ person_id }) => person_id
	);

async function read(person: Viewer, itemIds: string[], spaceId: string) {
	for (const itemId of itemIds)
		await db.execute(sql`insert into signal (id, actor_id, verb, item_id, space_id)
			values (${newId()}, ${person.id}, 'read', ${itemId}, ${spaceId})`);
}

test('whoever a topic hangs on is asked once to write it down, however many ask at once', async () => {
	const { tag, spaceId, steward, ada } = await aSingleTopic();
	const others = [];
	for (let at = 0; at < 5; at += 1) others.push(await aPerson(db, { spaces: [spaceId], steward: true }));
	const answers = await Promise.all(
		[steward, ...others].map((viewer) => api(viewer, `POST /spaces/${spaceId}/calls`, { kind: 'write', topic: tag }))
	);
	expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
	await allHandedOut(db);
	const [told, ...rest] = (await toldTo(db, ada)).filter(({ kind }) => kind.startsWith('community.'));
	expect(rest).toEqual([]);
	expect(told).toMatchObject({ kind: 'community.write', href: `/aids/new?space=${spaceId}&tags=${tag}` });
	expect(told!.sentence).toMatch(
		new RegExp(`asks you to write down what you know about ${tag}: most of it hangs on you$`)
	);
	const { body } = await api(steward, `GET /spaces/${spaceId}/insights`);
	expect(body.topics[0].askedToWriteAt).toMatch(/^20/);
	// After thirty days it may be asked again.
	await db.execute(sql`update community_call set created_at = now() - interval '31 days' where space_id = ${spaceId}`);
	expect(await makeCall(db, steward, spaceId, { kind: 'write', topic: tag })).toBeTruthy();
});

test('a second is sought among those who know, follow, answered or read; nobody is told who they are', async () => {
	const { tag, spaceId, steward, ada, pages } = await aSingleTopic();
	const member = () => aPerson(db, { spaces: [spaceId] });
	const knows = await aPerson(db, { spaces: [spaceId], askMeAbout: [tag.toUpperCase()] });
	const [follows, answered, reads, once, stranger] = [
		await member(),
		await member(),
		await member(),
		await member(),
		await member()
	];
	await db.execute(sql`insert into follow (person_id, target_kind, target) values (${follows.id}, 'tag', ${tag})`);
	const question = await askQuestion(db, ada, {
		spaceId,
		title: 'How is it?',
		bodyMd: '',
		tags: [tag],
		anonymous: false
	});
	await answerQuestion(db, answered, question, { bodyMd: 'Well.' });
	await read(reads, pages.slice(0, 2), spaceId);
	await read(once, pages.slice(0, 1), spaceId);
	const { body } = await api(steward, `POST /spaces/${spaceId}/calls`, { kind: 'second', topic: tag });
	const people = await called(body.id);
	expect(people.sort()).toEqual([knows, follows, answered, reads].map(({ id }) => id).sort());
	expect([ada.id, once.id, stranger.id, steward.id].filter((id) => people.includes(id))).toEqual([]);
	await allHandedOut(db);
	const [told] = (await toldTo(db, reads)).filter(({ kind }) => kind === 'community.second');
	expect(told).toMatchObject({
		sentence: `Packing seeks a second person for questions about ${tag}`,
		href: `/calls/${body.id}`
	});
	// Four were asked: the number is not told, and neither are they.
	const insights = (await api(steward, `GET /spaces/${spaceId}/insights`)).body;
	expect(insights.topics[0]).toMatchObject({ asked: null, yes: [] });
	expect(JSON.stringify(insights.topics)).not.toContain(reads.id);
});

test('yes makes one follow and be asked, and names one; no tells nobody and is not asked again', async () => {
	const { tag, spaceId, steward, ada } = await aSingleTopic();
	const keen = await aPerson(db, { spaces: [spaceId], name: 'Kim Keen' });
	const shy = await aPerson(db, { spaces: [spaceId], name: 'Sam Shy' });
	const full = await aPerson(db, { spaces: [spaceId], askMeAbout: [tag] });
	for (const { id } of [keen, shy])
		await db.execute(sql`insert into follow (person_id, target_kind, target) values (${id}, 'tag', ${tag})`);
	const id = await makeCall(db, steward, spaceId, { kind: 'second', topic: tag });
	expect((await called(id)).length).toBe(3);
	const answer = (viewer: Viewer, said: string) => api(viewer, `PUT /me/calls/${id}/answer`, { answer: said });
	expect((await api(keen, 'GET /me/calls')).body.items).toMatchObject([
		{ id, tag, answer: null, by: { name: 'Stella Steward' } }
	]);
	expect((await answer(keen, 'yes')).status).toBe(204);
	expect((await answer(full, 'yes')).status).toBe(204);
	expect((await answer(shy, 'no')).status).toBe(204);
	expect((await answer(ada, 'yes')).status).toBe(404);
	expect((await answer(shy, 'maybe')).status).toBe(422);
	const profile = async ({ id: person }: Viewer) =>
		(await row<{ about: string[] }>(db, sql`select ask_me_about as about from person where id = ${person}`))!.about;
	expect([await profile(keen), await profile(full), await profile(shy)]).toEqual([[tag], [tag], []]);
	const { topics } = (await api(steward, `GET /spaces/${spaceId}/insights`)).body;
	expect(topics[0].yes.map(({ name }: { name: string }) => name)).toContain('Kim Keen');
	expect(JSON.stringify(topics)).not.toContain('Sam Shy');
	// A month later those who answered have peace, and nobody else is left.
	await db.execute(sql`update community_call set created_at = now() - interval '31 days' where id = ${id}`);
	expect(await called(await makeCall(db, steward, spaceId, { kind: 'second', topic: tag }))).toEqual([]);
});

test('nobody is sought twice in thirty days, and who wants to hear of none is told of none', async () => {
	const first = await aSingleTopic();
	const second = await usefulPages(db, first.ada, first.spaceId, 'labels', 5);
	const quiet = await aPerson(db, { spaces: [first.spaceId], askMeAbout: [first.tag, 'labels'] });
	await db.execute(sql`insert into notification_preference (person_id, kind, in_page, mail)
		values (${quiet.id}, 'community.second', false, 'never')`);
	expect(second).toHaveLength(5);
	const id = await makeCall(db, first.steward, first.spaceId, { kind: 'second', topic: first.tag });
	expect(await called(id)).toEqual([quiet.id]);
	expect(await called(await makeCall(db, first.steward, first.spaceId, { kind: 'second', topic: 'labels' }))).toEqual(
		[]
	);
	await allHandedOut(db);
	expect(await rows(db, sql`select 1 from notification where person_id = ${quiet.id}`)).toEqual([]);
});

test('only what is the case is asked, by those who look after the space, in one that is not archived', async () => {
	const { tag, spaceId, steward, ada } = await aSingleTopic();
	const call = `POST /spaces/${spaceId}/calls`;
	expect((await api(ada, call, { kind: 'second', topic: tag })).status).toBe(403);
	expect((await api(await aPerson(db), call, { kind: 'second', topic: tag })).status).toBe(403);
	expect((await api(steward, call, { kind: 'second', topic: 'nothing' })).status).toBe(409);
	expect((await api(steward, call, { kind: 'shout', topic: tag })).status).toBe(422);
	expect((await api(steward, call, { kind: 'write', topic: 'two words' })).status).toBe(422);
	expect((await api(steward, call, { kind: 'improve', topic: tag })).status).toBe(422);
	await db.execute(
		sql`insert into person_leave (id, person_id, from_day, until_day)
		values (${newId()}, ${ada.id}, current_date - 1, current_date + 1)`
	);
	const away = await api(steward, call, { kind: 'write', topic: tag });
	expect([away.status, away.body.detail]).toEqual([409, 'Ada Expert is on leave. Ask when they are back.']);
	await db.execute(sql`update person set deactivated_at = now() where id = ${ada.id}`);
	const gone = await api(steward, call, { kind: 'write', topic: tag });
	expect([gone.status, gone.body.detail]).toEqual([409, 'Ada Expert is not here any more. Find a second instead.']);
	await db.execute(sql`update space set archived_at = now() where id = ${spaceId}`);
	expect((await api(steward, call, { kind: 'second', topic: tag })).status).toBe(409);
});
