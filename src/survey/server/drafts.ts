import { row, sql, type Db } from '#src/platform/server/db.ts';
import { invalid, tooMany } from '#src/platform/server/errors.ts';
import { hashSecret, newSecret } from '#src/platform/server/secrets.ts';
import { readAnswers } from '../answers.ts';
import type { Answers } from '../survey.ts';
import { expectOpen } from './expect.ts';
import type { SurveyRecord } from './record.ts';

/** So many unfinished answers one survey keeps: what is begun and never sent has no end of its own. */
const MOST = 20_000;

/**
 * Keeps what was answered so far, to go on with later. Nothing says whose it is: only the
 * secret leads to it, and only the answerer has that.
 * @returns the secret, the same one where it was kept before
 */
export async function keepUnfinished(
	db: Db,
	survey: SurveyRecord,
	{ answers: given, resume }: { answers: Record<string, unknown>; resume: string }
): Promise<string> {
	expectOpen(survey);
	const { answers, errors } = readAnswers(survey.content.questions, given, { partial: true });
	if (Object.keys(errors).length > 0) throw invalid(errors, 'Something cannot be kept as it is.');
	const kept = JSON.stringify(answers);
	const known = resume
		? await row(
				db,
				sql`update survey_draft set answers = ${kept}::text::jsonb
					where token_hash = ${hashSecret(resume)} and survey_id = ${survey.item_id} returning survey_id`
			)
		: undefined;
	if (known) return resume;
	const secret = newSecret();
	const made = await row(
		db,
		sql`insert into survey_draft (token_hash, survey_id, answers)
			select ${hashSecret(secret)}, ${survey.item_id}, ${kept}::text::jsonb
			where (select count(*) from survey_draft where survey_id = ${survey.item_id}) < ${MOST} returning survey_id`
	);
	if (!made) throw tooMany('Too many unfinished answers are kept already. Please send yours at once.', 3600);
	return secret;
}

/** What was kept under a secret; undefined where nothing was, or is no more. */
export async function unfinished(db: Db, surveyId: string, secret: string): Promise<Answers | undefined> {
	if (!secret || secret.length > 60) return undefined;
	const found = await row<{ answers: Answers }>(
		db,
		sql`select answers from survey_draft where token_hash = ${hashSecret(secret)} and survey_id = ${surveyId}`
	);
	return found?.answers;
}
