import { allow } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import type { AnswerSheet } from '../input.ts';
import { expectAnswers } from './expect.ts';
import { keepAnswer } from './keep.ts';
import { surveyOf, type SurveyRecord } from './record.ts';

/**
 * Answers a survey: once, and for good where it is anonymous.
 * @throws Failure invalid with the fields `a.<question>`; conflict for a second answer, a
 * survey that is not open, or one that asks something else by now
 */
export async function answerSurvey(db: Db, viewer: Viewer, id: string, sheet: AnswerSheet): Promise<void> {
	const survey = await surveyOf(db, viewer, id);
	await expectAnswers(db, survey, sheet);
	await keepAnswer(db, survey.item_id, { sheet, personId: viewer.id });
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
