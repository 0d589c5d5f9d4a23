import { createHash } from 'node:crypto';
import { countAttempt } from '#src/core/people/server/throttle.ts';
import { allow } from '#src/core/access/server/policy.ts';
import { type Db } from '#src/platform/server/db.ts';
import { hashSecret } from '#src/platform/server/secrets.ts';
import type { LinkedSheet, ResultsFilter } from '../input.ts';
import type { ResultsView, SurveyToAnswer } from '../views.ts';
import { expectAnswers } from './expect.ts';
import { keepAnswer } from './keep.ts';
import { answerForm } from './read.ts';
import { linkedSurvey, type SurveyRecord } from './record.ts';
import { resultsOf } from './results.ts';

/** From one address: an office may sit behind it. */
const HOURLY = { attempts: 30, minutes: 60 };

/** The survey a link leads to. @throws Failure not_found */
export const surveyByLink = (db: Db, secret: string): Promise<SurveyRecord> => linkedSurvey(db, hashSecret(secret));

/** The form that somebody with the link answers. */
export const sheetByLink = async (
	db: Db,
	secret: string,
	wanted: { language?: string; resume?: string }
): Promise<SurveyToAnswer> => answerForm(db, await surveyByLink(db, secret), wanted);

/**
 * Answers a survey by its link: so often from one address, and each form once.
 * @param from the address it comes from: counted as a hash, and kept with no answer
 * @returns the survey's id
 * @throws Failure too_many, and as `answerSurvey`
 */
export async function answerByLink(
	db: Db,
	secret: string,
	{ submission, ...sheet }: LinkedSheet,
	from: string
): Promise<string> {
	const survey = await surveyByLink(db, secret);
	const { item_id } = survey;
	await countAttempt(db, `survey:${hashSecret(`${item_id} ${from}`)}`, HOURLY);
	await expectAnswers(db, survey, sheet);
	await keepAnswer(db, item_id, {
		...{ sheet, personId: null, id: idOf(item_id, submission), linkHash: hashSecret(secret) }
	});
	return item_id;
}

/** An id that the same form has again, and that says nothing to who does not have the form. */
function idOf(surveyId: string, submission: string): string {
	const hex = createHash('sha256').update(`${surveyId} ${submission}`).digest('hex');
	return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
}

/** The results, for who answered by the link, or after it is closed. */
export async function resultsByLink(
	db: Db,
	secret: string,
	{ answered, ...filter }: ResultsFilter & { answered: boolean }
): Promise<ResultsView> {
	const survey = await surveyByLink(db, secret);
	allow(
		answered || survey.over || survey.status === 'closed',
		'You see the results so far once you have answered yourself.'
	);
	return resultsOf(db, survey, { ...filter, canKeep: false });
}
