import { expect, test } from 'vitest';
import { changeState } from '#src/core/items/server/write.ts';
import { newId } from '#src/platform/server/ids.ts';
import { parse } from '#src/platform/server/parse.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { aDraftList, aFind, aList } from '#src/testing/lists.ts';
import { listEdit, listFilter, newEdition, newFind, newList, pickEdit } from '../input.ts';
import { hashOf } from './content.ts';
import { beginList, discardList, editList, listToEdit, myDrafts } from './drafts.ts';
import { collect, editFind, findsOfYear, removeFind } from './finds.ts';
import { pick, placePick, takeOut, writePick } from './picks.ts';
import { publishList } from './publish.ts';
import { listLists, readEdition, readList, readSeries } from './read.ts';

const { db } = await testDatabase();

async function aRoom(more = {}) {
	const spaceId = await aSpace(db, more);
	const [curator, reader] = [await aPerson(db, { spaces: [spaceId] }), await aPerson(db, { spaces: [spaceId] })];
	const steward = await aPerson(db, { spaces: [spaceId], steward: true });
	return { spaceId, curator, reader, steward, outsider: await aPerson(db) };
}

test('a link is collected once, keeps the day it was found, and takes what was not known of it', async () => {
	const { curator } = await aRoom();
	const find = (more: Record<string, unknown>) => collect(db, curator, parse(newFind, more));
	const first = await find({
		url: 'https://www.reads.example/a?utm_source=x',
		foundOn: '2030-03-05',
		note: 'Why not?'
	});
	const again = await find({ url: 'reads.example/a/', title: 'A', author: 'B', foundOn: '2030-04-01', note: 'Still.' });
	expect(again).toEqual({ ...first, known: true });
	const { finds, years } = await findsOfYear(db, curator, { year: 2030 });
	expect(years).toContain(2030);
	expect(finds).toMatchObject([
		{ title: 'A', author: 'B', site: 'reads.example', foundOn: '2030-03-05', note: 'Why not?\nStill.', citedIn: [] }
	]);
});

test('what a person collects is theirs alone; what a space collects, its readers see and its members bring', async () => {
	const { spaceId, curator, reader, outsider } = await aRoom({ access: 'closed' });
	await aFind(db, curator);
	await aFind(db, curator, { spaceId, title: 'For all' });
	const own = await findsOfYear(db, curator, { year: 2030 });
	const shelf = own.shelf!.id;
	await expect(findsOfYear(db, reader, { shelf, year: 2030 })).rejects.toMatchObject({ kind: 'not_found' });
	const list = await beginList(db, curator, parse(newList, { month: '2030-03', of: 'space', spaceId }));
	const ofSpace = (await listToEdit(db, curator, list)).shelf.id;
	expect((await findsOfYear(db, reader, { shelf: ofSpace, year: 2030 })).finds).toMatchObject([
		{ title: 'For all', canEdit: false }
	]);
	await expect(findsOfYear(db, outsider, { shelf: ofSpace, year: 2030 })).rejects.toMatchObject({ kind: 'not_found' });
	await expect(aFind(db, outsider, { spaceId })).rejects.toMatchObject({ kind: 'forbidden' });
});

test('a list is picked, put in order by hand, written, and needs its why', async () => {
	const { spaceId, curator } = await aRoom();
	const id = await aDraftList(db, curator, spaceId, { entries: 3 });
	const silent = await pick(db, curator, id, await aFind(db, curator, { title: 'Silent', publishedOn: '2012-03-04' }));
	await placePick(db, curator, id, silent, 1);
	const order = async () => (await listToEdit(db, curator, id)).picks.map(({ find }) => find.title);
	expect(await order()).toEqual(['Silent', 'Entry 1', 'Entry 2', 'Entry 3']);
	await placePick(db, curator, id, silent, 99);
	await placePick(db, curator, id, (await listToEdit(db, curator, id)).picks[1]!.id, 1);
	expect(await order()).toEqual(['Entry 2', 'Entry 1', 'Entry 3', 'Silent']);
	expect((await listToEdit(db, curator, id)).picks[3]!.odd[0]).toContain('18 years before');
	await expect(publishList(db, curator, id, parse(newEdition, {}))).rejects.toMatchObject({
		kind: 'invalid',
		message: 'Entry 4 does not say why yet.'
	});
	await takeOut(db, curator, id, silent);
	await takeOut(db, curator, id, silent);
	await publishList(db, curator, id, parse(newEdition, {}));
});

test('two curators who write at once both keep their text', async () => {
	const { spaceId, curator, steward, reader } = await aRoom();
	const id = await aDraftList(db, curator, spaceId, { of: 'space' });
	const [first] = (await listToEdit(db, steward, id)).picks;
	const write = (who: typeof curator, why: string, version: number) =>
		writePick(db, who, id, first!.id, parse(pickEdit, { why, version }));
	await write(steward, 'Because.', 2);
	await expect(write(curator, 'So that.', 2)).rejects.toMatchObject({
		kind: 'conflict',
		details: { current: { why: 'Because.', version: 3 } }
	});
	await write(curator, 'So that.', 3);
	const words = (version: number, title = 'March') => editList(db, steward, id, parse(listEdit, { title, version }));
	await words(1);
	await expect(words(1, 'Spring')).rejects.toMatchObject({ details: { current: { title: 'March' } } });
	const find = { title: 'Counted', foundOn: '2030-03-06', note: '', author: '', site: '' };
	await editFind(db, steward, first!.find.id, { ...find, version: 1 });
	await expect(editFind(db, curator, first!.find.id, { ...find, version: 1 })).rejects.toMatchObject({
		kind: 'conflict'
	});
	await expect(listToEdit(db, reader, id)).rejects.toMatchObject({ kind: 'forbidden' });
	await expect(beginList(db, reader, { month: '2030-03', of: 'space', spaceId })).rejects.toMatchObject({
		kind: 'conflict'
	});
});

