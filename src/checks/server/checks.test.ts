import { expect, test } from 'vitest';
import { questionContent } from '../question.ts';
import { newId } from '#src/platform/server/ids.ts';
import { parse } from '#src/platform/server/parse.ts';
import { writePage } from '#src/pages/server/pages.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { aCheck, exampleQuestions } from '#src/testing/checks.ts';
import { testDatabase } from '#src/testing/database.ts';
import { fileById } from '#src/core/files/server/read.ts';
import { readBank } from '../banks/server/banks.ts';
import { checkEdit, newCheck } from '../input.ts';
import { editCheck, writeCheck } from './checks.ts';
import { checkToEdit, listChecks, readCheck } from './read.ts';
import { readQuestion } from '../banks/server/read.ts';

const { db } = await testDatabase();
const spaceId = await aSpace(db);
const author = await aPerson(db, { spaces: [spaceId] });
const reader = await aPerson(db, { spaces: [spaceId] });
const steward = await aPerson(db, { spaces: [spaceId], steward: true });

const write = (more: object, by = author) =>
	writeCheck(db, by, parse(newCheck, { spaceId, title: 'Taking goods back', minutes: 8, ...more }));
const refused = (field: string) => ({ kind: 'invalid', fields: { [field]: expect.any(String) } });

test('a check is written with a bank of its own, its objectives and its content, and read', async () => {
	const page = await writePage(db, author, { spaceId, title: 'Goods back', bodyMd: 'So.', tags: [] });
	const objectives = [
		{ title: 'Finds the sale', draws: '2' },
		{ title: 'Pays back', draws: '0' }
	];
	const submission = newId();
	const content = [`https://trellis.example/pages/${page}`];
	const id = await write({ objectives, content, contentMinutes: '25', submission, expertId: steward.id });
	expect(await write({ objectives, submission })).toBe(id);
	const check = await readCheck(db, reader, id);
	expect(check).toMatchObject({
		minutes: 8,
		contentMinutes: 25,
		passPercent: 80,
		job: null,
		bankId: null,
		questions: 0
	});
	expect(check.objectives).toMatchObject([{ title: 'Finds the sale', draws: 2, ready: 0 }]);
	expect(check.content).toMatchObject([{ id: page, title: 'Goods back' }]);
	expect(check.support).toMatchObject({ expert: { name: steward.name }, thread: null, faq: null });
	const { bankId } = await readCheck(db, author, id);
	expect((await readBank(db, steward, bankId!)).objectives.map(({ title }) => title)).toEqual([
		'Finds the sale',
		'Pays back'
	]);
	expect((await listChecks(db, reader, { limit: 5 })).items).toMatchObject([{ id, minutes: 8, questions: 0 }]);
});

test('nothing asked of somebody is longer than a quarter of an hour, and a clock needs its reason', async () => {
	expect(() => parse(newCheck, { spaceId, title: 'Long', minutes: 16 })).toThrow('flow-budget');
	const clock = (more: object) =>
		newCheck.safeParse({ spaceId, title: 'Fast', minutes: 5, ...more }).error?.issues.map(({ path }) => path.join());
	expect(clock({ jobSeconds: 60 })).toEqual(['jobSeconds', 'jobClock']);
	expect(clock({ jobClock: 'The alarm' })).toEqual(['jobSeconds', 'jobClock']);
	expect(clock({ jobSeconds: '', jobClock: '' })).toBeUndefined();
	const id = await write({ jobSeconds: 60, jobClock: 'The alarm rings after a minute' });
	expect((await readCheck(db, reader, id)).job).toEqual({ seconds: 60, clock: 'The alarm rings after a minute' });
});

test('what a check leads to must be there for its author', async () => {
	await expect(write({ content: [newId()] })).rejects.toMatchObject(refused('content.0'));
	await expect(write({ expertId: newId() })).rejects.toMatchObject(refused('expertId'));
	const page = await writePage(db, author, { spaceId, title: 'A page', bodyMd: 'So.', tags: [] });
	await expect(write({ threadId: page })).rejects.toMatchObject(refused('threadId'));
	await expect(write({ faqId: page })).rejects.toMatchObject(refused('faqId'));
	await expect(write({}, await aPerson(db))).rejects.toMatchObject({ kind: 'forbidden' });
	const { bankId } = await aCheck(db, author, spaceId, { types: ['choice'] });
	await expect(write({ bankId }, reader)).rejects.toMatchObject({ kind: 'forbidden' });
});

test('an edit changes what is drawn; a stale one is refused with the newer text', async () => {
	const { id, objectives } = await aCheck(db, author, spaceId, { types: ['choice', 'short'] });
	const before = await checkToEdit(db, author, id);
	expect(before.objectives.map(({ draws }) => draws)).toEqual([1, 1]);
	const edit = {
		...{ title: 'Goods', minutes: 5, version: 1, bodyMd: 'In short.' },
		objectives: [
			{ objectiveId: objectives.short, draws: 3 },
			{ objectiveId: objectives.choice, title: 'Finds it', draws: 0 }
		]
	};
	expect(await editCheck(db, steward, id, parse(checkEdit, edit))).toBe(2);
	const after = await readCheck(db, reader, id);
	expect(after).toMatchObject({ title: 'Goods', minutes: 5, questions: 1 });
	expect(after.objectives).toMatchObject([{ objectiveId: objectives.short, draws: 3, ready: 1 }]);
	expect((await checkToEdit(db, author, id)).objectives[1]).toMatchObject({ title: 'Finds it', draws: 0 });
	await expect(editCheck(db, author, id, parse(checkEdit, edit))).rejects.toMatchObject({
		kind: 'conflict',
		details: { current: { title: 'Goods' } }
	});
	await expect(checkToEdit(db, reader, id)).rejects.toMatchObject({ kind: 'forbidden' });
});

test('there is a good example of each type, and its picture is open to readers of the check', async () => {
	for (const content of Object.values(exampleQuestions({ image: `/files/${newId()}/a.png`, reviewerId: newId() })))
		expect(questionContent.safeParse(content).error?.issues).toBeUndefined();
	const { id, bankId, questions } = await aCheck(db, author, spaceId);
	expect((await readCheck(db, reader, id)).questions).toBe(8);
	const { content } = await readQuestion(db, author, bankId, questions.hotspot!);
	const [picture] = /[0-9a-f-]{36}/.exec((content as { image: string }).image)!;
	// The picture came with the question before there was a check.
	expect(await fileById(db, reader, picture)).toMatchObject({ id: picture });
});
