import { expect, test } from 'vitest';
import { aPerson } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { connect } from '#src/platform/server/db.ts';
import { ViewerCache } from './remembered.ts';
import { tellRightsChanged } from './rights.ts';

const { db, client, url } = await testDatabase();

test('a change told by another process is forgotten here, a rolled back one is not', async () => {
	const cache = new ViewerCache<string>();
	const [ada, bob] = [await aPerson(db), await aPerson(db)];
	cache.set('early', { viewer: ada, with: 's0' });
	expect(cache.get('early')).toBeUndefined();
	await cache.listen(client);
	cache.set('a', { viewer: ada, with: 's1' });
	cache.set('b', { viewer: bob, with: 's2' });
	const elsewhere = connect(url, 1);
	await elsewhere.db
		.transaction(async (tx) => {
			await tellRightsChanged(tx, bob.id);
			throw new Error('rolled back');
		})
		.catch(() => {});
	await tellRightsChanged(elsewhere.db, ada.id);
	await elsewhere.close();
	await expect.poll(() => cache.get('a')).toBeUndefined();
	expect(cache.get('b')).toEqual({ viewer: bob, with: 's2' });
	expect(cache.get('b', Date.now() + 31_000)).toBeUndefined();
});
