import { expect, test } from 'vitest';
import { markHelped } from '#src/core/items/server/helped.ts';
import { changeState } from '#src/core/items/server/write.ts';
import { writePage } from '#src/pages/server/pages.ts';
import { newId } from '#src/platform/server/ids.ts';
import { parse } from '#src/platform/server/parse.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { collectionEdit, newCollection, newEntry } from '../input.ts';
import { choicesFor, readCollection } from './read.ts';
import { addEntry, changeEntry, editCollection, makeCollection, removeEntry } from './write.ts';

const { db } = await testDatabase();

async function aShelf() {
	const spaceId = await aSpace(db);
	const tag = `tag-${newId().slice(-8)}`;
	const [owner, reader] = [await aPerson(db, { spaces: [spaceId] }), await aPerson(db, { spaces: [spaceId] })];
	const make = (more = {}) =>
		makeCollection(db, owner, parse(newCollection, { spaceId, title: 'First week', ...more }));
	const page = (title: string, more = {}) =>
		writePage(db, owner, { spaceId, title, bodyMd: 'So.', tags: [tag], ...more });
	const titles = async (id: string, viewer = reader) =>
		(await readCollection(db, viewer, id)).entries.map(({ title }) => title);
	return { spaceId, tag, owner, reader, make, page, titles };
}

test('what is chosen by hand keeps its order and its line, and moves', async () => {
	const { owner, reader, make, page, titles } = await aShelf();
	const [one, two, three] = [await page('One'), await page('Two'), await page('Three')];
	const id = await make({ itemId: one });
	await addEntry(db, owner, id, parse(newEntry, { itemId: `https://trellis.example/pages/${two}#x`, note: 'Why.' }));
	await addEntry(db, owner, id, { itemId: three, note: '' });
	await addEntry(db, owner, id, { itemId: one, note: 'Begin here.' });
	expect(await titles(id)).toEqual(['One', 'Two', 'Three']);
	await changeEntry(db, owner, id, three, { move: 'up' });
	await changeEntry(db, owner, id, one, { move: 'up' });
	expect(await titles(id)).toEqual(['One', 'Three', 'Two']);
	await changeEntry(db, owner, id, one, { move: 'down' });
	await changeEntry(db, owner, id, two, { note: '' });
	expect((await readCollection(db, reader, id)).entries).toMatchObject([
		{ title: 'Three', note: '' },
		{ title: 'One', note: 'Begin here.' },
		{ title: 'Two', note: '' }
	]);
	await removeEntry(db, owner, id, one);
	await removeEntry(db, owner, id, one);
	expect(await titles(id)).toEqual(['Three', 'Two']);
	await expect(changeEntry(db, owner, id, one, { move: 'up' })).rejects.toMatchObject({ kind: 'not_found' });
});

test('a reader sees of it what they may read, and moving steps over what the mover may not', async () => {
	const { owner, make, page, titles } = await aShelf();
	const secret = await aSpace(db, { access: 'secret' });
	const insider = await aPerson(db, { spaces: [secret, ...owner.memberships.keys()], steward: true });
	const hidden = await writePage(db, insider, { spaceId: secret, title: 'Hidden', bodyMd: '', tags: [] });
	const [one, two] = [await page('One'), await page('Two')];
	const id = await make({ itemId: one });
	await addEntry(db, insider, id, { itemId: hidden, note: 'Not for all.' });
	await addEntry(db, owner, id, { itemId: two, note: '' });
	expect(await titles(id)).toEqual(['One', 'Two']);
	expect(await titles(id, insider)).toEqual(['One', 'Hidden', 'Two']);
	await changeEntry(db, owner, id, two, { move: 'up' });
	expect(await titles(id)).toEqual(['Two', 'One']);
	await expect(addEntry(db, owner, id, { itemId: hidden, note: '' })).rejects.toMatchObject({
		kind: 'invalid',
		fields: { itemId: expect.any(String) }
	});
	await db.transaction((tx) => changeState(tx, owner, one, 'archived'));
	expect(await titles(id)).toEqual(['Two']);
});

test('a rule is looked up on every read, for whoever reads', async () => {
	const { spaceId, tag, owner, reader, make, page, titles } = await aShelf();
	const secret = await aSpace(db, { access: 'secret' });
	const insider = await aPerson(db, { spaces: [secret, spaceId] });
	const [one] = [await page('One'), await page('Two'), await page('Other', { tags: [`${tag}-b`] })];
	await writePage(db, insider, { spaceId: secret, title: 'Hidden', bodyMd: '', tags: [tag] });
	const id = await make({ chosen: 'rule', ruleKinds: 'page,aid', ruleTags: tag });
	const within = await make({ chosen: 'rule', ruleSpaceId: spaceId, ruleKinds: 'page' });
	const useful = await make({ chosen: 'rule', ruleTags: tag, ruleHelped: '1' });
	expect(await titles(useful)).toEqual([]);
	await markHelped(db, reader, one, { note: '' });
	expect(await titles(useful)).toEqual(['One']);
	expect(await titles(id)).toEqual(['One', 'Two']);
	expect((await titles(id, insider)).sort()).toEqual(['Hidden', 'One', 'Two']);
	expect((await titles(within)).sort()).toEqual(['One', 'Other', 'Two']);
	await page('Later');
	expect(await titles(id)).toEqual(['One', 'Later', 'Two']);
	await expect(addEntry(db, owner, id, { itemId: one, note: '' })).rejects.toMatchObject({ kind: 'conflict' });
	const edit = parse(collectionEdit, { title: 'First day', ruleTags: `${tag}-b`, version: '1' });
	expect(await editCollection(db, owner, id, edit)).toBe(2);
	expect(await titles(id)).toEqual(['Other']);
	await expect(editCollection(db, owner, id, edit)).rejects.toMatchObject({ kind: 'conflict' });
});

test('a rule that takes in everything, itself, or a space out of sight is refused at its field', async () => {
	const { owner, make, page } = await aShelf();
	const refused = (more: object, field: string) =>
		expect(make(more)).rejects.toMatchObject({ kind: 'invalid', fields: { [field]: expect.any(String) } });
	await refused({ chosen: 'rule' }, 'ruleTags');
	await refused({ chosen: 'rule', ruleSpaceId: await aSpace(db, { access: 'secret' }) }, 'ruleSpaceId');
	expect(() => parse(newCollection, { title: 'A', spaceId: newId(), ruleKinds: 'car', ruleHelped: '-1' })).toThrow();
	const id = await make({ itemId: await page('One') });
	await expect(addEntry(db, owner, id, { itemId: id, note: '' })).rejects.toMatchObject({ kind: 'invalid' });
});

test('its author and stewards change it; a submission sent twice makes one', async () => {
	const { owner, reader, make, page, titles } = await aShelf();
	const one = await page('One');
	const submission = newId();
	const id = await make({ submission, itemId: one });
	expect(await make({ submission, itemId: one })).toBe(id);
	await expect(removeEntry(db, reader, id, one)).rejects.toMatchObject({ kind: 'forbidden' });
	await expect(addEntry(db, reader, id, { itemId: one, note: '' })).rejects.toMatchObject({ kind: 'forbidden' });
	await expect(removeEntry(db, await aPerson(db), id, one)).rejects.toMatchObject({ kind: 'forbidden' });
	expect(await choicesFor(db, reader, one)).toEqual({ item: { id: one, title: 'One' }, collections: [] });
	expect((await choicesFor(db, owner, one)).collections).toMatchObject([{ id, holds: true }]);
	expect(await titles(id)).toEqual(['One']);
});
