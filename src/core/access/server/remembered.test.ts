import { expect, test } from 'vitest';
import { aPerson, viewerOf } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { connect, sql } from '#src/platform/server/db.ts';
import { ViewerCache, type Remembered } from './remembered.ts';
import { tellRightsChanged } from './rights.ts';

const { db, client, url } = await testDatabase();
const [ada, bob] = [await aPerson(db), await aPerson(db)];

/** What is remembered under a key; nothing is looked up. */
const remembered = (cache: ViewerCache<string>, key: string, now?: number) =>
	cache.recall(key, () => Promise.resolve(undefined), now);
const found = (value: Remembered<string>) => () => Promise.resolve(value);

test('a change told by another process is forgotten here, a rolled back one is not', async () => {
	const cache = new ViewerCache<string>();
	await cache.recall('early', found({ viewer: ada, with: 's0' }));
	expect(await remembered(cache, 'early')).toBeUndefined();
	await cache.listen(client);
	await cache.recall('a', found({ viewer: ada, with: 's1' }));
	await cache.recall('b', found({ viewer: bob, with: 's2' }));
	const elsewhere = connect(url, 1);
	await elsewhere.db
		.transaction(async (tx) => {
			await tellRightsChanged(tx, bob.id);
			throw new Error('rolled back');
		})
		.catch(() => {});
	await tellRightsChanged(elsewhere.db, ada.id);
	await elsewhere.close();
	await expect.poll(() => remembered(cache, 'a')).toBeUndefined();
	expect(await remembered(cache, 'b')).toEqual({ viewer: bob, with: 's2' });
	expect(await remembered(cache, 'b', Date.now() + 31_000)).toBeUndefined();
});

test('what was looked up while rights changed is answered once, not remembered', async () => {
	const cache = new ViewerCache<string>();
	await cache.listen(client);
	const answered = await cache.recall('a', async () => {
		const before = { viewer: ada, with: 'of before' };
		await tellRightsChanged(db, ada.id);
		// The word of the change comes by another connection; who hears it after this one's answer hears the first too.
		let heard = false;
		await client.listen('rights', () => (heard = true));
		await tellRightsChanged(db, ada.id);
		await expect.poll(() => heard).toBe(true);
		return before;
	});
	expect(answered).toEqual({ viewer: ada, with: 'of before' });
	expect(await remembered(cache, 'a')).toBeUndefined();
});

test(
	'who is looked up by many at once is looked up once, and stays the same object until rights change',
	{ retry: 2 },
	async () => {
		const cache = new ViewerCache<string>();
		await cache.listen(client);
		let looked = 0;
		const look = async () => {
			looked += 1;
			return { viewer: await viewerOf(db, ada.id), with: 's1' };
		};
		const begin = Date.now();
		const [one, two] = await Promise.all([cache.recall('a', look), cache.recall('a', look)]);
		expect([looked, one!.viewer.id]).toEqual([1, ada.id]);
		expect(two).toBe(one);
		const later = await cache.recall('a', look, begin + 31_000);
		expect([looked, later === one]).toEqual([2, true]);
		await db.execute(sql`update person set name = 'Another' where id = ${ada.id}`);
		const renamed = await cache.recall('a', look, begin + 62_000);
		expect([renamed === one, renamed!.viewer.name]).toEqual([false, 'Another']);
		cache.forget(ada.id);
		expect(await cache.recall('a', look)).not.toBe(renamed);
	}
);
