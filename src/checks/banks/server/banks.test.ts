import { expect, test } from 'vitest';
import { sweepFiles } from '#src/core/files/server/sweep.ts';
import { rows, sql } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { parse } from '#src/platform/server/parse.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { aBank, aPicture, aQuestion, exampleQuestions } from '#src/testing/checks.ts';
import { testDatabase } from '#src/testing/database.ts';
import { newQuestion, questionEdit, questionFilter } from '../input.ts';
import { listBanks, readBank } from './banks.ts';
import { addObjective, moveObjective, removeObjective, renameObjective } from './objectives.ts';
import { addQuestion, editQuestion, setQuestionState } from './questions.ts';
import { listQuestions, readQuestion } from './read.ts';

const { db } = await testDatabase();
const spaceId = await aSpace(db);
const author = await aPerson(db, { spaces: [spaceId] });
const reader = await aPerson(db, { spaces: [spaceId] });
const steward = await aPerson(db, { spaces: [spaceId], steward: true });
const filter = (more = {}) => parse(questionFilter, more);
const { choice, order } = exampleQuestions();

test('a picture that a question shows is not swept away', async () => {
	const picture = await aPicture(db, author);
	const bankId = await aBank(db, author, spaceId);
	await aQuestion(db, author, bankId, exampleQuestions({ image: picture }).hotspot);
	await db.execute(sql`update file set created_at = now() - interval '3 days'`);
	expect(await sweepFiles(db)).toBe(0);
});

test('only its maker and the stewards of its space see a bank', async () => {
	const bankId = await aBank(db, author, spaceId);
	const question = await aQuestion(db, author, bankId);
	for (const [who, kind] of [
		[reader, 'forbidden'],
		[await aPerson(db), 'forbidden']
	] as const) {
		await expect(readBank(db, who, bankId)).rejects.toMatchObject({ kind });
		await expect(listQuestions(db, who, bankId, filter())).rejects.toMatchObject({ kind });
		await expect(readQuestion(db, who, bankId, question)).rejects.toMatchObject({ kind });
		await expect(addObjective(db, who, bankId, { title: 'Mine' })).rejects.toMatchObject({ kind });
		await expect(setQuestionState(db, who, bankId, question, 'retired')).rejects.toMatchObject({ kind });
	}
	const hidden = await aSpace(db, { access: 'secret' });
	const insider = await aPerson(db, { spaces: [hidden] });
	await expect(readBank(db, steward, await aBank(db, insider, hidden))).rejects.toMatchObject({ kind: 'not_found' });
	await expect(readBank(db, steward, 'no-id')).rejects.toMatchObject({ kind: 'not_found' });
	expect(await readQuestion(db, steward, bankId, question)).toMatchObject({ version: 1, content: { type: 'choice' } });
	expect((await listBanks(db, steward)).map(({ id }) => id)).toContain(bankId);
	expect(await listBanks(db, reader)).toEqual([]);
});

test('objectives are added, worded anew, moved and removed; their questions stay', async () => {
	const bankId = await aBank(db, author, spaceId);
	const [one, two] = [
		await addObjective(db, author, bankId, { title: 'One' }),
		await addObjective(db, author, bankId, { title: 'Two' })
	];
	await aQuestion(db, author, bankId, 'choice', { objectiveId: two });
	await aQuestion(db, author, bankId, 'order', { objectiveId: two, state: 'draft' });
	await moveObjective(db, author, bankId, two, { move: 'up' });
	await moveObjective(db, author, bankId, two, { move: 'up' });
	await renameObjective(db, steward, bankId, one, { title: 'First' });
	expect((await readBank(db, author, bankId)).objectives).toMatchObject([
		{ title: 'Two', ready: 1, drafts: 1 },
		{ title: 'First', ready: 0, drafts: 0 }
	]);
	await removeObjective(db, author, bankId, two);
	expect(await readBank(db, author, bankId)).toMatchObject({ loose: 2, objectives: [{ title: 'First' }] });
	const other = await aBank(db, author, spaceId);
	await expect(renameObjective(db, author, other, one, { title: 'x' })).rejects.toMatchObject({ kind: 'not_found' });
	await expect(aQuestion(db, author, other, 'choice', { objectiveId: one })).rejects.toMatchObject({
		kind: 'not_found'
	});
});

