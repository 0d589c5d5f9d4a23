import { expect, test } from 'vitest';
import { registerKind } from './kinds.ts';
import { createItem, changeState, editItem } from '#src/core/items/server/write.ts';
import { rows, sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { catchUp, indexItems } from './indexing.ts';
import { putParts } from './parts.ts';
import { searchItems, suggestItems } from './search.ts';
import { suggest } from './suggest.ts';

registerKind({ kind: 'resource', label: 'Resource', plural: 'Resources', icon: 'file' });
const { db } = await testDatabase();
const shop = await aSpace(db, { name: 'Shop', slug: 'shop' });
const closed = await aSpace(db, { name: 'Board', access: 'closed' });
const ana = await aPerson(db, { spaces: [shop, closed] });
const ben = await aPerson(db, { spaces: [shop] });

async function aManual(title: string, texts: string[], spaceId = shop, tags: string[] = []): Promise<string> {
	const id = await createItem(db, ana, { kind: 'resource', spaceId, title, bodyMd: 'Kept by the safety team.', tags });
	await write(id, texts);
	await indexItems(db, [id]);
	return id;
}

const write = (id: string, texts: string[]) =>
	putParts(
		db,
		id,
		texts.map((text, index) => ({ locator: `Page ${index + 1}`, suffix: `#page-${index + 1}`, text }))
	);

const ladder = await aManual(
	'Ladder handbook',
	[
		'Contents and foreword.',
		'Ladders are kept in the basement behind the boiler.',
		'Never lean a ladder against a gutter. The gutter breaks.',
		'Who borrows a trestle signs the register.'
	],
	shop,
	['safety']
);
const vault = await aManual('Vault handbook', ['The combination is with the notary.'], closed);

const hits = async (q: string, viewer = ben) => (await searchItems(db, viewer, { q })).hits;

test('a hit names the part that matches best and leads to it', async () => {
	expect(await hits('gutter')).toMatchObject([
		{ id: ladder, locator: 'Page 3', href: `/resources/${ladder}#page-3`, label: 'Resource' }
	]);
	const [hit] = await hits('trestle register');
	expect(hit).toMatchObject({ id: ladder, locator: 'Page 4' });
	expect(hit!.passage.filter(({ mark }) => mark).map(({ text }) => text)).toEqual(['trestle', 'register']);
});

test('words of the title and of a page together find the page', async () => {
	expect((await hits('handbook gutter'))[0]).toMatchObject({ id: ladder, locator: 'Page 3' });
});

test('the item itself is found by its title and its own text, once however many pages match', async () => {
	expect(await hits('ladder handbook')).toMatchObject([{ id: ladder, locator: null, href: `/resources/${ladder}` }]);
	expect(await hits('safety team')).toMatchObject([{ id: ladder, locator: null }]);
	expect(await hits('tag:safety')).toMatchObject([{ id: ladder, locator: null }]);
	expect(await hits('tag:safety boiler')).toMatchObject([{ id: ladder, locator: 'Page 2' }]);
});

test('phrases and exclusions work within a page', async () => {
	expect(await hits('"gutter breaks"')).toMatchObject([{ locator: 'Page 3' }]);
	expect(await hits('"register gutter"')).toEqual([]);
	expect(await hits('ladders -gutter kind:resource boiler')).toMatchObject([{ locator: 'Page 2' }]);
});

test('as you type, the page stands in the reason', async () => {
	expect(await suggestItems(db, ben, 'trest')).toMatchObject([{ id: ladder, locator: 'Page 4' }]);
	const [group] = await suggest(db, ben, 'trest');
	expect(group).toMatchObject({ label: 'Resources', options: [{ href: `/resources/${ladder}#page-4` }] });
	expect(group!.options[0]!.why).toMatch(/^Page 4 · text matches/);
});

test('pages are seen by those who may see the item, and by nobody else', async () => {
	expect(await hits('notary', ana)).toMatchObject([{ id: vault, locator: 'Page 1' }]);
	for (const q of ['notary', 'notari', 'combination', '"the notary"']) {
		expect(await hits(q)).toEqual([]);
		expect(await suggestItems(db, ben, q)).toEqual([]);
	}
});

test('new pages take the place of the old ones; an edit of the item goes into them', async () => {
	const id = await aManual('Crane notes', ['Hooks are greased weekly.', 'The jib swings freely.']);
	await write(id, ['Hooks are inspected daily.']);
	await indexItems(db, [id]);
	expect(await hits('greased')).toEqual([]);
	expect(await hits('jib')).toEqual([]);
	expect(await hits('inspected')).toMatchObject([{ id, locator: 'Page 1' }]);
	await editItem(db, ana, id, { title: 'Hoist notes', version: 1 });
	await indexItems(db, [id]);
	expect((await hits('hoist inspected'))[0]).toMatchObject({ id, locator: 'Page 1' });
	expect(await hits('crane')).toEqual([]);
	await changeState(db, ana, id, 'archived');
	expect(await hits('inspected')).toEqual([]);
	await indexItems(db, [id]);
	expect(await hits('inspected')).toEqual([]);
	expect((await searchItems(db, ben, { q: 'inspected', archived: true })).hits).toMatchObject([{ id }]);
	await changeState(db, ana, id, 'removed');
	await indexItems(db, [id]);
	expect(await rows(db, sql`select 1 from search_doc where item_id = ${id}`)).toEqual([]);
});

test('what does not change the pages leaves their entries alone', async () => {
	const entries = () =>
		rows<{ doc: number; part: number }>(
			db,
			sql`select doc, part from search_doc where item_id = ${ladder} and part > 0 order by part`
		);
	const before = await entries();
	await db.execute(sql`update item set helped_count = 3 where id = ${ladder}`);
	await indexItems(db, [ladder]);
	expect(await entries()).toEqual(before);
	expect(before).toHaveLength(4);
	const [{ helped }] = (await rows<{ helped: number }>(
		db,
		sql`select min(helped) as helped from search_doc where item_id = ${ladder}`
	)) as [{ helped: number }];
	expect(helped).toBe(3);
});

test('a word on every page of a long document does not push others aside', async () => {
	const long = await aManual(
		'Pump',
		Array.from({ length: 40 }, (_, n) => `The impeller of pump ${n} turns.`)
	);
	const [{ found }] = (await rows<{ found: number }>(
		db,
		sql`select count(*)::int as found from search_posting p join search_word w on w.term = p.term
			join search_doc d on d.doc = p.doc where w.word = 'impeller' and d.item_id = ${long}`
	)) as [{ found: number }];
	expect(found).toBe(4);
	expect(await hits('impeller')).toHaveLength(1);
	expect((await hits('impeller 17'))[0]).toMatchObject({ id: long, locator: 'Page 18' });
});

test('pages are caught up with, taken back whole, and whatever bytes a file held are taken', async () => {
	const state = async () => [
		await rows(db, sql`select term, space, impact, kind from search_posting order by 1, 2, 3, 4`),
		await rows(db, sql`select word, df from search_word order by word`),
		await rows(db, sql`select docs, tokens, parts from search_stats`)
	];
	await catchUp(db, { all: true });
	const before = await state();
	const id = await aManual('Odd', ['null\0byte and half \ud800 a sign']);
	expect(await hits('byte')).toMatchObject([{ id }]);
	await write(id, ['Written while nobody indexed: ferrule.']);
	expect(await catchUp(db)).toBe(1);
	expect(await hits('ferrule')).toMatchObject([{ id }]);
	await changeState(db, ana, id, 'removed');
	await indexItems(db, [id]);
	const after = await state();
	expect(after[0]).toEqual(before[0]);
	expect(after[2]).toEqual(before[2]);
});
