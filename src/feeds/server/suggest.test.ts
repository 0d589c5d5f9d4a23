import { expect, test } from 'vitest';
import { sql } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { feed, feedSubscription } from './schema.ts';
import { suggestFeeds } from './suggest.ts';

const { db } = await testDatabase();
const spaceId = await aSpace(db, { name: 'Yard' });
const ana = await aPerson(db, { spaces: [spaceId] });
const others: (typeof ana)[] = [];
for (let at = 0; at < 12; at += 1) others.push(await aPerson(db, { spaces: [spaceId] }));
const stranger = await aPerson(db);

async function aFeed(name: string, readers: (typeof ana)[], state: 'live' | 'gone' = 'live') {
	const [id, key] = [newId(), `${name}.example/feed`];
	await db.insert(feed).values({ id, url: `https://${key}`, key, host: `${name}.example`, title: name, state });
	for (const { id: personId } of readers)
		await db.insert(feedSubscription).values({ id: newId(), feedId: id, personId });
	return id;
}
const suggested = async (viewer = ana) =>
	(await suggestFeeds(db, viewer)).map(({ title, readers, kind, name }) => [title, readers, kind, name]);

test('what five others of a space read is suggested, in steps; what four read, what one reads, what is gone is not', async () => {
	await aFeed('four', [...others.slice(0, 4), ana]);
	await aFeed('five', others.slice(0, 5));
	await aFeed('eleven', others.slice(0, 11));
	await aFeed('mine', [...others.slice(0, 6), ana]);
	await aFeed('gone', others.slice(0, 6), 'gone');
	await aFeed('outside', [...others.slice(0, 4), stranger]);
	expect(await suggested()).toEqual([
		['eleven', 10, 'space', 'Yard'],
		['five', 5, 'space', 'Yard']
	]);
	expect(await suggested(stranger)).toEqual([]);
});

test('what all others of a space read would tell of each, and is not suggested', async () => {
	await aFeed('all', others);
	expect((await suggested()).map(([title]) => title)).not.toContain('all');
});

test('the line of work counts as a space does, and what one’s space reads is read already', async () => {
	await db.execute(sql`update person set headline = 'Fork-lift driver' where id <> ${ana.id}`);
	await db.execute(sql`update person set headline = 'fork-lift driver' where id = ${stranger.id}`);
	expect((await suggested(stranger)).map(([title, , kind]) => [title, kind])).toContainEqual(['five', 'work']);
	const [five] = await db
		.select()
		.from(feed)
		.where(sql`title = 'five'`);
	await db.insert(feedSubscription).values({ id: newId(), feedId: five!.id, spaceId });
	expect((await suggested()).map(([title]) => title)).not.toContain('five');
});
