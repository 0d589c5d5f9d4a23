import { expect, test } from 'vitest';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { flagOutdated, settleFlags } from '#src/core/items/server/flags.ts';
import { createItem } from '#src/core/items/server/write.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { readHome } from './home.ts';

const { db } = await testDatabase();
const spaceId = await aSpace(db);
const author = await aPerson(db, { spaces: [spaceId] });
const colleague = await aPerson(db, { spaces: [spaceId] });
const other = await aPerson(db, { spaces: [spaceId] });
const steward = await aPerson(db, { spaces: [spaceId], steward: true });

const waitingFor = async (viewer: Viewer) => (await readHome(db, viewer)).todo;

test('a flag waits for author and stewards, without who said so, until one of them settles it', async () => {
	const page = { kind: 'page', spaceId, title: 'Opening the shop', bodyMd: 'Keys first.' } as const;
	const id = await db.transaction((tx) => createItem(tx, author, page));
	await flagOutdated(db, colleague, id, { note: 'New locks since May.' });
	await Promise.all([flagOutdated(db, other, id, { note: '' }), flagOutdated(db, other, id, { note: '' })]);
	const mine = await waitingFor(author);
	expect(mine).toEqual([{ title: page.title, href: `/pages/${id}`, why: 'A reader thinks this may be outdated' }]);
	expect(await waitingFor(steward)).toMatchObject([{ why: 'May be outdated, in a space you look after' }]);
	expect(await waitingFor(colleague)).toEqual([]);
	await expect(settleFlags(db, colleague, id, { as: 'updated' })).rejects.toMatchObject({ kind: 'forbidden' });
	await settleFlags(db, author, id, { as: 'still_right' });
	expect([...(await waitingFor(author)), ...(await waitingFor(steward))]).toEqual([]);
});
