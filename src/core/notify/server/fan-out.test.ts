import { beforeEach, expect, test } from 'vitest';
import { answerQuestion, askQuestion } from '#src/ask/server/ask.ts';
import { viewerOf, aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { until } from '#src/testing/smtp.ts';
import { rows, row, sql } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { addComment } from '#src/core/items/server/comments.ts';
import { markHelped } from '#src/core/items/server/helped.ts';
import { askForMore } from '#src/ask/server/questions.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { notify } from './fan-out.ts';
import { forgetOldNotices, listNotices, markRead, markSeen, markUnread, unreadCount } from './read.ts';

const { db } = await testDatabase({ work: true });
let space: string;
let asker: Viewer;
let colleague: Viewer;

beforeEach(async () => {
	space = await aSpace(db, { allowAnonymous: true });
	asker = await aPerson(db, { name: 'Ada Asker', spaces: [space] });
	colleague = await aPerson(db, { name: 'Carl Colleague', spaces: [space] });
});

const ask = (anonymous = false) =>
	askQuestion(db, asker, { spaceId: space, title: 'How do I reset the till?', bodyMd: 'x', tags: [], anonymous });

const follow = (person: Viewer, target: string, kind = 'item') =>
	db.execute(
		sql`insert into follow (person_id, target_kind, target) values (${person.id}, ${kind}, ${target}) on conflict do nothing`
	);

const told = async (person: Viewer) =>
	(await listNotices(db, await viewerOf(db, person.id), { show: 'all' })).groups.flatMap(({ notices }) => notices);

/** All events there are have been handed out. */
const settled = () =>
	until(async () => {
		const left = await row(
			db,
			sql`select 1 from pgboss.job where name = 'event' and state in ('created', 'retry', 'active')`
		);
		return left === undefined;
	});

test('the asker hears of an answer once, the one who answers does not', async () => {
	const question = await ask();
	await answerQuestion(db, colleague, question, { bodyMd: 'Hold the green key.' });
	await settled();
	expect(await told(asker)).toMatchObject([
		{
			...{ kind: 'question.answered', sentence: 'Carl Colleague answered “How do I reset the till?”', read: false },
			excerpt: 'Hold the green key.'
		}
	]);
	expect(await told(colleague)).toEqual([]);
});

test('an anonymous asker is never named, not even by what they do later', async () => {
	const question = await ask(true);
	const answer = await answerQuestion(db, colleague, question, { bodyMd: 'Hold the green key.' });
	await addComment(db, asker, answer, { bodyMd: 'Which one is it?' });
	await markHelped(db, asker, answer, { note: 'Saved my evening' });
	await settled();
	const heard = await told(colleague);
	expect(heard.map(({ kind }) => kind).sort()).toEqual(['item.commented', 'item.helped']);
	expect(JSON.stringify(heard)).not.toContain('Ada');
	const stored = await rows(db, sql`select * from notification where person_id = ${colleague.id}`);
	expect(JSON.stringify(stored)).not.toContain(asker.id);
});

test('who may not read it is not told, and what closed later is not shown', async () => {
	const closed = await aSpace(db, { access: 'closed' });
	const member = await aPerson(db, { spaces: [closed] });
	const outsider = await aPerson(db);
	const author = await aPerson(db, { spaces: [closed] });
	const question = await askQuestion(db, author, {
		...{ spaceId: closed, title: 'Who has the key?', bodyMd: '', tags: [], anonymous: false }
	});
	for (const person of [member, outsider]) await follow(person, question);
	await answerQuestion(db, member, question, { bodyMd: 'I do.' });
	await settled();
	expect(await told(outsider)).toEqual([]);
	expect(await told(author)).toHaveLength(1);
	await db.execute(sql`delete from space_member where person_id = ${author.id}`);
	expect(await told(author)).toEqual([]);
	expect(await unreadCount(db, await viewerOf(db, author.id))).toBe(0);
});

test('muted items and kinds that are off tell nobody', async () => {
	const question = await ask();
	await db.execute(sql`insert into mute (person_id, item_id) values (${asker.id}, ${question})`);
	const quiet = await aPerson(db, { spaces: [space] });
	await follow(quiet, question);
	await db.execute(sql`insert into notification_preference values (${quiet.id}, 'question.answered', false, 'never')`);
	await answerQuestion(db, colleague, question, { bodyMd: 'Hold it.' });
	await settled();
	expect(await told(asker)).toEqual([]);
	expect(await rows(db, sql`select 1 from notification where person_id = ${quiet.id}`)).toEqual([]);
});

test('an event that is handed out twice tells once', async () => {
	const question = await ask();
	const notice = { eventId: newId(), kind: 'question.answered', itemId: question, actorId: colleague.id };
	const people = sql`select ${asker.id}::uuid`;
	await Promise.all([notify(db, notice, people), notify(db, notice, people), notify(db, notice, people)]);
	expect(await rows(db, sql`select 1 from notification where event_id = ${notice.eventId}`)).toHaveLength(1);
});

test('ten thousand followers are told in one go', async () => {
	const question = await ask();
	await db.execute(sql`insert into person (id, name, email)
		select gen_random_uuid(), 'Crowd', 'crowd' || n || '@crowd.example' from generate_series(1, 10000) n`);
	await db.execute(sql`insert into follow (person_id, target_kind, target)
		select id, 'item', ${question} from person where name = 'Crowd'`);
	await answerQuestion(db, colleague, question, { bodyMd: 'Hold the green key.' });
	await settled();
	const count = await row(
		db,
		sql`select count(*)::int as n from notification where item_id is not null and person_id in (select id from person where name = 'Crowd')`
	);
	expect(count).toEqual({ n: 10000 });
});

test('reading marks as read, and can be taken back; looking at the page does it too', async () => {
	const question = await ask();
	await answerQuestion(db, colleague, question, { bodyMd: 'Hold the green key.' });
	await settled();
	expect(await unreadCount(db, asker)).toBe(1);
	const ids = await markRead(db, asker);
	expect(await unreadCount(db, asker)).toBe(0);
	await markUnread(db, colleague, ids);
	expect(await unreadCount(db, asker)).toBe(0);
	await markUnread(db, asker, ids);
	expect(await unreadCount(db, asker)).toBe(1);
	await markSeen(db, asker, question);
	expect(await unreadCount(db, asker)).toBe(0);
});

test('one thing is told once, in the words that say most', async () => {
	const question = await ask();
	await askForMore(db, colleague, question, { bodyMd: 'Which till is it?' });
	await settled();
	expect((await told(asker)).map(({ kind }) => kind)).toEqual(['question.needs_info']);
	await answerQuestion(db, asker, question, { bodyMd: `Ask @[Carl](person:${colleague.id}) about it.` });
	await settled();
	expect((await told(colleague)).map(({ kind }) => kind)).toContain('item.mentioned');
	expect((await told(colleague)).map(({ kind }) => kind)).not.toContain('question.answered');
});

test('followers of a person do not hear of what that person asks without name', async () => {
	await follow(colleague, asker.id, 'person');
	await ask(true);
	await settled();
	expect(await told(colleague)).toEqual([]);
	await ask();
	await settled();
	expect((await told(colleague)).map(({ kind }) => kind)).toEqual(['item.new']);
});

test('stewards hear of those who ask to join, and others do not', async () => {
	const closed = await aSpace(db, { access: 'closed', name: 'Night shift' });
	const steward = await aPerson(db, { spaces: [closed], steward: true });
	const member = await aPerson(db, { spaces: [closed] });
	await db.transaction((tx) => emit(tx, 'space.requested', { spaceId: closed, personId: colleague.id }));
	await settled();
	expect(await told(steward)).toMatchObject([{ sentence: 'Carl Colleague asks to join Night shift' }]);
	expect(await told(member)).toEqual([]);
});

test('what was read long ago is forgotten, what was not read is kept', async () => {
	const question = await ask();
	await answerQuestion(db, colleague, question, { bodyMd: 'One.' });
	await answerQuestion(db, colleague, question, { bodyMd: 'Two.' });
	await settled();
	const [first] = await told(asker);
	await db.execute(sql`update notification set created_at = now() - interval '200 days' where person_id = ${asker.id}`);
	await db.execute(sql`update notification set read_at = now() - interval '91 days' where id = ${first!.id}`);
	await forgetOldNotices(db);
	expect((await told(asker)).map(({ id }) => id)).not.toContain(first!.id);
	expect(await told(asker)).toHaveLength(1);
});
