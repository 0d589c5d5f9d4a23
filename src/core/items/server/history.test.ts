import { describe, expect, test } from 'vitest';
import { aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { differenceOf } from '../difference.ts';
import { compareVersions, itemHistory, restoreVersion } from './history.ts';
import { createItem, editItem, type ItemEdit, type NewItem } from './write.ts';

const { db } = await testDatabase();

async function scene(input: Partial<NewItem> = {}, access: 'open' | 'closed' = 'open') {
	const spaceId = await aSpace(db, { access });
	const author = await aPerson(db, { spaces: [spaceId], name: 'Ada' });
	const steward = await aPerson(db, { spaces: [spaceId], steward: true, name: 'Stew' });
	const member = await aPerson(db, { spaces: [spaceId], name: 'Mem' });
	const id = await db.transaction((tx) =>
		createItem(tx, author, {
			kind: 'question',
			spaceId,
			title: 'Till',
			bodyMd: 'It hangs often.',
			tags: ['till'],
			...input
		})
	);
	const edit = (who: typeof author, change: ItemEdit) => db.transaction((tx) => editItem(tx, who, id, change));
	return { spaceId, author, steward, member, id, edit };
}

test('every version has its writer, its time and its reason', async () => {
	const { id, author, steward, member, edit } = await scene();
	await edit(steward, { bodyMd: 'It hangs daily.', note: 'Clearer', version: 1 });
	const history = await itemHistory(db, member, id);
	expect(history).toMatchObject({ title: 'Till', address: `/questions/${id}`, version: 2, mayEdit: false });
	expect(history.versions).toMatchObject([
		{ version: 2, note: 'Clearer', editor: { name: 'Stew' } },
		{ version: 1, note: '', editor: { name: 'Ada', id: author.id } }
	]);
});

test('what stands beneath another item leads to its place there', async () => {
	const { id, author, spaceId, member } = await scene();
	const answer = await db.transaction((tx) =>
		createItem(tx, author, { kind: 'answer', spaceId, parentId: id, bodyMd: 'a' })
	);
	expect(await itemHistory(db, member, answer)).toMatchObject({
		title: 'Till',
		address: `/questions/${id}#answer-${answer}`
	});
});

test('an author without name has none in the history', async () => {
	const { id, author, steward, member, edit } = await scene({ anonymous: true });
	await edit(author, { bodyMd: 'It hangs daily.', version: 1 });
	await edit(steward, { bodyMd: 'It hangs every day.', version: 2 });
	const seen = await itemHistory(db, member, id);
	expect(JSON.stringify(seen)).not.toContain(author.id);
	expect(seen.versions.map(({ editor }) => editor.name)).toEqual(['Stew', 'Anonymous', 'Anonymous']);
	expect(JSON.stringify(await itemHistory(db, steward, id))).not.toContain(author.id);
	expect((await itemHistory(db, author, id)).versions[2]!.editor).toMatchObject({ you: true, anonymous: true });
});

test('nobody outside reads the history of a closed space', async () => {
	const { id } = await scene({}, 'closed');
	const outsider = await viewerOf(db, (await aPerson(db)).id);
	await expect(itemHistory(db, outsider, id)).rejects.toMatchObject({ kind: 'not_found' });
	await expect(compareVersions(db, outsider, id, 1, 1)).rejects.toMatchObject({ kind: 'not_found' });
	await expect(restoreVersion(db, outsider, id, { version: 1, seen: 1 })).rejects.toMatchObject({ kind: 'not_found' });
	await expect(itemHistory(db, outsider, 'x')).rejects.toMatchObject({ kind: 'not_found' });
});

test('two versions are compared word by word', async () => {
	const { id, author, member, edit } = await scene();
	await edit(author, { title: 'The till', bodyMd: 'It hangs every day.', tags: ['till', 'pos'], version: 1 });
	const { body, title, tags } = await compareVersions(db, member, id, 1, 2);
	expect(body.filter(({ kind }) => kind === 'removed').map(({ text }) => text.trim())).toEqual(['often']);
	expect(
		body
			.filter(({ kind }) => kind !== 'removed')
			.map(({ text }) => text)
			.join('')
	).toBe('It hangs every day.');
	expect(title.some(({ kind }) => kind === 'added')).toBe(true);
	expect(tags).toEqual([
		{ text: 'till', kind: 'same' },
		{ text: 'pos', kind: 'added' }
	]);
	await expect(compareVersions(db, member, id, 1, 9)).rejects.toMatchObject({ kind: 'not_found' });
});

test('an old version comes back as a new one', async () => {
	const { id, author, member, edit } = await scene();
	await edit(author, { bodyMd: 'Worse.', version: 1 });
	await expect(restoreVersion(db, member, id, { version: 1, seen: 2 })).rejects.toMatchObject({ kind: 'forbidden' });
	await expect(restoreVersion(db, author, id, { version: 1, seen: 1 })).rejects.toMatchObject({ kind: 'conflict' });
	expect(await restoreVersion(db, author, id, { version: 1, seen: 2 })).toBe(3);
	expect((await itemHistory(db, author, id)).versions[0]).toMatchObject({ version: 3, note: 'Restored version 1' });
	expect((await compareVersions(db, author, id, 1, 3)).body).toEqual([{ text: 'It hangs often.', kind: 'same' }]);
});

describe('texts with little in common', () => {
	test('are told apart in bounded time, and nothing of either is lost', () => {
		const long = (seed: number) => Array.from({ length: 15_000 }, (_, n) => ((n * seed) % 9973).toString(36)).join(' ');
		const [before, after] = [long(7919), long(6007)];
		const { body } = differenceOf({ title: '', bodyMd: before, tags: [] }, { title: '', bodyMd: after, tags: [] });
		const side = (not: string) =>
			body
				.filter(({ kind }) => kind !== not)
				.map(({ text }) => text)
				.join('');
		expect(side('added')).toBe(before);
		expect(side('removed')).toBe(after);
	});
});
