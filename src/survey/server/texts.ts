import { createHash, randomUUID } from 'node:crypto';
import { allow } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid } from '#src/platform/server/errors.ts';
import { lockSurvey, surveyOf } from './record.ts';
import { canKeep, KEEPERS } from './write.ts';

export interface TextsToRead {
	survey: { id: string; title: string };
	questions: { key: string; label: string; texts: string[] }[];
}

/**
 * What was said in own words, for who looks after the survey: only of answers that came into
 * the results with others, each apart from all else that was answered, in an order of its own.
 */
export async function textsToRead(db: Db, viewer: Viewer, id: string): Promise<TextsToRead> {
	const survey = await surveyOf(db, viewer, id);
	allow(canKeep(viewer, survey), KEEPERS);
	const asked = survey.content.questions.filter(({ type }) => type === 'text');
	const questions = asked.map(async ({ key, label }) => {
		const found = await rows<{ text: string }>(
			db,
			sql`select a.answers ->> ${key} as text from survey_answer a
				where a.survey_id = ${id} and a.release is not null and a.answers ? ${key}`
		);
		return { key, label, texts: inNoOrder(found.map(({ text }) => text)).slice(0, 2000) };
	});
	return { survey: { id, title: survey.title }, questions: await Promise.all(questions) };
}

/** By a hash of each text: an order that says nothing of when it was written or by whom. */
function inNoOrder(texts: string[]): string[] {
	const hash = (text: string) => createHash('sha256').update(text).digest('hex');
	return texts
		.map((text) => ({ text, at: hash(text) }))
		.sort((a, b) => (a.at < b.at ? -1 : 1))
		.map(({ text }) => text);
}

/** Shows a text with the results, as whoever read it leaves it: names and places can be taken out. */
export async function releaseText(
	db: Db,
	viewer: Viewer,
	id: string,
	{ question, text }: { question: string; text: string }
): Promise<void> {
	await db.transaction(async (tx) => {
		const survey = await lockSurvey(tx, viewer, id);
		allow(canKeep(viewer, survey), KEEPERS);
		if (!survey.content.questions.some(({ key, type }) => key === question && type === 'text'))
			throw invalid({ question: 'is none that is answered in own words' });
		const known = await row(
			tx,
			sql`select from survey_said where survey_id = ${id} and question = ${question} and text = ${text}`
		);
		if (known) throw conflict('This text is released already.');
		await tx.execute(sql`insert into survey_said (id, survey_id, question, text)
			values (${randomUUID()}, ${id}, ${question}, ${text})`);
	});
}