test('an edition is named by its content and never changes; updates stand dated in those after it', async () => {
	const { spaceId, curator, reader, outsider } = await aRoom({ access: 'closed' });
	const id = await aDraftList(db, curator, spaceId);
	await expect(readList(db, reader, id)).rejects.toMatchObject({ kind: 'not_found' });
	expect(await myDrafts(db, curator)).toMatchObject([{ id, picked: 2, wanted: 10 }]);
	const submission = newId();
	const first = await publishList(db, curator, id, parse(newEdition, { submission }));
	expect(await publishList(db, curator, id, parse(newEdition, { submission }))).toBe(first);
	const read = await readList(db, reader, id);
	expect(read).toMatchObject({ edition: { number: 1, hash: first }, canCurate: false, ask: false, pulse: null });
	expect(read.edition.content.entries).toMatchObject([{ title: 'Entry 1', why: 'Why 1.' }, { title: 'Entry 2' }]);
	expect(hashOf(read.edition.content)).toBe(first);
	expect(await myDrafts(db, curator)).toEqual([]);

	const [entry] = (await listToEdit(db, curator, id)).picks;
	await writePick(db, curator, id, entry!.id, parse(pickEdit, { why: 'Better.', version: 2 }));
	expect((await listToEdit(db, curator, id)).isChanged).toBe(true);
	expect((await readList(db, reader, id)).edition.hash).toBe(first);
	await expect(publishList(db, curator, id, parse(newEdition, {}))).rejects.toMatchObject({
		fields: { update: expect.any(String) }
	});
	const about = entry!.find.url;
	const again = parse(newEdition, { update: 'A follow-up.', url: 'https://reads.example/more', about });
	const second = await publishList(db, curator, id, again);
	await expect(publishList(db, curator, id, again)).rejects.toMatchObject({ kind: 'conflict' });
	const now = await readList(db, reader, id);
	expect(now.edition).toMatchObject({
		number: 2,
		hash: second,
		content: { updates: [{ text: 'A follow-up.', about }] }
	});
	expect(now.editions.map(({ hash }) => hash)).toEqual([second, first]);
	expect(await readEdition(db, reader, id, first)).toMatchObject({
		edition: { number: 1, content: { updates: [], entries: [{ why: 'Why 1.' }, {}] } },
		newer: { number: 2, hash: second }
	});
	await expect(readEdition(db, outsider, id, first)).rejects.toMatchObject({ kind: 'not_found' });
	await expect(readEdition(db, reader, id, '0'.repeat(64))).rejects.toMatchObject({ kind: 'not_found' });
	await expect(discardList(db, curator, id)).rejects.toMatchObject({ kind: 'conflict' });
});

test('what was cited can be cited again, and stays while it is cited', async () => {
	const { spaceId, curator, reader } = await aRoom();
	const march = await aList(db, curator, spaceId);
	const april = await beginList(db, curator, parse(newList, { month: '2030-04', spaceId }));
	const [entry] = (await listToEdit(db, curator, march)).picks;
	const picked = await pick(db, curator, april, entry!.find.id);
	expect(await pick(db, curator, april, entry!.find.id)).toBe(picked);
	await writePick(db, curator, april, picked, parse(pickEdit, { why: 'Again.', lesson: 'on', version: 1 }));
	await expect(removeFind(db, curator, entry!.find.id)).rejects.toMatchObject({ kind: 'conflict' });
	const [pickOfApril] = (await listToEdit(db, curator, april)).picks;
	expect(pickOfApril).toMatchObject({ lesson: true, odd: [expect.stringContaining('the list is that of April')] });
	expect(pickOfApril!.find.citedIn.map(({ month }) => month)).toEqual(['2030-04', '2030-03']);
	await publishList(db, curator, april, parse(newEdition, {}));
	const { shelf } = await readList(db, reader, april);
	expect((await readSeries(db, reader, shelf.id)).lists.map(({ content }) => content.month)).toEqual([
		'2030-04',
		'2030-03'
	]);
	const all = await listLists(db, reader, parse(listFilter, { shelf: shelf.id }));
	expect(all.items).toMatchObject([
		{ month: '2030-04', entries: 1 },
		{ month: '2030-03', entries: 2 }
	]);
	await db.transaction((tx) => changeState(tx, curator, april, 'archived'));
	expect((await listLists(db, reader, parse(listFilter, { shelf: shelf.id }))).items).toHaveLength(1);
	const other = await aPerson(db, { spaces: [spaceId] });
	await expect(pick(db, curator, march, await aFind(db, other))).rejects.toMatchObject({ kind: 'invalid' });
});
