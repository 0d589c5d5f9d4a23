import type { Viewer } from '#src/core/access/server/viewer.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';
import { invalid } from '#src/platform/server/errors.ts';
import { together, type Figures } from '../release/advance.ts';
import { largestChange, showQuestions } from '../release/show.ts';
import { inLanguage } from '../survey.ts';
import type { ResultsFilter } from '../input.ts';
import type { ResultsView } from '../views.ts';
import { expectResults } from './answer.ts';
import { surveyOf, type SurveyRecord } from './record.ts';
import { canKeep } from './write.ts';

interface ReleaseRow {
	answers: number;
	figures: Figures;
	released_on: string;
}

/**
 * The results as they were last released.
 * @param filter by the key of a question about the person, and as they stood at a release
 * @throws Failure forbidden for who has not answered while it is open
 */
export async function readResults(
	db: Db,
	viewer: Viewer,
	id: string,
	filter: ResultsFilter = {}
): Promise<ResultsView> {
	const survey = await surveyOf(db, viewer, id);
	await expectResults(db, viewer, survey);
	return resultsOf(db, survey, { ...filter, canKeep: canKeep(viewer, survey) });
}

/** The same for whoever may see them, decided before. */
export async function resultsOf(
	db: Db,
	survey: SurveyRecord,
	{ by, release, canKeep }: ResultsFilter & { canKeep: boolean }
): Promise<ResultsView> {
	const { questions } = survey.content;
	const segments = questions.filter(({ about }) => about).map(({ key, label }) => ({ key, label }));
	if (by && !segments.some(({ key }) => key === by)) throw invalid({ by: 'is no question about the person' });
	const all = await rows<ReleaseRow>(
		db,
		sql`select answers, figures, released_on::text from survey_release where survey_id = ${survey.item_id} order by number`
	);
	if (release && release > all.length) throw invalid({ release: 'is none that there was' });
	const releases = all.slice(0, release);
	const figures = together(releases.map((one) => one.figures));
	const before = together(releases.slice(0, -1).map((one) => one.figures));
	return {
		...{ id: survey.item_id, title: survey.title, edition: survey.edition, minCell: survey.min_cell },
		...{ status: survey.over ? 'closed' : survey.status, releaseEvery: survey.release_every },
		n: releases.reduce((sum, { answers }) => sum + answers, 0),
		...{ releases: releases.length, releasedOn: releases.at(-1)?.released_on ?? null },
		moved: releases.length > 1 ? largestChange(before, figures) : null,
		...{ segments, by: by ?? null, canKeep, versions: versionsOf(all) },
		questions: showQuestions(inLanguage(survey.content, survey.language), figures, {
			by,
			said: await saidIn(db, survey.item_id)
		})
	};
}

/** What each release brought the results to. */
function versionsOf(releases: readonly ReleaseRow[]): ResultsView['versions'] {
	let n = 0;
	return releases.map(({ answers, released_on: on }, at) => ({ number: at + 1, n: (n += answers), on }));
}

/** Texts that were released, by question. */
async function saidIn(db: Db, id: string): Promise<Record<string, string[]>> {
	const found = await rows<{ question: string; text: string }>(
		db,
		sql`select question, text from survey_said where survey_id = ${id} order by id`
	);
	const said: Record<string, string[]> = {};
	for (const { question, text } of found) (said[question] ??= []).push(text);
	return said;
}
