import { expect, test } from 'vitest';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { markHelped } from '#src/core/items/server/helped.ts';
import { changeState } from '#src/core/items/server/write.ts';
import { row, rows, sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { answerQuestion, askQuestion } from './ask.ts';
import { markDuplicate, unmarkDuplicate } from './duplicates.ts';
import { acceptAnswer, takeBackAcceptance } from './questions.ts';

const { db } = await testDatabase();
const spaceId = await aSpace(db);
const asker = await aPerson(db, { spaces: [spaceId] });
const colleague = await aPerson(db, { spaces: [spaceId] });

const ask = (space = spaceId, viewer: Viewer = asker) =>
	askQuestion(db, viewer, {
		...{ spaceId: space, title: 'How do I reset the till?', bodyMd: '', tags: [], anonymous: false }
	});
const answer = (id: string, viewer = colleague) => answerQuestion(db, viewer, id, { bodyMd: 'Like this.' });
const remove = (id: string, viewer = colleague) => db.transaction((tx) => changeState(tx, viewer, id, 'removed'));
const standing = (id: string) =>
	row<{ status: string; answer_count: number; accepted: boolean; useful: boolean }>(
		db,
		sql`select status, answer_count, accepted_answer_id is not null as accepted, useful_at is not null as useful
			from question where item_id = ${id}`
	);

test('the count is right when answers come and go at once', async () => {
	for (let round = 0; round < 10; round += 1) {
		const id = await ask();
		const [first, second, third] = [await answer(id), await answer(id), await answer(id)];
		await Promise.all([remove(first), answer(id), remove(second), answer(id), remove(third)]);
		expect(await standing(id)).toMatchObject({ answer_count: 2 });
	}
});

test('an accepted answer that is removed is no longer accepted, nor was it useful', async () => {
	const id = await ask();
	const gone = await answer(id);
	await acceptAnswer(db, asker, gone);
	expect(await standing(id)).toEqual({ status: 'answered', answer_count: 1, accepted: true, useful: true });
	await remove(gone);
	expect(await standing(id)).toEqual({ status: 'open', answer_count: 0, accepted: false, useful: false });
});

test('accepting and removing at once never leaves a removed answer accepted', async () => {
	for (let round = 0; round < 10; round += 1) {
		const id = await ask();
		const both = await answer(id);
		await Promise.allSettled([remove(both), acceptAnswer(db, asker, both)]);
		expect(await standing(id)).toEqual({ status: 'open', answer_count: 0, accepted: false, useful: false });
	}
});

test('whatever happens to its answers, a merged question stays merged until that is taken back', async () => {
	const [original, id] = [await ask(), await ask()];
	const given = await answer(id);
	await markDuplicate(db, asker, id, original);
	await acceptAnswer(db, asker, given);
	expect(await standing(id)).toMatchObject({ status: 'duplicate', accepted: true });
	await takeBackAcceptance(db, asker, id);
	expect(await standing(id)).toMatchObject({ status: 'duplicate', accepted: false });
	await acceptAnswer(db, asker, given);
	await unmarkDuplicate(db, asker, id);
	expect(await standing(id)).toMatchObject({ status: 'answered', accepted: true });
});

test('a mark keeps an answer useful when its acceptance is taken back', async () => {
	const id = await ask();
	const given = await answer(id);
	await Promise.all([acceptAnswer(db, asker, given), markHelped(db, asker, given, { note: '' })]);
	await takeBackAcceptance(db, asker, id);
	expect(await standing(id)).toMatchObject({ status: 'open', useful: true });
});

test('a question is not merged into one that fewer people can read', async () => {
	const closed = await aSpace(db, { access: 'closed' });
	const steward = await aPerson(db, { spaces: [spaceId, closed], steward: true });
	const [open, hidden] = [await ask(), await ask(closed, steward)];
	await expect(markDuplicate(db, steward, open, hidden)).rejects.toMatchObject({ kind: 'invalid' });
	await markDuplicate(db, steward, hidden, open);
	expect(await standing(hidden)).toMatchObject({ status: 'duplicate' });
});

test('a chain that was drawn together leaves no link behind when it is taken back', async () => {
	const [a, b, c] = [await ask(), await ask(), await ask()];
	await markDuplicate(db, asker, a, b);
	await markDuplicate(db, asker, b, c);
	await unmarkDuplicate(db, asker, a);
	const links = await rows(db, sql`select 1 from item_link where relation = 'duplicates' and from_id = ${a}`);
	expect(links).toEqual([]);
});
