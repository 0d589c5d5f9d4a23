import { expect, test } from 'vitest';
import { row, sql } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';
import { catchUp } from '#src/core/search/server/indexing.ts';
import { tellingWords } from '#src/core/search/server/search.ts';
import { registerKind } from '#src/core/search/server/kinds.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { newStory, storyEdit, withMasks } from '../input.ts';
import { listStories, readStory } from './read.ts';
import { similarStories } from './similar.ts';
import { editStory, storyToEdit, tellStory } from './stories.ts';

const { db } = await testDatabase();
registerKind({ kind: 'story', label: 'Story', plural: 'Stories', icon: 'story' });

const told = (spaceId: string, more: Record<string, unknown> = {}) =>
	parse(newStory, {
		spaceId,
		title: 'A rush order on the day of the stock count',
		situation: 'The count had begun when Harbour Ltd needed forty crates.',
		tried: 'We stopped the count in one aisle.',
		happened: 'The crates left in time, and the count was wrong for a week.',
		again: 'Count at night.',
		result: 'partly',
		tags: 'stock',
		...more
	});

async function aTeam(size = 5) {
	const spaceId = await aSpace(db);
	const people = [];
	for (let count = 0; count < size; count += 1) people.push(await aPerson(db, { spaces: [spaceId] }));
	return { spaceId, author: people[0]!, reader: people[1]! };
}

test('a story waits until its author decided about each name, and is kept without those they replaced', async () => {
	const { spaceId, author, reader } = await aTeam();
	await expect(tellStory(db, author, told(spaceId))).rejects.toMatchObject({
		kind: 'invalid',
		details: { names: [{ text: 'Harbour Ltd', kind: 'organisation', instead: expect.arrayContaining(['the client']) }] }
	});
	const id = await tellStory(db, author, told(spaceId, { masks: { 'Harbour Ltd': 'the client' } }));
	const story = await readStory(db, reader, id);
	expect(story).toMatchObject({ result: 'partly', tags: ['stock'], canEdit: false });
	expect(story.bodyHtml).toContain('when the client needed forty crates');
	const kept = await row(db, sql`select 1 from revision where item_id = ${id} and body_md like '%Harbour%'`);
	expect(kept).toBeUndefined();
});

test('a name that was kept is not asked about again, a new one is', async () => {
	const { spaceId, author } = await aTeam();
	const id = await tellStory(db, author, told(spaceId, { masks: { 'Harbour Ltd': 'keep' } }));
	const { spaceId: _, id: __, ...story } = await storyToEdit(db, author, id);
	expect(await editStory(db, author, id, parse(storyEdit, { ...story, result: 'did_not_work' }))).toBe(2);
	const named = parse(storyEdit, { ...story, version: 2, again: `Ask Ms Miller first.` });
	await expect(editStory(db, author, id, named)).rejects.toMatchObject({ details: { names: [{ text: 'Ms Miller' }] } });
	await expect(editStory(db, author, id, parse(storyEdit, story))).rejects.toMatchObject({ kind: 'conflict' });
	expect((await listStories(db, author, { limit: 10, result: 'did_not_work', space: spaceId })).items).toMatchObject([
		{ id, result: 'did_not_work' }
	]);
});

test('colleagues are known by their names, however they are written around them', async () => {
	const { spaceId, author } = await aTeam();
	await aPerson(db, { name: 'kim li' });
	const story = told(spaceId, { masks: { 'Harbour Ltd': 'keep' }, tried: 'we asked kim li.' });
	await expect(tellStory(db, author, story)).rejects.toMatchObject({ details: { names: [{ text: 'kim li' }] } });
});

test('an author hides among five, not among four', async () => {
	const masks = { 'Harbour Ltd': 'keep' };
	const five = await aTeam();
	const id = await tellStory(db, five.author, told(five.spaceId, { anonymous: 'on', masks }));
	expect((await readStory(db, five.reader, id)).author).toMatchObject({ id: null, name: 'Anonymous' });
	const four = await aTeam(4);
	await expect(tellStory(db, four.author, told(four.spaceId, { anonymous: 'on', masks }))).rejects.toMatchObject({
		fields: { anonymous: expect.stringContaining('Fewer than five') }
	});
});

test('the same form sent twice tells it once; outsiders tell nothing', async () => {
	const { spaceId, author } = await aTeam();
	const story = told(spaceId, { masks: { 'Harbour Ltd': 'keep' }, submission: crypto.randomUUID() });
	expect(await tellStory(db, author, story)).toBe(await tellStory(db, author, story));
	await expect(tellStory(db, await aPerson(db), told(spaceId, { masks: story.masks }))).rejects.toMatchObject({
		kind: 'forbidden'
	});
});

test('a similar case brings the story, to those who may read it', async () => {
	const { spaceId, author } = await aTeam();
	const secret = await aSpace(db, { access: 'secret' });
	const insider = await aPerson(db, { spaces: [secret] });
	const masks = { 'Harbour Ltd': 'keep' };
	const id = await tellStory(db, author, told(spaceId, { masks, title: 'Zebra crossing painted at noon' }));
	await tellStory(db, insider, told(secret, { masks, title: 'Zebra crossing painted at night' }));
	await catchUp(db);
	const near = await similarStories(db, author, await tellingWords(db, 'When should a zebra crossing be painted?'));
	expect(near.map(({ title }) => title)).not.toContain('Zebra crossing painted at night');
	expect(near.slice(0, 1)).toEqual([
		{ title: 'Zebra crossing painted at noon', href: `/stories/${id}`, ended: 'It partly worked' }
	]);
	expect(await similarStories(db, author, await tellingWords(db, 'zebra'))).toEqual([]);
});

test('a form sends its decisions as fields of their own', () => {
	expect(withMasks({ title: 'x', 'mask:Ms Miller': 'keep' })).toEqual({ title: 'x', masks: { 'Ms Miller': 'keep' } });
});
