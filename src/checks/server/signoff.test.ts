import { expect, test } from 'vitest';
import { orgRole } from '#src/core/people/server/schema.ts';
import { aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';
import { aCheck, aQuestion, exampleQuestions } from '#src/testing/checks.ts';
import { testDatabase } from '#src/testing/database.ts';
import { editQuestion, setQuestionState } from '../banks/server/questions.ts';
import { lintOf } from '../banks/server/lint.ts';
import { checkEdit } from '../input.ts';
import { parse } from '#src/platform/server/parse.ts';
import { editCheck } from './checks.ts';
import { signOff, signOffOf } from './signoff.ts';

const { db } = await testDatabase();
const spaceId = await aSpace(db);
const author = await aPerson(db, { spaces: [spaceId] });
const steward = await aPerson(db, { spaces: [spaceId], steward: true });

test('a sign-off is of what stands now, and out of date after each change of a question or of what is drawn', async () => {
	const { id, bankId, questions, objectives } = await aCheck(db, author, spaceId, { types: ['choice', 'short'] });
	expect(await signOffOf(db, id)).toBeNull();
	const again = () => signOff(db, steward, id, { note: 'As the shop does it.' });
	const current = async () => (await signOffOf(db, id))?.current;
	await again();
	expect(await signOffOf(db, id)).toMatchObject({
		by: { id: steward.id },
		questions: 2,
		current: true,
		note: 'As the shop does it.'
	});

	const { choice } = exampleQuestions();
	const edit = {
		content: { ...choice, prompt: 'Anew?' },
		objectiveId: objectives.choice!,
		state: 'ready' as const,
		version: 1
	};
	await editQuestion(db, author, bankId, questions.choice!, edit);
	expect(await current()).toBe(false);
	await again();
	await setQuestionState(db, author, bankId, questions.short!, 'retired');
	expect(await current()).toBe(false);
	await again();
	await aQuestion(db, author, bankId, 'short', { state: 'draft' });
	expect(await current()).toBe(true);
	await editCheck(
		db,
		author,
		id,
		parse(checkEdit, { title: 'x', minutes: 8, version: 1, objectives: [{ objectiveId: objectives.choice, draws: 2 }] })
	);
	expect(await current()).toBe(false);
});

test('stewards sign off, and managers who are in the space; its author alone does not', async () => {
	const { id } = await aCheck(db, author, spaceId, { types: ['choice'] });
	const note = { note: '' };
	await expect(signOff(db, author, id, note)).rejects.toMatchObject({ kind: 'forbidden' });
	const manager = await aPerson(db, { spaces: [spaceId] });
	await db.insert(orgRole).values({ personId: manager.id, role: 'people_manager' });
	await signOff(db, await viewerOf(db, manager.id), id, note);
	const stranger = await aPerson(db);
	await expect(signOff(db, stranger, id, note)).rejects.toMatchObject({ kind: 'forbidden' });
});

test('the lint of a bank looks at its questions and at what its checks draw', async () => {
	const { bankId, questions } = await aCheck(db, author, spaceId, { types: ['choice'] });
	const found = await lintOf(db, author, bankId);
	expect(found).toContainEqual(expect.objectContaining({ rule: 'few-questions' }));
	expect(found).toContainEqual(expect.objectContaining({ rule: 'unmapped', questionId: questions.choice }));
	await expect(lintOf(db, await aPerson(db, { spaces: [spaceId] }), bankId)).rejects.toMatchObject({
		kind: 'forbidden'
	});
});
