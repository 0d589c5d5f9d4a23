import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';
import { publishedEdition } from '../trend/published.ts';
import { trendOf, type Edition } from '../trend/lines.ts';
import type { TrendView } from '../trend/view.ts';
import { isOnWays } from '../workplace/compare.ts';
import { expectResults } from './answer.ts';
import { surveyOf, type SurveyRecord } from './record.ts';
import { resultsOf } from './results.ts';

/**
 * A survey's results over its editions, as far as the viewer may see the results of each: the
 * oldest first, the survey itself last.
 * @throws Failure forbidden for who may not see the results of the survey itself
 */
export async function readTrend(db: Db, viewer: Viewer, id: string): Promise<TrendView> {
	const survey = await surveyOf(db, viewer, id);
	await expectResults(db, viewer, survey);
	const before = await earlierOf(db, viewer, survey);
	const all: Edition[] = [];
	for (const each of [...before, survey]) all.push(await editionOf(db, each));
	const filled = all.filter(({ n, id: each }) => n > 0 || each === id);
	const reference = all.at(-1)!.questions.some(isOnWays) ? [publishedEdition()] : [];
	const editions = [...reference, ...filled];
	return {
		...{ id, title: survey.title, edition: survey.edition },
		editions: editions.map(({ id, label, n }) => ({ id, label, n })),
		questions: editions.length > 1 && all.at(-1)!.n > 0 ? trendOf(editions) : []
	};
}

/** Editions that were begun before it, and whose results the viewer sees. */
async function earlierOf(db: Db, viewer: Viewer, { item_id, first_id }: SurveyRecord): Promise<SurveyRecord[]> {
	const first = first_id ?? item_id;
	const found = await rows<{ id: string }>(
		db,
		sql`select i.id from survey v join item i on i.id = v.item_id
			where (v.item_id = ${first} or v.first_id = ${first}) and i.id < ${item_id} and ${visibleItems(viewer, 'i')}
				and (v.status = 'closed' or v.closes_on < current_date or exists (
					select from survey_participant p where p.survey_id = v.item_id and p.person_id = ${viewer.id}))
			order by i.id desc limit ${MOST_EDITIONS}`
	);
	return Promise.all(found.reverse().map(({ id }) => surveyOf(db, viewer, id)));
}

const MOST_EDITIONS = 11;

async function editionOf(db: Db, survey: SurveyRecord): Promise<Edition> {
	const { n, questions } = await resultsOf(db, survey, { canKeep: false });
	return { id: survey.item_id, label: survey.edition || survey.title, n, questions };
}
