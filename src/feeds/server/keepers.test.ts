import { expect, test } from 'vitest';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { keep, keepItem } from '#src/core/keeping/server/keep.ts';
import { removeKept } from '#src/core/keeping/server/change.ts';
import { setCounted } from '#src/core/keeping/server/counted.ts';
import { ownKeeping } from '#src/core/keeping/server/own.ts';
import { apiClient } from '#src/testing/api.ts';
import { colleaguesWhoKeep } from '#src/core/keeping/server/colleagues.ts';
import { createItem } from '#src/core/items/server/write.ts';
import { sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { aSpaceFeed } from '#src/testing/feeds.ts';
import { keepersOf } from './keepers.ts';

const { db } = await testDatabase();
const bare = { note: '', tags: [] };
/** What is done now counts from tomorrow on: all of it was yesterday. */
const letADayPass = () =>
	db.execute(sql`with a as (update kept set created_at = created_at - interval '1 day', removed_at = removed_at - interval '1 day')
		update space_member set joined_at = joined_at - interval '1 day'`);

async function aRoom(people: number) {
	const spaceId = await aSpace(db, { access: 'closed' });
	const { entries: entry } = await aSpaceFeed(db, spaceId);
	const url = `https://yard.example/${entry}`;
	await db.execute(sql`update feed_entry set url = ${url}, key = ${`yard.example/${entry}`} where id = ${entry}`);
	const others = await Promise.all(Array.from({ length: people }, () => aPerson(db, { spaces: [spaceId] })));
	const me = await aPerson(db, { spaces: [spaceId] });
	return { spaceId, entry, url, others, me, told: async (who = me) => (await keepersOf(db, who, [entry]))[entry] ?? 0 };
}
const keepAll = (people: Viewer[], entryId: string) =>
	Promise.all(people.map((who) => keep(db, who, { entryId }, bare)));

test('two of five colleagues are told of from the next day on; one never is, and oneself does not count', async () => {
	const { entry, others, me, told } = await aRoom(5);
	await keepAll([others[0]!, me], entry);
	await letADayPass();
	expect(await told()).toBe(0);
	await keepAll([others[1]!], entry);
	expect(await told()).toBe(0);
	await letADayPass();
	expect(await told()).toBe(2);
	// Who keeps it sees the other one, and me.
	expect(await told(others[0])).toBe(2);
});

test('where fewer than five could have kept it nothing is told, nor of more than half', async () => {
	const few = await aRoom(4);
	await keepAll(few.others, few.entry);
	const all = await aRoom(8);
	await keepAll(all.others, all.entry);
	await letADayPass();
	expect(await few.told()).toBe(0);
	expect(await all.told()).toBe(2);
});

test('who does not want to be counted is not, at once; of the others still never more than half are told of', async () => {
	const { entry, others, me, told } = await aRoom(7);
	await keepAll(others.slice(0, 3), entry);
	await letADayPass();
	expect(await told()).toBe(2);
	await setCounted(db, others[0]!, { counted: false });
	expect(await told()).toBe(2);
	await setCounted(db, others[1]!, { counted: false });
	expect(await told()).toBe(0);
	await setCounted(db, others[1]!, { counted: true });
	expect(await told()).toBe(2);
	// Three more step out: of the three who are left, two would be more than half.
	for (const who of others.slice(3, 6)) await setCounted(db, who, { counted: false });
	expect(await told()).toBe(0);
	// Who steps out sees what others keep as before.
	await setCounted(db, me, { counted: false });
	for (const who of others) await setCounted(db, who, { counted: true });
	expect(await told()).toBe(2);
	const item = await createItem(db, others[0]!, {
		kind: 'page',
		spaceId: [...me.memberships.keys()][0]!,
		title: 'Tills',
		bodyMd: ''
	});
	for (const who of others.slice(1, 4)) await keepItem(db, who, item, bare);
	await letADayPass();
	expect(await colleaguesWhoKeep(db, me, item)).toBe(2);
	for (const who of others.slice(1, 4)) await setCounted(db, who, { counted: false });
	expect(await colleaguesWhoKeep(db, me, item)).toBe(0);
});

test('the choice is made over the API, and stands in one’s archive', async () => {
	const me = await aPerson(db);
	const api = apiClient(db);
	expect((await api(me, 'GET /me/kept-count')).body).toEqual({ counted: true });
	expect((await api(me, 'PUT /me/kept-count', { counted: 'perhaps' })).status).toBe(422);
	expect((await api(me, 'PUT /me/kept-count', { counted: false })).status).toBe(204);
	expect((await api(me, 'GET /me/kept-count')).body).toEqual({ counted: false });
	const own = ownKeeping.find(({ name }) => name === 'kept-count')!;
	expect(await Array.fromAsync(own.list(db, me))).toHaveLength(1);
});

test('people of other spaces, and those who left, count for nothing', async () => {
	const { spaceId, entry, url, others, me, told } = await aRoom(6);
	const elsewhere = await Promise.all(Array.from({ length: 6 }, () => aPerson(db, { spaces: [] })));
	await Promise.all(elsewhere.map((who) => keep(db, who, { url }, bare)));
	await keepAll(others.slice(0, 2), entry);
	await letADayPass();
	expect(await told()).toBe(2);
	await db.execute(sql`update person set deactivated_at = now() where id = ${others[0]!.id}`);
	expect(await told()).toBe(0);
	await db.execute(sql`update person set deactivated_at = null where id = ${others[0]!.id}`);
	await db.execute(sql`delete from space_member where person_id = ${others[1]!.id} and space_id = ${spaceId}`);
	expect(await told()).toBe(0);
	expect(await told(await viewerOf(db, elsewhere[0]!.id))).toBe(0);
	expect(await told(me)).toBe(0);
});

test('one page counts together wherever it was found, and what is taken away counts to the end of the day', async () => {
	const { entry, url, others, told } = await aRoom(6);
	await keepAll([others[0]!], entry);
	const { id } = await keep(db, others[1]!, { url: `${url}/?utm_source=x` }, bare);
	await letADayPass();
	expect(await told()).toBe(2);
	await removeKept(db, others[1]!, id);
	expect(await told()).toBe(2);
	await letADayPass();
	expect(await told()).toBe(0);
});

test('of an item, who may read it is who could have kept it', async () => {
	const { spaceId, others, me } = await aRoom(6);
	const small = await aSpace(db, { access: 'secret' });
	for (const { id } of [me, ...others.slice(0, 3)])
		await db.execute(sql`insert into space_member (space_id, person_id) values (${small}, ${id})`);
	const people = await Promise.all([me, ...others].map(({ id }) => viewerOf(db, id)));
	const anItem = (space: string) =>
		db.transaction((tx) => createItem(tx, people[0]!, { kind: 'page', spaceId: space, title: 'T', bodyMd: 'B' }));
	const [wide, narrow] = [await anItem(spaceId), await anItem(small)];
	for (const who of people.slice(1, 4)) {
		await keepItem(db, who, wide, bare);
		await keepItem(db, who, narrow, bare);
	}
	await letADayPass();
	expect(await colleaguesWhoKeep(db, people[0]!, wide)).toBe(2);
	expect(await colleaguesWhoKeep(db, people[0]!, narrow)).toBe(0);
});
