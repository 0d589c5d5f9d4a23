import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { advance } from '../release/advance.ts';
import type { Answers } from '../survey.ts';
import { heldOf, type SurveyRecord } from './record.ts';

/** A release brings this part of what is shown already, at least: so large surveys have few of them. */
const PART = 0.05;

/**
 * Lets the answers that wait into the results once there are enough of them; when a survey
 * closes, also fewer, though never fewer than the smallest figure.
 * @param tx the transaction that holds the survey locked
 */
export async function releaseIfDue(tx: Db, survey: SurveyRecord, { closing = false } = {}): Promise<void> {
	const id = survey.item_id;
	const now = (await row<{ waiting: number; shown: number; last: number }>(
		tx,
		sql`select (select count(*)::int from survey_answer where survey_id = ${id} and release is null) as waiting,
			(select coalesce(sum(answers), 0)::int from survey_release where survey_id = ${id}) as shown,
			(select coalesce(max(number), 0)::int from survey_release where survey_id = ${id}) as last`
	))!;
	const wanted = closing ? survey.min_cell : Math.max(survey.release_every, Math.ceil(now.shown * PART));
	if (now.waiting < wanted) return;
	const waiting = await rows<{ answers: Answers }>(
		tx,
		sql`select answers from survey_answer where survey_id = ${id} and release is null`
	);
	const answers = waiting.map((one) => one.answers);
	const { figures, held } = advance(survey.content.questions, await heldOf(tx, id), answers, survey.min_cell);
	await tx.execute(sql`insert into survey_release (survey_id, number, answers, figures)
		values (${id}, ${now.last + 1}, ${waiting.length}, ${JSON.stringify(figures)}::text::jsonb)`);
	await tx.execute(sql`update survey set held = ${JSON.stringify(held)}::text::jsonb where item_id = ${id}`);
	await tx.execute(sql`update survey_answer set release = ${now.last + 1} where survey_id = ${id} and release is null`);
	await tx.execute(sql`update survey_participant set settled = true where survey_id = ${id} and not settled`);
}
