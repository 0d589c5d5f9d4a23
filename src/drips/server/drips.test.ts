import { expect, test } from 'vitest';
import { itemHistory } from '#src/core/items/server/history.ts';
import { indexItems } from '#src/core/search/server/indexing.ts';
import { searchItems } from '#src/core/search/server/search.ts';
import { newId } from '#src/platform/server/ids.ts';
import { parse } from '#src/platform/server/parse.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { aDraftDrip, aDrip } from '#src/testing/drips.ts';
import { dripEdit, dripFilter, newDrip, newTip, tipEdit } from '../input.ts';
import { addAuthor, beginDrip, discardDrip, dripToEdit, myDrafts, possibleAuthors, removeAuthor } from './drafts.ts';
import { publishDrip, writeDrip } from './publish.ts';
import { listDrips, openTip, readDrip } from './read.ts';
import { addTip, placeTip, takeOut, writeTip } from './tips.ts';

const { db } = await testDatabase();

async function aRoom(more = {}) {
	const spaceId = await aSpace(db, { access: 'closed', ...more });
	const [author, reader] = [await aPerson(db, { spaces: [spaceId] }), await aPerson(db, { spaces: [spaceId] })];
	const steward = await aPerson(db, { spaces: [spaceId], steward: true });
	return { spaceId, author, reader, steward, outsider: await aPerson(db) };
}
const long = 'word '.repeat(101);

test('a series is begun once, written by several, and seen by nobody else before it is published', async () => {
	const { spaceId, author, reader, steward, outsider } = await aRoom();
	const form = parse(newDrip, { title: 'The till', spaceId, submission: newId() });
	const id = await beginDrip(db, author, form);
	expect(await beginDrip(db, author, form)).toBe(id);
	await expect(beginDrip(db, outsider, form)).rejects.toMatchObject({ kind: 'forbidden' });
	await expect(dripToEdit(db, reader, id)).rejects.toMatchObject({ kind: 'forbidden' });
	await expect(dripToEdit(db, outsider, id)).rejects.toMatchObject({ kind: 'not_found' });
	await expect(readDrip(db, reader, id)).rejects.toMatchObject({ kind: 'not_found' });
	expect((await dripToEdit(db, steward, id)).authors).toEqual([{ id: author.id, name: author.name }]);

	const draft = await dripToEdit(db, author, id);
	expect((await possibleAuthors(db, author, draft)).map(({ id }) => id)).toContain(reader.id);
	await addAuthor(db, author, id, reader.id);
	await expect(addAuthor(db, author, id, outsider.id)).rejects.toMatchObject({ fields: { person: expect.anything() } });
	await addTip(db, reader, id, parse(newTip, { title: 'Mine', body: 'Too.' }));
	expect(await myDrafts(db, reader)).toMatchObject([{ id, tips: 1, waiting: 1, publishedAt: null }]);
	await removeAuthor(db, reader, id, author.id);
	await expect(removeAuthor(db, reader, id, reader.id)).rejects.toMatchObject({ kind: 'conflict' });
	await discardDrip(db, reader, id);
	await expect(dripToEdit(db, reader, id)).rejects.toMatchObject({ kind: 'not_found' });
});

test('tips are kept however long, put in order by hand, and named when they are too long to be published', async () => {
	const { spaceId, author } = await aRoom();
	const id = await aDraftDrip(db, author, spaceId, { tips: 2 });
	const submission = newId();
	const third = await addTip(db, author, id, parse(newTip, { title: 'Third', body: long, submission }));
	expect(await addTip(db, author, id, parse(newTip, { title: 'Third', body: long, submission }))).toBe(third);
	await addTip(db, author, id, parse(newTip, { body: 'No title.' }));
	await placeTip(db, author, id, third, 1);
	const { tips } = await dripToEdit(db, author, id);
	expect(tips.map(({ title }) => title)).toEqual(['Third', 'Tip 1', 'Tip 2', '']);
	await expect(publishDrip(db, author, id)).rejects.toThrow(
		'Tip 1, “Third”: It has 101 words: 100 are the most. Tip 4: It has no title.'
	);
	await writeTip(db, author, id, third, parse(tipEdit, { title: 'Third', body: 'Short.', version: 1 }));
	const stale = parse(tipEdit, { title: 'Third', body: 'Other.', version: 1 });
	await expect(writeTip(db, author, id, third, stale)).rejects.toMatchObject({
		details: { current: { body: 'Short.', version: 2 } }
	});
	await takeOut(db, author, id, tips[3]!.id);
	expect(await publishDrip(db, author, id)).toBe(3);
	await expect(publishDrip(db, author, id)).rejects.toMatchObject({ kind: 'conflict' });
	await expect(discardDrip(db, author, id)).rejects.toMatchObject({ kind: 'conflict' });
});

