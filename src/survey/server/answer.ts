import { randomUUID } from 'node:crypto';
import { allow } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid } from '#src/platform/server/errors.ts';
import { hashSecret } from '#src/platform/server/secrets.ts';
import { readAnswers } from '../answers.ts';
import type { AnswerSheet } from '../input.ts';
import { sameStructure } from '../structure.ts';
import type { Answers, SurveyContent } from '../survey.ts';
import { lockSurvey, type SurveyRecord } from './record.ts';
import { releaseIfDue } from './release.ts';

/** So many of those who wait are written anew with each answer. */
const MIXED = 100;

/**
 * Answers a survey: once, and for good where it is anonymous.
 * @throws Failure invalid with the fields `a.<question>`; conflict for a second answer, a
 * survey that is not open, or one that asks something else by now
 */
export async function answerSurvey(db: Db, viewer: Viewer, id: string, sheet: AnswerSheet): Promise<void> {
	await db.transaction(async (tx) => {
		const survey = await lockSurvey(tx, viewer, id);
		const answers = await expectAnswers(tx, survey, sheet);
		const first = await row(
			tx,
			sql`insert into survey_participant (survey_id, person_id) values (${survey.item_id}, ${viewer.id})
				on conflict do nothing returning survey_id`
		);
		if (!first) throw conflict('You have answered this survey already. Your first answer counts.', { answered: true });
		if (survey.anonymous) await mixParticipants(tx, survey.item_id, viewer.id);
		await keepAnswer(tx, survey, { sheet, answers, personId: survey.anonymous ? null : viewer.id });
	});
}

/** The answers of a sheet, where the survey takes them now. */
export async function expectAnswers(
	tx: Db,
	survey: SurveyRecord,
	{ version, answers: given }: AnswerSheet
): Promise<Answers> {
	expectOpen(survey);
	if (version !== survey.version) await expectSame(tx, survey, version);
	const { answers, errors } = readAnswers(survey.content.questions, given);
	if (Object.keys(errors).length > 0) throw invalid(errors, 'Something is missing, or not right yet.');
	return answers;
}

/** @throws Failure conflict unless it takes answers */
export function expectOpen({ status, over }: Pick<SurveyRecord, 'status' | 'over'>): void {
	if (status === 'preparing') throw conflict('This survey is not open yet.');
	if (status === 'closed' || over) throw conflict('This survey is closed. It takes no more answers.');
}

/** Words may have changed while somebody answered; what is asked may not. */
async function expectSame(tx: Db, survey: SurveyRecord, version: number): Promise<void> {
	const shown = await row<{ content: SurveyContent }>(
		tx,
		sql`select content from survey_version where survey_id = ${survey.item_id} and version = ${version}`
	);
	if (!shown || !sameStructure(shown.content.questions, survey.content.questions))
		throw conflict('What is asked was changed while you answered. Look at it again; what you chose is still here.');
}

/** Keeps an answer, and lets it into the results with others once there are enough. */
export async function keepAnswer(
	tx: Db,
	survey: SurveyRecord,
	{
		sheet,
		answers,
		personId,
		id = randomUUID()
	}: { sheet: AnswerSheet; answers: Answers; personId: string | null; id?: string }
): Promise<void> {
	const surveyId = survey.item_id;
	const kept = await row(
		tx,
		sql`insert into survey_answer (id, survey_id, version, person_id, answers)
			values (${id}, ${surveyId}, ${sheet.version}, ${personId}, ${JSON.stringify(answers)}::text::jsonb)
			on conflict (id) do nothing returning id`
	);
	// The same form once more.
	if (!kept) return;
	if (sheet.resume) await tx.execute(sql`delete from survey_draft where token_hash = ${hashSecret(sheet.resume)}`);
	if (survey.anonymous) await mixAnswers(tx, surveyId, id);
	await releaseIfDue(tx, survey);
}

/**
 * Writes the answers that wait anew, in an order drawn by lot: their places in the file and
 * the number of their transaction are those of others, too.
 */
async function mixAnswers(tx: Db, surveyId: string, id: string): Promise<void> {
	await tx.execute(sql`with mixed as (
			delete from survey_answer where survey_id = ${surveyId} and (id = ${id} or id in (
				select id from survey_answer where survey_id = ${surveyId} and release is null order by random() limit ${MIXED}))
			returning *
		)
		insert into survey_answer (id, survey_id, version, answers)
		select id, survey_id, version, answers from mixed order by random()`);
}

/** The same with who has answered. */
async function mixParticipants(tx: Db, surveyId: string, personId: string): Promise<void> {
	await tx.execute(sql`with mixed as (
			delete from survey_participant where survey_id = ${surveyId} and (person_id = ${personId} or person_id in (
				select person_id from survey_participant where survey_id = ${surveyId} and not settled order by random() limit ${MIXED}))
			returning *
		)
		insert into survey_participant (survey_id, person_id, settled)
		select survey_id, person_id, settled from mixed order by random()`);
}

/** Whether somebody has answered. */
export async function hasAnswered(db: Db, viewer: Viewer, surveyId: string): Promise<boolean> {
	const found = await row(
		db,
		sql`select from survey_participant where survey_id = ${surveyId} and person_id = ${viewer.id}`
	);
	return Boolean(found);
}

/** Results are for those who gave their own, and for all once nobody can any more. */
export async function expectResults(db: Db, viewer: Viewer, survey: SurveyRecord): Promise<void> {
	const open = survey.status === 'closed' || survey.over || (await hasAnswered(db, viewer, survey.item_id));
	allow(open, 'You see the results so far once you have answered yourself.');
}
