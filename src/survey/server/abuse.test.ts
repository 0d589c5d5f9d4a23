import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { parse } from '#src/platform/server/parse.ts';
import { row, sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { aLinkedSurvey, anOpenSurvey } from '#src/testing/surveys.ts';
import { answerSheet, linkedSheet } from '../input.ts';
import { answerSurvey } from './answer.ts';
import { keepUnfinished, unfinished } from './drafts.ts';
import { answerByLink } from './linked.ts';
import { surveyOf } from './record.ts';
import { changeStatus, endLink } from './write.ts';

const { db } = await testDatabase();
const spaceId = await aSpace(db);
const author = await aPerson(db, { spaces: [spaceId] });
const whole = { team: 0, rated: [0, 2] };
const sheet = (answers: Record<string, unknown> = whole) => parse(answerSheet, { version: 1, answers });
const linked = (submission: string = randomUUID(), answers: Record<string, unknown> = whole) =>
	parse(linkedSheet, { version: 1, submission, answers });
const counts = (id: string) =>
	row<{ answers: number; people: number }>(
		db,
		sql`select (select count(*)::int from survey_answer where survey_id = ${id}) as answers,
			(select count(*)::int from survey_participant where survey_id = ${id}) as people`
	);
const said = (results: PromiseSettledResult<unknown>[]) =>
	results.map((one) => (one.status === 'fulfilled' ? 'kept' : (one.reason as { kind: string }).kind));

test('many people at once, some of them often and some wrongly: each answer counts once, and nobody’s is lost', async () => {
	const id = await anOpenSurvey(db, author, spaceId);
	const people = await Promise.all(Array.from({ length: 30 }, () => aPerson(db)));
	const given = people.flatMap((person, at) => [
		answerSurvey(db, person, id, sheet(at % 10 === 0 ? { ...whole, team: 9 } : whole)),
		...(at % 3 === 1 ? [answerSurvey(db, person, id, sheet())] : [])
	]);
	const outcomes = said(await Promise.allSettled(given));
	// One who answered wrongly first was right the second time.
	expect(outcomes.filter((one) => one === 'kept')).toHaveLength(28);
	expect(outcomes.filter((one) => one === 'invalid')).toHaveLength(3);
	expect(outcomes.filter((one) => one === 'conflict')).toHaveLength(9);
	expect(await counts(id)).toEqual({ answers: 28, people: 28 });
});

test('by a link, a form sent again or recorded and replayed is no second answer', async () => {
	const { surveys: id, surveyLink } = await aLinkedSurvey(db, author, spaceId);
	const form = randomUUID();
	await Promise.all(Array.from({ length: 5 }, () => answerByLink(db, surveyLink, linked(form), 'here')));
	await answerByLink(db, surveyLink, linked(form, { team: 1, rated: [1, 1] }), 'elsewhere');
	expect(await counts(id)).toEqual({ answers: 1, people: 0 });
	const kept = await row<{ answers: unknown }>(db, sql`select answers from survey_answer where survey_id = ${id}`);
	expect(kept!.answers).toEqual(whole);
});

test('who stuffs a ballot by a link is stopped at thirty an hour, and others are not', async () => {
	const { surveys: id, surveyLink } = await aLinkedSurvey(db, author, spaceId);
	const sent = await Promise.allSettled(
		Array.from({ length: 40 }, () => answerByLink(db, surveyLink, linked(), 'one address'))
	);
	expect(said(sent).filter((one) => one === 'kept')).toHaveLength(30);
	expect(said(sent).filter((one) => one === 'too_many')).toHaveLength(10);
	await answerByLink(db, surveyLink, linked(), 'another address');
	expect(await counts(id)).toEqual({ answers: 31, people: 0 });
});

test('a survey that closes or a link that ends while somebody answers says so, and keeps what was begun', async () => {
	const { surveys: id, surveyLink } = await aLinkedSurvey(db, author, spaceId);
	const resume = await keepUnfinished(db, await surveyOf(db, author, id), { answers: { team: 1 }, resume: '' });
	await endLink(db, author, id);
	await expect(answerByLink(db, surveyLink, linked(), 'here')).rejects.toMatchObject({ kind: 'not_found' });
	await changeStatus(db, author, id, 'closed');
	const late = answerSurvey(db, author, id, parse(answerSheet, { version: 1, answers: whole, resume }));
	await expect(late).rejects.toThrow('It takes no more answers');
	expect(await unfinished(db, id, resume)).toEqual({ team: 1 });
});
