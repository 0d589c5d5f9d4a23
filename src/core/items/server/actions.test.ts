import { expect, test } from 'vitest';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { row, rows, sql } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { addComment, editComment, removeComment } from './comments.ts';
import { flagOutdated } from './flags.ts';
import { startFollowing, stopFollowing } from './follows.ts';
import { markHelped, takeBackHelped } from './helped.ts';
import { createItem } from './write.ts';

const { db } = await testDatabase();
const spaceId = await aSpace(db);
const closed = await aSpace(db, { access: 'closed' });
const author = await aPerson(db, { spaces: [spaceId, closed] });
const colleague = await aPerson(db, { spaces: [spaceId] });
const other = await aPerson(db, { spaces: [spaceId] });
const steward = await aPerson(db, { spaces: [spaceId], steward: true });

const anItem = (space = spaceId, anonymous = false, viewer = author) =>
	db.transaction((tx) =>
		createItem(tx, viewer, {
			kind: 'page',
			spaceId: space,
			title: 'Opening the shop',
			bodyMd: 'Keys first.',
			anonymous
		})
	);
const comment = (viewer: Viewer, itemId: string, more = {}) =>
	addComment(db, viewer, itemId, { bodyMd: 'Yes.', ...more });
const counts = (id: string) =>
	row<{ helped_count: number; helped_minutes: number }>(
		db,
		sql`select helped_count, helped_minutes from item where id = ${id}`
	);

test('a comment is changed by its author only, removed by its author or a steward', async () => {
	const id = await comment(colleague, await anItem());
	await expect(editComment(db, steward, id, { bodyMd: 'No.', version: 1 })).rejects.toMatchObject({
		kind: 'forbidden'
	});
	expect(await editComment(db, colleague, id, { bodyMd: 'No.', version: 1 })).toBe(2);
	await expect(removeComment(db, other, id)).rejects.toMatchObject({ kind: 'forbidden' });
	await removeComment(db, steward, id);
	await expect(removeComment(db, colleague, id)).rejects.toMatchObject({ kind: 'not_found' });
});

test('a comment sent twice at once is written once; nobody comments on a comment', async () => {
	const id = await anItem();
	const submission = newId();
	const written = await Promise.all([1, 2, 3].map(() => comment(colleague, id, { submission })));
	expect(new Set(written).size).toBe(1);
	await expect(comment(other, written[0]!)).rejects.toMatchObject({ kind: 'invalid' });
});

test('beneath their anonymous item an author comments without name', async () => {
	const id = await anItem(spaceId, true);
	const own = await comment(author, id);
	const others = await comment(colleague, id);
	const found = await rows<{ id: string; anonymous: boolean }>(
		db,
		sql`select id, anonymous from item where parent_id = ${id}`
	);
	expect(Object.fromEntries(found.map((line) => [line.id, line.anonymous]))).toEqual({ [own]: true, [others]: false });
});

test('what helped is counted once a person, changed, taken back; never one’s own', async () => {
	const id = await anItem();
	await expect(markHelped(db, author, id, { note: '' })).rejects.toMatchObject({ kind: 'forbidden' });
	await Promise.all([
		markHelped(db, colleague, id, { minutesSaved: 10, note: '' }),
		markHelped(db, colleague, id, { minutesSaved: 10, note: '' }),
		markHelped(db, other, id, { minutesSaved: 20, note: 'Opened on time.' }),
		markHelped(db, steward, id, { note: '' })
	]);
	expect(await counts(id)).toEqual({ helped_count: 3, helped_minutes: 30 });
	await markHelped(db, colleague, id, { minutesSaved: 15, note: '' });
	await Promise.all([takeBackHelped(db, other, id), takeBackHelped(db, other, id)]);
	expect(await counts(id)).toEqual({ helped_count: 2, helped_minutes: 15 });
});

test('what one may not read is neither followed nor marked, flagged or commented', async () => {
	const target = await anItem(closed);
	for (const attempt of [
		() => startFollowing(db, colleague, { targetKind: 'item', target }),
		() => startFollowing(db, colleague, { targetKind: 'space', target: closed }),
		() => markHelped(db, colleague, target, { note: '' }),
		() => flagOutdated(db, colleague, target, { note: '' }),
		() => comment(colleague, target)
	])
		await expect(attempt()).rejects.toMatchObject({ kind: 'not_found' });
});

test('following twice is once, and ends', async () => {
	const target = { targetKind: 'item', target: await anItem() } as const;
	await Promise.all([startFollowing(db, colleague, target), startFollowing(db, colleague, target)]);
	const count = () =>
		rows(db, sql`select 1 from follow where target = ${target.target} and person_id = ${colleague.id}`);
	expect((await count()).length).toBe(1);
	await stopFollowing(db, colleague, target);
	expect((await count()).length).toBe(0);
});