test('an empty series is not published; a published tip stays short, and what changed stands in the history', async () => {
	const { spaceId, author, reader } = await aRoom();
	await expect(publishDrip(db, author, await aDraftDrip(db, author, spaceId, { tips: 0 }))).rejects.toMatchObject({
		kind: 'invalid'
	});
	const { id, tips } = await aDrip(db, author, spaceId, { tips: 2 });
	const write = (body: string, version: number) =>
		writeTip(db, author, id, tips[0]!, parse(tipEdit, { title: 'Tip 1', body, version }));
	await expect(write(long, 1)).rejects.toMatchObject({ fields: { body: expect.anything() } });
	await write('Say one.', 1);
	await addTip(db, author, id, parse(newTip, { title: 'Later', body: 'New.' }));
	expect((await readDrip(db, reader, id)).tips).toHaveLength(2);
	expect(await publishDrip(db, author, id)).toBe(1);
	await takeOut(db, author, id, tips[1]!);
	await writeDrip(db, author, id, parse(dripEdit, { title: 'The till', about: '', version: 1 }));
	const { versions } = await itemHistory(db, reader, id);
	expect(versions.map(({ note }) => note)).toEqual([
		'',
		'Tip taken out: Tip 2',
		'New tips: 1',
		'Tip changed: Tip 1',
		''
	]);
	expect((await readDrip(db, reader, id)).tips.map(({ title }) => title)).toEqual(['Tip 1', 'Later']);
	await expect(openTip(db, reader, id, tips[1]!)).rejects.toMatchObject({ kind: 'not_found' });
});

test('tips are read in any order; whoever has opened one has got it, and nobody outside', async () => {
	const { spaceId, author, reader, outsider } = await aRoom();
	const { id, tips } = await aDrip(db, author, spaceId);
	expect((await readDrip(db, reader, id)).tips.map(({ bodyHtml }) => bodyHtml)).toEqual(['', '', '']);
	const page = await openTip(db, reader, id, tips[1]!);
	expect(page).toMatchObject({ place: 2, of: 3, before: tips[0], after: tips[2], canWriteTips: false });
	expect(page.tip.bodyHtml).toContain('Say 2.');
	const seen = (await readDrip(db, reader, id)).tips;
	expect(seen.map(({ seenAt }) => seenAt !== null)).toEqual([false, true, false]);
	expect(seen[1]!.bodyHtml).toContain('Say 2.');
	const listed = await listDrips(db, reader, parse(dripFilter, { space: spaceId }));
	expect(listed.items).toMatchObject([{ id, tips: 3, seen: 1, by: [author.name], excerpt: 'For everybody new.' }]);
	await expect(openTip(db, outsider, id, tips[1]!)).rejects.toMatchObject({ kind: 'not_found' });
	expect((await listDrips(db, outsider, parse(dripFilter, { space: spaceId }))).items).toEqual([]);
});

test('search finds the words of its tips', async () => {
	const { spaceId, author, reader } = await aRoom();
	const id = await aDraftDrip(db, author, spaceId);
	await addTip(db, author, id, parse(newTip, { title: 'Quokka rule', body: 'Never feed the zanzibarometer.' }));
	await publishDrip(db, author, id);
	await indexItems(db, [id]);
	const found = await searchItems(db, reader, { q: 'zanzibarometer' } as Parameters<typeof searchItems>[2]);
	expect(JSON.stringify(found)).toContain(id);
});
