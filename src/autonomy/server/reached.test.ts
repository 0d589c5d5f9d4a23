import { beforeEach, expect, test } from 'vitest';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { notify } from '#src/core/notify/server/fan-out.ts';
import { comingOf } from '#src/drips/server/follow.ts';
import { preferencesOf } from '#src/core/notify/server/preferences.ts';
import { ownLists } from '#src/core/export/server/own.ts';
import { sql } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { aDrip } from '#src/testing/drips.ts';
import { readReached, turnOffReached } from './reached.ts';

const { db } = await testDatabase();
let space: string;
let me: Viewer;

beforeEach(async () => {
	space = await aSpace(db);
	me = await aPerson(db, { spaces: [space] });
});

const tell = (kind: string, spaceId = space) =>
	notify(db, { eventId: newId(), kind, spaceId, actorId: null }, sql`select ${me.id}::uuid`);

test('what reached me stands by whose choice it did, with how often and on which ways', async () => {
	for (const kind of ['item.new', 'item.new', 'question.climbed', 'expert.asked', 'check.asked']) await tell(kind);
	await db.execute(sql`update notification set mailed_at = now() where person_id = ${me.id} and kind = 'check.asked'`);
	const reached = await readReached(db, me);
	expect([reached.count, reached.own]).toEqual([5, 2]);
	expect(reached.groups.map(({ choice, count }) => [choice, count])).toEqual([
		['self', 2],
		['person', 1],
		['organisation', 1],
		['default', 1]
	]);
	expect(reached.groups[0]!.lines).toMatchObject([{ name: 'item.new', count: 2, byMail: 0, isOff: false }]);
	expect(reached.groups[0]!.lines[0]!.latest).toHaveLength(2);
	expect(reached.groups[2]!.lines).toMatchObject([{ name: 'check.asked', count: 1, byMail: 1 }]);
});

test('what came earlier, to others, or is not mine to read any more is not in it', async () => {
	await tell('item.new');
	await db.execute(sql`update notification set created_at = now() - interval '31 days' where person_id = ${me.id}`);
	const closed = await aSpace(db, { access: 'secret' });
	await db.execute(sql`insert into space_member (space_id, person_id) values (${closed}, ${me.id})`);
	await tell('item.new', closed);
	await db.execute(sql`delete from space_member where space_id = ${closed} and person_id = ${me.id}`);
	expect((await readReached(db, me)).groups).toEqual([]);
	await tell('item.new');
	expect((await readReached(db, await aPerson(db, { spaces: [space] }))).count).toBe(0);
});

test('a line is turned off on all ways at once, and says so', async () => {
	await tell('question.climbed');
	await turnOffReached(db, me, 'question.climbed');
	const { choices } = await preferencesOf(db, me);
	expect(choices.find(({ kind }) => kind === 'question.climbed')).toMatchObject({
		...{ inPage: false, mail: 'never', push: 'never' }
	});
	expect((await readReached(db, me)).groups[0]!.lines[0]).toMatchObject({ isOff: true });
	await expect(turnOffReached(db, me, 'question.unheard_of')).rejects.toMatchObject({ kind: 'not_found' });
	await expect(turnOffReached(db, me, 'tips.everything')).rejects.toMatchObject({ kind: 'not_found' });
});

test('tips that came by the rhythm are among what I chose, those I opened are not, and the series ends with the line', async () => {
	const writer = await aPerson(db, { spaces: [space] });
	const { id, tips } = await aDrip(db, writer, space);
	await db.execute(sql`insert into drip_follow (drip_id, person_id) values (${id}, ${me.id})`);
	await db.execute(sql`insert into drip_receipt (tip_id, person_id, version, via)
		values (${tips[0]!}, ${me.id}, 1, 'mail'), (${tips[1]!}, ${me.id}, 1, 'page')`);
	const { groups } = await readReached(db, me);
	expect(groups).toMatchObject([{ choice: 'self', lines: [{ name: `tips.${id}`, count: 1, byMail: 1 }] }]);
	await turnOffReached(db, me, `tips.${id}`);
	expect(await comingOf(db, me.id, id)).toBeUndefined();
});

test('it is in my archive, with by whose choice', async () => {
	await tell('check.asked');
	const list = ownLists().find(({ name }) => name === 'reached')!;
	expect(await Array.fromAsync(list.list(db, me))).toMatchObject([{ kind: 'check.asked', choice: 'organisation' }]);
});
