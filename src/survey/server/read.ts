import { allow } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { linePage, presentLine, type ItemFilter, type LineRow } from '#src/core/items/server/list.ts';
import { readItem } from '#src/core/items/server/post.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { valuesOfAnswers } from '../answers.ts';
import { inLanguage, minutesOf, type SurveyContent, type SurveyStatus } from '../survey.ts';
import type { SurveyRow, SurveyToAnswer, SurveyToEdit, SurveyView } from '../views.ts';
import { hasAnswered } from './answer.ts';
import { unfinished } from './drafts.ts';
import { expectOpen } from './expect.ts';
import { surveyOf, type SurveyRecord } from './record.ts';
import { canKeep, KEEPERS } from './write.ts';

/** A survey with its comments. @throws Failure not_found */
export async function readSurvey(db: Db, viewer: Viewer, id: string): Promise<SurveyView> {
	const { provenance: _, ...item } = await readItem(db, viewer, id, 'survey');
	const survey = await surveyOf(db, viewer, id);
	const answered = await hasAnswered(db, viewer, id);
	const keeps = canKeep(viewer, survey);
	const counted = await row<{ answers: number; linked: boolean }>(
		db,
		sql`select (select count(*)::int from survey_answer where survey_id = ${id}) as answers, link_hash is not null as linked
			from survey where item_id = ${id}`
	);
	const status = survey.over && survey.status === 'open' ? 'closed' : survey.status;
	return {
		...item,
		...{ status, anonymous: survey.anonymous, minCell: survey.min_cell, releaseEvery: survey.release_every },
		...{ closesOn: survey.closes_on, edition: survey.edition, ...languagesOf(survey) },
		...{ minutes: minutesOf(survey.content), asks: asks(survey.content), answered },
		...{ canSeeResults: answered || status === 'closed', canKeep: keeps },
		...{ answers: keeps ? counted!.answers : null, hasLink: keeps && counted!.linked },
		editions: await editionsOf(db, viewer, survey)
	};
}

const asks = ({ questions }: SurveyContent) => questions.filter(({ type }) => type !== 'section').length;
const languagesOf = ({ language, content }: SurveyRecord) => ({
	language,
	languages: [language, ...Object.keys(content.translations).filter((each) => each !== language)]
});

/** Other editions of the same survey, as far as the viewer may read them. */
async function editionsOf(
	db: Db,
	viewer: Viewer,
	{ item_id, first_id }: SurveyRecord
): Promise<SurveyView['editions']> {
	const first = first_id ?? item_id;
	return rows(
		db,
		sql`select i.id, v.edition, i.title from survey v join item i on i.id = v.item_id
			where (v.item_id = ${first} or v.first_id = ${first}) and v.item_id <> ${item_id} and i.state = 'open'
				and ${visibleItems(viewer, 'i')} order by i.id desc`
	);
}

interface Line extends LineRow {
	status: SurveyStatus;
	edition: string;
	content: SurveyContent;
	answered: boolean;
}

/** Surveys the viewer may read, the liveliest first. */
export const listSurveys = (db: Db, viewer: Viewer, filter: ItemFilter) =>
	linePage<Line, SurveyRow>(
		db,
		viewer,
		filter,
		{
			columns: sql`case when v.status = 'open' and v.closes_on < current_date then 'closed' else v.status end as status,
				v.edition, c.content, exists (select from survey_participant a
					where a.survey_id = i.id and a.person_id = ${viewer.id}) as answered`,
			join: sql`join survey v on v.item_id = i.id join survey_version c on c.survey_id = v.item_id and c.version = v.version`
		},
		(line) => ({
			...presentLine(viewer, line),
			...{ status: line.status, edition: line.edition, minutes: minutesOf(line.content), answered: line.answered }
		})
	);

/** The form to answer, in a language it has, with what was kept under a secret. @throws Failure conflict unless it is open */
export async function surveyToAnswer(
	db: Db,
	viewer: Viewer,
	id: string,
	wanted: { language?: string; resume?: string } = {}
): Promise<SurveyToAnswer> {
	return answerForm(db, await surveyOf(db, viewer, id), wanted);
}

/** The same for a survey that may be answered, decided before. */
export async function answerForm(
	db: Db,
	survey: SurveyRecord,
	{ language = survey.language, resume = '' }: { language?: string; resume?: string }
): Promise<SurveyToAnswer> {
	expectOpen(survey);
	const kept = await unfinished(db, survey.item_id, resume);
	const intro = await row<{ body_html: string }>(db, sql`select body_html from item where id = ${survey.item_id}`);
	const questions = inLanguage(survey.content, language);
	return {
		...{ id: survey.item_id, title: survey.title, introHtml: intro!.body_html, anonymous: survey.anonymous },
		...{ version: survey.version, minutes: minutesOf(survey.content), ...languagesOf(survey), questions },
		language,
		...{ values: kept ? valuesOfAnswers(questions, kept) : {}, resume: kept ? resume : '' }
	};
}

/** A survey as its form begins. @throws Failure forbidden for who does not look after it */
export async function surveyToEdit(db: Db, viewer: Viewer, id: string): Promise<SurveyToEdit> {
	const survey = await surveyOf(db, viewer, id);
	allow(canKeep(viewer, survey), KEEPERS);
	const text = await row<{ body_md: string; tags: string[]; version: number }>(
		db,
		sql`select body_md, tags, version from item where id = ${id}`
	);
	return {
		...{ id, spaceId: survey.space_id, title: survey.title, bodyMd: text!.body_md, tags: text!.tags },
		...{ version: text!.version, anonymous: survey.anonymous, minCell: survey.min_cell },
		...{ releaseEvery: survey.release_every, language: survey.language, closesOn: survey.closes_on },
		...{ edition: survey.edition, answered: survey.answered, ...survey.content }
	};
}
