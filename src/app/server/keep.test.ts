import { expect, test } from 'vitest';
import { ownKeeping } from '#src/core/keeping/server/own.ts';
import { editKept, forgetRemoved, removeKept, removeKeptItem, restoreKept } from '#src/core/keeping/server/change.ts';
import { keepItem, keepPage } from '#src/core/keeping/server/keep.ts';
import { lookAtKept } from '#src/core/keeping/server/look.ts';
import { keptAmong, keptTags, listKept, readKept } from '#src/core/keeping/server/read.ts';
import { createItem } from '#src/core/items/server/write.ts';
import { newLink } from '#src/library/links/input.ts';
import { shareLink } from '#src/library/links/server/share.ts';
import { sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { aSpaceFeed } from '#src/testing/feeds.ts';
import { anArticle, testWeb } from '#src/testing/web.ts';
import { keepEntry } from '#src/feeds/server/keep.ts';
import { keepAnyItem } from './keep.ts';

const { db } = await testDatabase();
const web = await testWeb();
const spaceId = await aSpace(db, { access: 'closed' });
const ada = await aPerson(db, { spaces: [spaceId] });
const bob = await aPerson(db, { spaces: [spaceId] });
const stranger = await aPerson(db);
const bare = { note: '', tags: [] };
const all = { limit: 100 };

const aPage = (title = 'Opening the shop') =>
	db.transaction((tx) => createItem(tx, bob, { kind: 'page', spaceId, title, bodyMd: 'Keys **first**.' }));
const listed = async (viewer = ada, more = {}) => (await listKept(db, viewer, { ...all, ...more })).items;

test('what one keeps is one’s own, and its note stays when the thing is no longer to be read', async () => {
	const me = await aPerson(db, { spaces: [spaceId] });
	const page = await aPage();
	const { id, known } = await keepItem(db, me, page, { note: 'For Monday', tags: ['shop'] });
	expect(known).toBe(false);
	expect(await readKept(db, me, id)).toMatchObject({
		...{ what: 'item', kind: 'page', title: 'Opening the shop', place: `/pages/${page}`, note: 'For Monday' },
		...{ tags: ['shop'], html: expect.stringContaining('<strong>first</strong>') }
	});
	await expect(readKept(db, bob, id)).rejects.toMatchObject({ kind: 'not_found' });
	expect(await listed(bob)).toEqual([]);
	await expect(keepItem(db, stranger, page, bare)).rejects.toMatchObject({ kind: 'not_found' });
	await db.execute(sql`delete from space_member where person_id = ${me.id}`);
	const left = await viewerOf(db, me.id);
	expect(await listed(left)).toMatchObject([
		{ what: 'gone', title: 'No longer to be read', note: 'For Monday', space: null }
	]);
	expect((await readKept(db, left, id)).html).toBe('');
});

test('kept again it is kept once: notes add up, nothing is overwritten', async () => {
	const me = await aPerson(db);
	const first = await keepPage(db, me, {
		url: 'https://www.example.org/a/?utm_source=x',
		title: '',
		note: 'One',
		tags: ['a']
	});
	const again = await Promise.all(
		['Two', 'Two'].map((note) => keepPage(db, me, { url: 'example.org/a', title: 'Counting', note, tags: ['b'] }))
	);
	expect(again).toEqual([
		{ id: first.id, known: true },
		{ id: first.id, known: true }
	]);
	expect(await listed(me)).toMatchObject([
		{ title: 'Counting', note: 'One\n\nTwo', tags: ['a', 'b'], site: 'example.org' }
	]);
	const long = { url: 'example.org/a', title: '', note: 'x'.repeat(3995), tags: [] };
	await expect(keepPage(db, me, long)).rejects.toMatchObject({ fields: { note: expect.stringContaining('too long') } });
	expect((await readKept(db, me, first.id)).note).toBe('One\n\nTwo');
});

test('an entry outlives its feed, and is one with its page found elsewhere', async () => {
	const { entries } = await aSpaceFeed(db, spaceId);
	await db.execute(
		sql`update feed_entry set url = 'https://yard.example/pallets', author = 'Yara' where id = ${entries}`
	);
	const { id } = await keepEntry(db, ada, entries, { note: 'Ask the yard', tags: [] });
	expect(await keptAmong(db, ada, [entries])).toEqual({ [entries]: id });
	expect(await keptAmong(db, bob, [entries])).toEqual({});
	await expect(keepEntry(db, stranger, entries, bare)).rejects.toMatchObject({ kind: 'not_found' });
	const link = await shareLink(db, bob, newLink.parse({ spaceId, url: 'http://yard.example/pallets/' }));
	expect(await keepAnyItem(db, ada, link, bare)).toEqual({ id, known: true });
	await db.execute(sql`delete from feed_entry where id = ${entries}`);
	await db.execute(sql`update item set state = 'removed' where id = ${link}`);
	expect(await readKept(db, ada, id)).toMatchObject({
		...{ what: 'page', title: 'What changes for pallets', author: 'Yara', site: 'Yard', note: 'Ask the yard' },
		html: '<p>Four layers.</p>'
	});
});

test('it is found by words of title, text, note and tags, and by tag; page after page', async () => {
	const me = await aPerson(db, { spaces: [spaceId] });
	const page = await aPage('Closing 100% of the shop');
	await keepItem(db, me, page, { note: 'Überblick', tags: ['evening', 'shop'] });
	for (const n of [1, 2, 3])
		await keepPage(db, me, { url: `https://pages.example/${n}`, title: `Page ${n}`, note: '', tags: ['shop'] });
	const found = async (more: object) => (await listed(me, more)).map(({ title }) => title);
	expect(await found({ q: 'keys überBLICK' })).toEqual(['Closing 100% of the shop']);
	expect(await found({ q: '100%' })).toEqual(['Closing 100% of the shop']);
	expect(await found({ q: 'page_2' })).toEqual([]);
	expect(await found({ q: 'pages.example/2' })).toEqual(['Page 2']);
	expect(await found({ tag: 'evening' })).toEqual(['Closing 100% of the shop']);
	expect(await keptTags(db, me)).toEqual([
		{ tag: 'shop', count: 4 },
		{ tag: 'evening', count: 1 }
	]);
	const first = await listKept(db, me, { limit: 3 });
	const second = await listKept(db, me, { limit: 3, cursor: first.next! });
	expect([...first.items, ...second.items].map(({ title }) => title)).toEqual([
		...['Page 3', 'Page 2', 'Page 1', 'Closing 100% of the shop']
	]);
	expect(second.next).toBeNull();
});

test('a note changed on another device meanwhile is shown, not overwritten', async () => {
	const { id } = await keepItem(db, ada, await aPage(), bare);
	expect(await editKept(db, ada, id, { note: 'Here', tags: ['x'], version: 1 })).toBe(2);
	await expect(editKept(db, ada, id, { note: 'There', tags: [], version: 1 })).rejects.toMatchObject({
		...{ kind: 'conflict', details: { current: { note: 'Here', tags: ['x'], version: 2 } } }
	});
	await expect(editKept(db, bob, id, { note: 'Of Bob', tags: [], version: 2 })).rejects.toMatchObject({
		kind: 'not_found'
	});
});

test('what is taken away comes back whole, until it is forgotten', async () => {
	const me = await aPerson(db, { spaces: [spaceId] });
	const page = await aPage();
	const { id } = await keepItem(db, me, page, { note: 'Mine', tags: [] });
	await removeKept(db, bob, id);
	expect(await listed(me)).toHaveLength(1);
	await removeKeptItem(db, me, page);
	expect(await listed(me)).toEqual([]);
	await expect(restoreKept(db, bob, id)).rejects.toMatchObject({ kind: 'not_found' });
	await restoreKept(db, me, id);
	expect(await listed(me)).toMatchObject([{ id, note: 'Mine' }]);
	await removeKept(db, me, id);
	await forgetRemoved(db);
	expect(await keepItem(db, me, page, bare)).toEqual({ id, known: false });
	await removeKept(db, me, id);
	await db.execute(sql`update kept set removed_at = now() - interval '31 days' where id = ${id}`);
	await forgetRemoved(db);
	await expect(restoreKept(db, me, id)).rejects.toMatchObject({ kind: 'not_found' });
});

test('a page is read after it is kept; what one told of it stays, and what cannot be read says why', async () => {
	web.pages.set('reads.example/count', anArticle('drawers', { title: 'Counting the drawer' }));
	const url = web.url('reads.example/count');
	const { id } = await keepPage(db, ada, { url, title: '', note: 'Mine', tags: [] });
	expect((await readKept(db, ada, id)).isWaiting).toBe(true);
	await lookAtKept(db, id, web.fetch);
	expect(await readKept(db, ada, id)).toMatchObject({
		...{
			title: 'Counting the drawer',
			note: 'Mine',
			isWaiting: false,
			html: expect.stringContaining('When drawers matters')
		}
	});
	expect(await listed(ada, { q: 'drawers stacking' })).toHaveLength(1);
	const lost = await keepPage(db, ada, { url: web.url('reads.example/lost'), title: 'My title', note: '', tags: [] });
	await lookAtKept(db, lost.id, web.fetch);
	expect(await readKept(db, ada, lost.id)).toMatchObject({
		title: 'My title',
		problem: 'There is no such page any more.'
	});
});

test('all of it is in one’s archive, and nothing of others', async () => {
	const me = await aPerson(db, { spaces: [spaceId] });
	await keepItem(db, me, await aPage('Mine to keep'), { note: 'Why', tags: ['t'] });
	const archived = [];
	for await (const one of ownKeeping[0]!.list(db, me)) archived.push(one);
	expect(archived).toMatchObject([{ title: 'Mine to keep', note: 'Why', tags: ['t'], html: expect.anything() }]);
});
