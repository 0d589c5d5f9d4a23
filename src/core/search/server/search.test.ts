import { expect, test } from 'vitest';
import { answerQuestion, askQuestion } from '#src/ask/server/ask.ts';
import { acceptAnswer, takeBackAcceptance } from '#src/ask/server/questions.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { addComment } from '#src/core/items/server/comments.ts';
import { changeState, editItem } from '#src/core/items/server/write.ts';
import { rows, sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { catchUp, indexItems } from './indexing.ts';
import { listMisses } from './misses.ts';
import { searchPeople, searchTags } from './people.ts';
import { searchItems, similarItems, suggestItems, tellingWords } from './search.ts';

const { db } = await testDatabase();
const shop = await aSpace(db, { name: 'Shop', slug: 'shop' });
const closed = await aSpace(db, { name: 'Board', access: 'closed' });
const secret = await aSpace(db, { name: 'Merger', access: 'secret', allowAnonymous: true });
const ana = await aPerson(db, { name: 'Ana Müller', spaces: [shop, closed, secret], askMeAbout: ['tills', 'returns'] });
const ben = await aPerson(db, { name: 'Ben Okri', spaces: [shop] });
const guest = await aPerson(db, { name: 'Gus' });

async function ask(
	viewer: Viewer,
	spaceId: string,
	title: string,
	{ bodyMd = '', tags = [] as string[], anonymous = false, provenance = null as string | null } = {}
): Promise<string> {
	const id = await askQuestion(db, viewer, { spaceId, title, bodyMd, tags, anonymous });
	if (provenance) await db.execute(sql`update item set provenance = ${provenance}::jsonb where id = ${id}`);
	await indexItems(db, [id]);
	return id;
}

const till = await ask(ana, shop, 'How do I reset the till?', {
	bodyMd: 'The *café* till shows error E-1234 while printing receipts.',
	tags: ['till']
});
const answer = await answerQuestion(db, ben, till, { bodyMd: 'Hold the green key for ten seconds.' });
await indexItems(db, [answer]);
const refund = await ask(ben, shop, 'Refund without a receipt', { bodyMd: 'A customer lost it.', tags: ['returns'] });
const hidden = await ask(ana, secret, 'Zebra project timetable', { tags: ['zebra'], anonymous: true });
const minutes = await ask(ana, closed, 'Minutes of the budget meeting', { bodyMd: 'Budget and zephyr.' });

const ids = async (q: string, viewer = ben, more = {}) =>
	(await searchItems(db, viewer, { q, ...more })).hits.map(({ id }) => id);

test('words are found by their stem, without accents and in any order', async () => {
	expect(await ids('resetting tills')).toEqual([till]);
	expect(await ids('CAFE till')).toEqual([till]);
	expect(await ids('receipt refunds')).toEqual([refund]);
});

test('an answer is found and leads to its question', async () => {
	const { hits } = await searchItems(db, ben, { q: 'green key' });
	expect(hits).toMatchObject([{ id: answer, href: `/questions/${till}#answer-${answer}`, label: 'Answer' }]);
	expect(hits[0]!.title.map(({ text }) => text).join('')).toBe('How do I reset the till?');
});

test('phrases, exclusions and filters narrow what is found', async () => {
	expect(await ids('"reset the till"')).toEqual([till]);
	expect(await ids('"till the reset"')).toEqual([]);
	expect(await ids('receipt -customer')).toEqual([till]);
	expect(await ids('receipt -"without a receipt"')).toEqual([till]);
	expect(await ids('receipt tag:returns')).toEqual([refund]);
	expect(await ids('receipt #till')).toEqual([till]);
	expect(await ids('kind:answer key')).toEqual([answer]);
	expect(await ids('receipt author:okri')).toEqual([refund]);
	expect(await ids('receipt', ben, { author: 'me' })).toEqual([refund]);
	expect(await ids('receipt space:shop')).toHaveLength(2);
	expect(await ids('receipt space:nowhere')).toEqual([]);
	expect(await ids('receipt before:2020')).toEqual([]);
	expect(await ids('receipt after:2020-01-01')).toHaveLength(2);
	expect(await ids('tag:till')).toEqual([till]);
});

test('as you type, the last word may be unfinished', async () => {
	const typed = async (text: string) => (await suggestItems(db, ben, text)).map(({ id }) => id);
	expect(await typed('res')).toEqual([till]);
	expect(await typed('refund wit')).toEqual([refund]);
	expect(await typed('gre')).toEqual([answer]);
	expect(await searchTags(db, ben, 'ret')).toEqual(['returns']);
});

test('a slip of the finger is forgiven, and said', async () => {
	const { hits, corrected } = await searchItems(db, ben, { q: 'recipt customer' });
	expect(hits.map(({ id }) => id)).toContain(refund);
	expect(corrected).toEqual([{ asked: 'recipt', taken: 'receipt' }]);
});

test('what is not open to the viewer is not found, suggested or taken for a correction', async () => {
	expect(await ids('zebra', ana)).toEqual([hidden]);
	expect(await ids('budget', ana)).toEqual([minutes]);
	for (const viewer of [ben, guest]) {
		for (const q of [
			'zebra',
			'zebr',
			'zebrra',
			'zephyr',
			'budget',
			'tag:zebra',
			'#zebra',
			'"zebra project"',
			'space:merger zebra'
		]) {
			expect(await searchItems(db, viewer, { q })).toEqual({ hits: [], next: null, corrected: [] });
			expect(await suggestItems(db, viewer, q)).toEqual([]);
		}
		expect(await searchTags(db, viewer, 'zeb')).toEqual([]);
		expect(await similarItems(db, viewer, await tellingWords(db, 'Zebra project timetable'))).toEqual([]);
	}
});

test('who asked anonymously is not found by name, not even by those who may read it', async () => {
	const colleague = await aPerson(db, { spaces: [secret] });
	expect(await ids('zebra', colleague)).toEqual([hidden]);
	expect(await ids('zebra author:müller', colleague)).toEqual([]);
	const [kept] = await rows<{ author_id: string | null; words: string }>(
		db,
		sql`select author_id, words from search_doc where item_id = ${hidden}`
	);
	expect(kept!.author_id).toBeNull();
	expect(kept!.words).not.toContain(ana.id);
});

test('rights that end are felt at once, before the index knows', async () => {
	const leaver = await aPerson(db, { spaces: [closed] });
	expect(await ids('budget', leaver)).toEqual([minutes]);
	await db.execute(sql`delete from space_member where person_id = ${leaver.id}`);
	expect(await ids('budget', await viewerOf(db, leaver.id))).toEqual([]);
});

test('the index follows edits, archiving and removal, also of what stands beneath', async () => {
	const id = await ask(ben, shop, 'Where is the ladder kept?');
	const below = await answerQuestion(db, ana, id, { bodyMd: 'In the basement, behind the boiler.' });
	await indexItems(db, [below]);
	await editItem(db, ben, id, { title: 'Where is the trolley kept?', version: 1 });
	await indexItems(db, [id]);
	await indexItems(db, [id]);
	expect(await ids('ladder')).toEqual([]);
	expect(await ids('trolley')).toEqual([id]);
	await changeState(db, ben, id, 'archived');
	expect(await ids('trolley')).toEqual([]);
	await indexItems(db, [id]);
	expect(await ids('boiler')).toEqual([]);
	expect(await ids('boiler', ben, { archived: true })).toEqual([below]);
	await changeState(db, ben, id, 'removed');
	expect(await ids('trolley', ben, { archived: true })).toEqual([]);
	await indexItems(db, [id]);
	const left = await rows(db, sql`select 1 from search_doc where item_id in (${id}, ${below})`);
	expect(left).toEqual([]);
	const [word] = await rows<{ df: number }>(db, sql`select df from search_word where word = 'trolley'`);
	expect(word!.df).toBe(0);
});

test('reading everything again changes nothing', async () => {
	const state = () => rows(db, sql`select term, space, impact, kind from search_posting order by 1, 2, 3, 4`);
	await catchUp(db, { all: true });
	const before = await state();
	await catchUp(db, { all: true });
	expect(await state()).toEqual(before);
	expect(await catchUp(db)).toBe(0);
});

test('a comment is found and leads to where it stands', async () => {
	const comment = await addComment(db, ana, answer, { bodyMd: 'Mind the escapement.' });
	await indexItems(db, [comment]);
	const { hits } = await searchItems(db, ben, { q: 'escapement' });
	expect(hits).toMatchObject([
		{ id: comment, label: 'Comment', href: `/questions/${till}#comment-${comment}`, locator: null }
	]);
	expect(hits[0]!.title.map(({ text }) => text).join('')).toBe('How do I reset the till?');
	const onAnonymous = await addComment(db, ana, hidden, { bodyMd: 'It is my astrolabe.' });
	await indexItems(db, [onAnonymous]);
	const colleague = await aPerson(db, { spaces: [secret] });
	expect(await ids('astrolabe', colleague)).toEqual([onAnonymous]);
	expect(await ids('astrolabe author:müller', colleague)).toEqual([]);
	expect(await ids('astrolabe')).toEqual([]);
});

test('an accepted answer stands before others like it, and says so, until that is taken back', async () => {
	const order = async (q: string) => {
		const { hits } = await searchItems(db, ben, { q: `${q} kind:answer` });
		return hits.map(({ id, why }) => [id, why.includes('accepted answer')]);
	};
	const [one, two] = [await ask(ben, shop, 'Squeaky castors'), await ask(ben, shop, 'Castors that squeak')];
	const answers: string[] = [];
	for (const id of [one, two]) answers.push(await answerQuestion(db, ana, id, { bodyMd: 'Oil the gudgeon pin.' }));
	await indexItems(db, [one, two]);
	for (const [which, id] of answers.entries()) {
		const question = await acceptAnswer(db, ben, id);
		await indexItems(db, [question]);
		expect(await order('gudgeon')).toEqual([
			[id, true],
			[answers[1 - which], false]
		]);
		await takeBackAcceptance(db, ben, question);
		await indexItems(db, [question]);
	}
	expect((await order('gudgeon')).map(([, said]) => said)).toEqual([false, false]);
});

test('votes an item was imported with count like colleagues it helped', async () => {
	const alike: string[] = [];
	for (const [number, score] of ['-3', '"odd"', '40'].entries())
		alike.push(
			await ask(ben, shop, 'Thermocouple drift', { provenance: `{"source":"x","id":"${number}","score":${score}}` })
		);
	expect((await ids('thermocouple'))[0]).toBe(alike[2]);
	const kept = await rows<{ helped: number }>(
		db,
		sql`select helped from search_doc where item_id in ${alike} order by item_id`
	);
	expect(kept.map(({ helped }) => helped)).toEqual([0, 0, 40]);
});

test('a full search is noted once in the own record, what is typed on the way is not', async () => {
	const seeker = await aPerson(db, { spaces: [shop] });
	const noted = () => rows(db, sql`select verb, result from signal where actor_id = ${seeker.id} order by at`);
	await suggestItems(db, seeker, 'receip');
	expect(await noted()).toEqual([]);
	for (const page of [1, 1, 2]) await searchItems(db, seeker, { q: 'refund receipt ', page });
	expect(await noted()).toEqual([{ verb: 'searched', result: { query: 'refund receipt', hits: 1 } }]);
});

test('after a change of language, reading everything again finds words by their new stems', async () => {
	const id = await ask(ben, shop, 'Zwei Häuser im Lager');
	expect(await ids('Haus')).toEqual([]);
	await db.execute(sql`insert into organisation (name, language) values ('Laden', 'de')`);
	await catchUp(db, { all: true });
	expect(await ids('Haus')).toEqual([id]);
	await db.execute(sql`update organisation set language = 'en'`);
	await catchUp(db, { all: true });
	expect(await ids('Haus')).toEqual([]);
	expect(await ids('resetting tills')).toEqual([till]);
});

test('why a result is there stands beside it', async () => {
	await db.execute(sql`update item set helped_count = 12 where id = ${till}`);
	await indexItems(db, [till]);
	const { hits } = await searchItems(db, ben, { q: 'till' });
	expect(hits[0]).toMatchObject({ id: till, why: 'title matches · helped 12 · in your space Shop' });
});

test('similar questions share the rare words', async () => {
	const found = await similarItems(db, ben, await tellingWords(db, 'Our till does not reset any more'));
	expect(found[0]?.id).toBe(till);
});

test('people are found by name, and by what they may be asked', async () => {
	expect(await searchPeople(db, 'mull')).toMatchObject([{ name: 'Ana Müller' }]);
	expect(await searchPeople(db, 'returns')).toMatchObject([{ name: 'Ana Müller', why: 'ask about returns' }]);
});

test('a search in vain is counted without the person, for those who look after the space', async () => {
	await ids('quokka handling');
	await ids('Quokka  HANDLING', ana);
	await ids('quokka space:shop');
	const steward = await aPerson(db, { spaces: [shop], steward: true });
	expect(await listMisses(db, steward)).toMatchObject([{ query: 'quokka space shop', space: 'Shop', times: 1 }]);
	await db.execute(sql`insert into org_role (person_id, role) values (${ana.id}, 'community_manager')`);
	const all = await listMisses(db, await viewerOf(db, ana.id));
	expect(all).toContainEqual(expect.objectContaining({ query: 'quokka handling', space: null, times: 2 }));
	expect(await listMisses(db, ben)).toEqual([]);
});

test.for([
	...[
		'"',
		'""',
		'-',
		':',
		'kind:',
		'before:9999-99-99',
		"'; drop table item; --",
		'\0',
		'\ud800',
		'👩‍🚀',
		'\\',
		'{"a",b}',
		'%_*'
	],
	...['a'.repeat(10_000), '"a '.repeat(3000), 'tag:"x', 'author:%', 'space:\\', '-"', '#', '()&|!:*<->', '東京の天気']
])('nothing typed can break it: %#', async (q) => {
	expect(Array.isArray((await searchItems(db, ben, { q })).hits)).toBe(true);
	expect(Array.isArray(await suggestItems(db, ben, q))).toBe(true);
	expect(Array.isArray(await searchPeople(db, q))).toBe(true);
	expect(Array.isArray(await searchTags(db, ben, q))).toBe(true);
	expect(Array.isArray(await similarItems(db, ben, await tellingWords(db, q)))).toBe(true);
});