test('an edit is a new version, a stale one a conflict with both texts, a state no version', async () => {
	const bankId = await aBank(db, author, spaceId);
	const id = await aQuestion(db, author, bankId, 'choice');
	const edit = (more: object, version = 1) =>
		editQuestion(db, author, bankId, id, parse(questionEdit, { content: choice, version, ...more }));
	expect(await edit({ state: 'draft' })).toBe(1);
	expect(await edit({ content: { ...choice, prompt: 'Anew?' } })).toBe(2);
	await expect(edit({ content: { ...choice, prompt: 'Mine?' } })).rejects.toMatchObject({
		kind: 'conflict',
		details: { current: { version: 2, content: { prompt: 'Anew?' } } }
	});
	await expect(edit({ content: order }, 2)).rejects.toMatchObject({
		kind: 'invalid',
		fields: { type: expect.any(String) }
	});
	await setQuestionState(db, author, bankId, id, 'retired');
	expect(await readQuestion(db, author, bankId, id)).toMatchObject({ version: 2, state: 'retired' });
	const versions = await rows<{ prompt: string }>(
		db,
		sql`select content ->> 'prompt' as prompt from bank_question_version where question_id = ${id} order by version`
	);
	expect(versions).toEqual([{ prompt: choice.prompt }, { prompt: 'Anew?' }]);
});

test('a submission sent twice at once makes one question', async () => {
	const bankId = await aBank(db, author, spaceId);
	const input = parse(newQuestion, { content: choice, submission: newId() });
	const ids = await Promise.all([addQuestion(db, author, bankId, input), addQuestion(db, author, bankId, input)]);
	expect(new Set(ids).size).toBe(1);
	expect((await listQuestions(db, author, bankId, filter())).items).toHaveLength(1);
});

test('questions are listed by pages, and by objective, type and state', async () => {
	const bankId = await aBank(db, author, spaceId);
	const objectiveId = await addObjective(db, author, bankId, { title: 'One' });
	const ids = [
		await aQuestion(db, author, bankId, 'choice', { objectiveId }),
		await aQuestion(db, author, bankId, 'order'),
		await aQuestion(db, author, bankId, 'choice', { state: 'draft' })
	];
	const list = async (more = {}) => (await listQuestions(db, author, bankId, filter(more))).items.map(({ id }) => id);
	const first = await listQuestions(db, author, bankId, filter({ limit: 2 }));
	const second = await listQuestions(db, author, bankId, filter({ limit: 2, cursor: first.next! }));
	expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids);
	expect(second.next).toBeNull();
	expect(first.items[0]).toMatchObject({ type: 'choice', asks: choice.prompt, mapped: false });
	expect(await list({ objective: objectiveId })).toEqual([ids[0]]);
	expect(await list({ objective: 'none', type: 'choice' })).toEqual([ids[2]]);
	expect(await list({ state: 'draft' })).toEqual([ids[2]]);
});

test('where a question leads must be there', async () => {
	const bankId = await aBank(db, author, spaceId);
	const add = (content: object) => aQuestion(db, author, bankId, content);
	const { hotspot, show } = exampleQuestions({ image: `/files/${newId()}/a.png`, reviewerId: newId() });
	const refused = (field: string) => ({ kind: 'invalid', fields: { [field]: expect.any(String) } });
	await expect(add(hotspot)).rejects.toMatchObject(refused('content.image'));
	await expect(add(show)).rejects.toMatchObject(refused('content.reviewerId'));
	const runaway = { type: 'short', prompt: 'x', accepted: [{ match: 'pattern', text: '(?=a)(' }] };
	await expect(add(runaway)).rejects.toMatchObject(refused('content.accepted.0.text'));
	await expect(add({ ...choice, parts: [{ itemId: newId() }] })).rejects.toMatchObject(
		refused('content.parts.0.itemId')
	);
});
