import { expect, test } from 'vitest';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { parse } from '#src/platform/server/parse.ts';
import { rows, sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { anOpenSurvey, aSurvey, surveyQuestions } from '#src/testing/surveys.ts';
import { answerSheet, newSurvey, surveyEdit } from '../input.ts';
import { answerSurvey } from './answer.ts';
import { keepUnfinished, unfinished } from './drafts.ts';
import { readSurvey, surveyToAnswer, surveyToEdit } from './read.ts';
import { surveyOf } from './record.ts';
import { readResults } from './results.ts';
import { releaseText, textsToRead } from './texts.ts';
import { beginEdition, changeStatus, editSurvey, makeWorkplaceSurvey, translateSurvey } from './write.ts';

const { db } = await testDatabase();

async function aRoom() {
	const spaceId = await aSpace(db);
	const author = await aPerson(db, { spaces: [spaceId] });
	return { spaceId, author, reader: await aPerson(db, { spaces: [spaceId] }) };
}

const sheet = (answers: Record<string, unknown>, more = {}) => parse(answerSheet, { version: 1, answers, ...more });
const whole = { team: 0, tools: [1, 2], rated: [0, 2], more: 'Time.' };

/** Answers by many people, each drawn by their number. */
async function answeredBy(id: string, many: number, answersOf: (at: number) => Record<string, unknown>) {
	const people: Viewer[] = [];
	for (let at = 0; at < many; at += 1) {
		const person = await aPerson(db);
		await answerSurvey(db, person, id, sheet(answersOf(at)));
		people.push(person);
	}
	return people;
}

test('a survey is answered once, and results wait for one’s own answer and for enough others', async () => {
	const { spaceId, author, reader } = await aRoom();
	const id = await aSurvey(db, author, spaceId);
	await expect(answerSurvey(db, reader, id, sheet(whole))).rejects.toThrow('not open yet');
	await changeStatus(db, author, id, 'open');
	await expect(readResults(db, reader, id)).rejects.toThrow('once you have answered');
	await answerSurvey(db, reader, id, sheet(whole));
	await expect(answerSurvey(db, reader, id, sheet({ ...whole, team: 1 }))).rejects.toThrow('already');
	expect(await readResults(db, reader, id)).toMatchObject({ n: 0, releases: 0 });
	await answeredBy(id, 19, (at) => ({ ...whole, team: at % 2, rated: [at % 3, 2] }));
	const results = await readResults(db, reader, id);
	expect(results).toMatchObject({ n: 20, releases: 1 });
	const [team] = results.questions;
	expect(team!.rows[0]!.all!.parts.map(({ count }) => count)).toEqual([11, 9]);
	// All chose the same two tools: to show that would say of each what they chose.
	expect(results.questions[1]!.rows.map(({ all }) => all)).toEqual([null, null, null]);
});

test('of an anonymous survey nothing is kept that leads from a person to an answer', async () => {
	const { spaceId, author } = await aRoom();
	const id = await anOpenSurvey(db, author, spaceId);
	await answeredBy(id, 7, (at) => ({ ...whole, more: `text ${at}` }));
	const answers = await rows<{ person_id: string | null; xmin: string; id: string; more: string }>(
		db,
		sql`select person_id, xmin::text, id, answers ->> 'more' as more from survey_answer where survey_id = ${id} order by ctid`
	);
	expect(answers.map(({ person_id }) => person_id)).toEqual(Array(7).fill(null));
	// All were written by the transaction of the last one, whoever that was: so were those who answered.
	const people = await rows<{ xmin: string }>(
		db,
		sql`select xmin::text from survey_participant where survey_id = ${id}`
	);
	expect(new Set([...answers, ...people].map(({ xmin }) => xmin)).size).toBe(1);
	// Version 4: drawn by lot, not by the clock.
	expect(answers.every((answer) => answer.id[14] === '4')).toBe(true);
	const columns = await rows<{ type: string }>(
		db,
		sql`select data_type as type from information_schema.columns where table_name in ('survey_answer', 'survey_participant', 'survey_draft')`
	);
	expect(columns.filter(({ type }) => /time|date/.test(type))).toEqual([]);
});

test('where answers lie says nothing of when they came', async () => {
	const { spaceId, author } = await aRoom();
	let inOrder = 0;
	for (let round = 0; round < 4; round += 1) {
		const id = await anOpenSurvey(db, author, spaceId);
		await answeredBy(id, 8, (at) => ({ ...whole, more: String(at) }));
		const places = await rows<{ more: string }>(
			db,
			sql`select answers ->> 'more' as more from survey_answer where survey_id = ${id} order by ctid`
		);
		if (places.map(({ more }) => more).join('') === '01234567') inOrder += 1;
	}
	// By chance once in 40,320 surveys.
	expect(inOrder).toBeLessThan(2);
});

test('by name, who answered is known to the survey; the choice is fixed by the first answer', async () => {
	const { spaceId, author, reader } = await aRoom();
	const id = await anOpenSurvey(db, author, spaceId, { anonymous: false });
	await answerSurvey(db, reader, id, sheet(whole));
	const [answer] = await rows<{ person_id: string }>(
		db,
		sql`select person_id from survey_answer where survey_id = ${id}`
	);
	expect(answer!.person_id).toBe(reader.id);
	const {
		id: _,
		spaceId: __,
		answered: ___,
		translations: ____,
		closesOn: _____,
		...now
	} = await surveyToEdit(db, author, id);
	await expect(editSurvey(db, author, id, parse(surveyEdit, { ...now, anonymous: true }))).rejects.toMatchObject({
		fields: { anonymous: expect.stringContaining('stays') }
	});
});

test('an anonymous survey stays so, its words can be put right, and what is asked stays', async () => {
	const { spaceId, author, reader } = await aRoom();
	const id = await anOpenSurvey(db, author, spaceId);
	const {
		id: _,
		spaceId: __,
		answered: ___,
		translations: ____,
		closesOn: _____,
		...now
	} = await surveyToEdit(db, author, id);
	const edit = (more: Record<string, unknown>) => editSurvey(db, author, id, parse(surveyEdit, { ...now, ...more }));
	await answerSurvey(db, reader, id, sheet(whole));
	await expect(edit({ anonymous: false })).rejects.toMatchObject({ fields: { anonymous: expect.anything() } });
	await expect(edit({ questions: surveyQuestions.slice(1) })).rejects.toMatchObject({
		fields: { questions: expect.anything() }
	});
	await edit({ minCell: 6, releaseEvery: 24 });
	await expect(edit({ version: 2, minCell: 5 })).rejects.toMatchObject({ fields: { minCell: expect.anything() } });
	const [first, ...others] = surveyQuestions;
	const renamed = [{ ...first, label: 'Which team are you in?' }, ...others];
	expect(await edit({ version: 2, minCell: 6, releaseEvery: 24, questions: renamed })).toBe(3);
	// Somebody had the old words before them: their answer counts.
	await answerSurvey(db, await aPerson(db), id, sheet(whole));
	expect((await surveyToAnswer(db, author, id)).questions[0]!.label).toBe('Which team are you in?');
});

test('answers that cannot be are refused, each at its field, and nothing is kept of them', async () => {
	const { spaceId, author, reader } = await aRoom();
	const id = await anOpenSurvey(db, author, spaceId);
	const wrong: [Record<string, unknown>, string][] = [
		[{ ...whole, team: 7 }, 'a.team'],
		[{ ...whole, team: -1 }, 'a.team'],
		[{ ...whole, team: { toString: 'x' } }, 'a.team'],
		[{ ...whole, team: '__proto__' }, 'a.team'],
		[{ ...whole, tools: [0, 9] }, 'a.tools'],
		[{ ...whole, rated: [0, 1, 2] }, 'a.rated'],
		[{ ...whole, rated: [0] }, 'a.rated'],
		[{ ...whole, more: 'x'.repeat(1_000_000) }, 'a.more'],
		[{ ...whole, more: '\u0000' }, 'a.more'],
		[{ ...whole, other: 1 }, 'a.other'],
		[{}, 'a.team']
	];
	for (const [answers, field] of wrong)
		await expect(answerSurvey(db, reader, id, sheet(answers)), field).rejects.toMatchObject({
			fields: { [field]: expect.any(String) }
		});
	await expect(answerSurvey(db, reader, id, sheet(whole, { version: 9 }))).rejects.toThrow('was changed');
	const kept = await rows(
		db,
		sql`select from survey_answer where survey_id = ${id}
		union all select from survey_participant where survey_id = ${id}`
	);
	expect(kept).toEqual([]);
	await changeStatus(db, author, id, 'closed');
	await expect(answerSurvey(db, reader, id, sheet(whole))).rejects.toThrow('closed');
});

test('sent many times at once, an answer counts once', async () => {
	const { spaceId, author, reader } = await aRoom();
	const id = await anOpenSurvey(db, author, spaceId);
	const sent = await Promise.allSettled(Array.from({ length: 6 }, () => answerSurvey(db, reader, id, sheet(whole))));
	expect(sent.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
	expect(await readSurvey(db, author, id)).toMatchObject({ answers: 1 });
});

test('what was begun is kept under a secret alone, and goes when it is sent', async () => {
	const { spaceId, author, reader } = await aRoom();
	const id = await anOpenSurvey(db, author, spaceId);
	const survey = await surveyOf(db, reader, id);
	const resume = await keepUnfinished(db, survey, { answers: { team: 1 }, resume: '' });
	expect(await keepUnfinished(db, survey, { answers: { team: 1, rated: [1] }, resume })).toBe(resume);
	const { values } = await surveyToAnswer(db, reader, id, { resume });
	expect(values).toEqual({ 'a.team': '1', 'a.rated.0': '1' });
	expect((await surveyToAnswer(db, reader, id, { resume: 'other' })).values).toEqual({});
	await answerSurvey(db, reader, id, sheet(whole, { resume }));
	expect(await unfinished(db, id, resume)).toBeUndefined();
});

test('texts are shown once a person has released them, and read only with those of others', async () => {
	const { spaceId, author, reader } = await aRoom();
	const id = await anOpenSurvey(db, author, spaceId);
	await answeredBy(id, 19, (at) => ({ ...whole, team: at % 2, more: `text ${at}` }));
	expect((await textsToRead(db, author, id)).questions[0]!.texts).toEqual([]);
	await answerSurvey(db, reader, id, sheet(whole));
	expect((await textsToRead(db, author, id)).questions[0]!.texts).toHaveLength(20);
	await expect(textsToRead(db, reader, id)).rejects.toMatchObject({ kind: 'forbidden' });
	await releaseText(db, author, id, { question: 'more', text: 'More time.' });
	const results = await readResults(db, reader, id);
	expect(results.questions.find(({ key }) => key === 'more')!.said).toEqual(['More time.']);
	await expect(releaseText(db, author, id, { question: 'more', text: 'More time.' })).rejects.toThrow('already');
});

test('what is left comes in when a survey closes, and then all may see it', async () => {
	const { spaceId, author, reader } = await aRoom();
	const id = await anOpenSurvey(db, author, spaceId);
	await answeredBy(id, 26, (at) => ({ ...whole, team: at % 2 }));
	await expect(readResults(db, reader, id)).rejects.toMatchObject({ kind: 'forbidden' });
	await changeStatus(db, author, id, 'closed');
	const results = await readResults(db, reader, id);
	// Six more came in, but three in each team are too few to tell: that table stays as it was.
	expect(results).toMatchObject({ n: 26, releases: 2 });
	expect(results.questions[0]!.rows[0]!.all!.n).toBe(20);
});

test('every version of the results stays to be seen, as it stood', async () => {
	const { spaceId, author } = await aRoom();
	const id = await anOpenSurvey(db, author, spaceId);
	await answeredBy(id, 20, (at) => ({ ...whole, team: at % 2 }));
	const first = await readResults(db, (await answeredBy(id, 1, () => whole))[0]!, id);
	await answeredBy(id, 19, (at) => ({ ...whole, team: at % 4 === 0 ? 0 : 1 }));
	await changeStatus(db, author, id, 'closed');
	const now = await readResults(db, author, id);
	expect(now.versions.map(({ number, n }) => [number, n])).toEqual([
		[1, 20],
		[2, 40]
	]);
	const then = await readResults(db, author, id, { release: 1 });
	expect(then.questions).toEqual(first.questions);
	expect(then).toMatchObject({ n: 20, releases: 1 });
	expect(then.questions).not.toEqual(now.questions);
	await expect(readResults(db, author, id, { release: 3 })).rejects.toMatchObject({
		fields: { release: expect.anything() }
	});
});

test('learning in the workplace stands ready; another edition asks the same', async () => {
	const { spaceId, author } = await aRoom();
	const id = await makeWorkplaceSurvey(db, author, { spaceId, edition: '2030' });
	const next = await beginEdition(db, author, id, { edition: '2031' });
	expect(await readSurvey(db, author, next)).toMatchObject({
		...{ edition: '2031', asks: 8, minutes: 2, anonymous: true, status: 'preparing' },
		editions: [{ id, edition: '2030' }]
	});
	await expect(
		beginEdition(db, await aPerson(db, { spaces: [spaceId] }), id, { edition: '2032' })
	).rejects.toMatchObject({
		kind: 'forbidden'
	});
	const [one, other] = [await surveyToEdit(db, author, id), await surveyToEdit(db, author, next)];
	expect(other.questions).toEqual(one.questions);
});

test('in another language the words change and the answers do not', async () => {
	const { spaceId, author, reader } = await aRoom();
	const id = await anOpenSurvey(db, author, spaceId);
	await translateSurvey(db, author, id, 'de', { words: { 'team.label': 'Welches Team?', 'team.options.1': 'Lager' } });
	const { questions, languages } = await surveyToAnswer(db, reader, id, { language: 'de' });
	expect(languages).toEqual(['en', 'de']);
	expect(questions[0]).toMatchObject({ label: 'Welches Team?', options: ['Shop', 'Lager'] });
	await expect(translateSurvey(db, author, id, 'de', { words: { 'x.label': 'X' } })).rejects.toMatchObject({
		kind: 'invalid'
	});
	await expect(translateSurvey(db, reader, id, 'de', { words: {} })).rejects.toMatchObject({ kind: 'forbidden' });
});

test.each([
	['two questions of one key', [{ ...surveyQuestions[0] }, { ...surveyQuestions[0] }], 'questions.1.key'],
	['one option', [{ ...surveyQuestions[0], options: ['A'] }], 'questions.0.options'],
	[
		'a condition on what comes later',
		[{ ...surveyQuestions[0], showIf: { key: 'x', options: [0] } }],
		'questions.0.showIf'
	],
	['a number without bands', [{ key: 'n', type: 'number', label: 'N' }], 'questions.0.bands'],
	[
		'hours of questions',
		Array.from({ length: 30 }, (_, at) => ({ key: `t${at}`, type: 'text', label: 'T' })),
		'questions'
	]
])('a survey cannot have %s', (_, questions, field) => {
	const about = { spaceId: '0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77', title: 'T', questions };
	expect(() => parse(newSurvey, about)).toThrow(
		expect.objectContaining({ fields: expect.objectContaining({ [field]: expect.any(String) }) }) as Error
	);
});
