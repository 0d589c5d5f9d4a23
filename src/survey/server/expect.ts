import { row, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid } from '#src/platform/server/errors.ts';
import { readAnswers } from '../answers.ts';
import type { AnswerSheet } from '../input.ts';
import { sameStructure } from '../structure.ts';
import type { Answers, SurveyContent } from '../survey.ts';
import type { SurveyRecord } from './record.ts';

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
