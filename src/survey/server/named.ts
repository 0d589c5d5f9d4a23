import { allow } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { decodeCursor, toPage, type Paging } from '#src/core/api/server/page.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict } from '#src/platform/server/errors.ts';
import { columnsOf, inWords } from '../export/columns.ts';
import type { NamedAnswers } from '../export/rows.ts';
import type { Answers } from '../survey.ts';
import type { NamedView } from '../views.ts';
import { surveyOf, type SurveyRecord } from './record.ts';
import { canKeep, KEEPERS } from './write.ts';

/**
 * A survey whose answers have names, for those who look after it.
 * @throws Failure conflict where it is anonymous: then there is no such thing
 */
export async function namedSurvey(db: Db, viewer: Viewer, id: string): Promise<SurveyRecord> {
	const survey = await surveyOf(db, viewer, id);
	allow(canKeep(viewer, survey), KEEPERS);
	if (survey.anonymous)
		throw conflict('This survey is anonymous: its answers are shown to nobody, only its results, which count them.');
	return survey;
}

/** Who answered what, a page of people. */
export async function readNamed(db: Db, viewer: Viewer, id: string, paging: Paging): Promise<NamedView> {
	const survey = await namedSurvey(db, viewer, id);
	const [after] = decodeCursor(paging.cursor, 'id') ?? [];
	const columns = columnsOf(survey.content.questions);
	const found = await answersOf(db, id, { after, limit: paging.limit + 1 });
	const { items, next } = toPage(found, paging.limit, ({ person }) => [person.id]);
	return {
		survey: { id, title: survey.title, edition: survey.edition },
		items: items.map(({ person, answers }) => ({
			person,
			answers: columns.flatMap((column) => {
				const words = inWords(column, answers);
				return words ? [{ name: column.name, label: column.label, words }] : [];
			})
		})),
		next
	};
}

/** Answers with who gave them, in the order of their ids. */
export async function answersOf(
	db: Db,
	id: string,
	{ after, limit }: { after?: string; limit?: number } = {}
): Promise<NamedAnswers[]> {
	const found = await rows<{ id: string; name: string; answers: Answers }>(
		db,
		sql`select p.id, p.name, a.answers from survey_answer a join person p on p.id = a.person_id
			where a.survey_id = ${id} and ${after ? sql`p.id > ${after}` : sql`true`}
			order by p.id limit ${limit ?? null}`
	);
	return found.map(({ id, name, answers }) => ({ person: { id, name }, answers }));
}
