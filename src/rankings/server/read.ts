import { allow, canWriteIn } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { linePage, presentLine, type ItemFilter, type LineRow } from '#src/core/items/server/list.ts';
import { readItem } from '#src/core/items/server/post.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import type { RankingRow, RankingStatus, RankingView } from '../ranking.ts';
import { ballotsIn, hasVoted } from './ballot.ts';
import { nomineesOf } from './nominations.ts';
import { timesOpened } from './opened.ts';
import { canCurate, CURATORS, rankingOf, statusNow } from './record.ts';
import { lastRelease, releasesOf } from './release.ts';

/** A ranking as its page shows it: what was named, or its newest result. @throws Failure not_found */
export async function readRanking(db: Db, viewer: Viewer, id: string): Promise<RankingView> {
	const { provenance: _, ...item } = await readItem(db, viewer, id, 'ranking');
	const ranking = await rankingOf(db, viewer, id);
	const { year, status, most, places, closes_on, series_id } = ranking;
	return {
		...item,
		...{ year, status, most, places, closesOn: closes_on, seriesId: series_id },
		editions: await editionsOf(db, viewer, ranking),
		nominees: await nomineesOf(db, viewer, ranking),
		...{ ballots: await ballotsIn(db, id), voted: await hasVoted(db, viewer, id) },
		...{ canVote: canWriteIn(viewer, { spaceId: ranking.space_id }), canCurate: canCurate(viewer, ranking) },
		...{ release: (await lastRelease(db, id)) ?? null, releases: await releasesOf(db, id) },
		opened: await timesOpened(db, id)
	};
}

/** Other years of the series, as far as the viewer may read them. */
const editionsOf = (
	db: Db,
	viewer: Viewer,
	{ item_id, series_id }: { item_id: string; series_id: string }
): Promise<RankingView['editions']> =>
	rows(
		db,
		sql`select i.id, r.year from ranking r join item i on i.id = r.item_id
			where r.series_id = ${series_id} and r.item_id <> ${item_id} and i.state = 'open' and ${visibleItems(viewer, 'i')}
			order by r.year desc`
	);

interface Line extends LineRow {
	year: number;
	status: RankingStatus;
	released: boolean;
	voted: boolean;
}

/** Rankings the viewer may read, the liveliest first. */
export const listRankings = (db: Db, viewer: Viewer, filter: ItemFilter) =>
	linePage<Line, RankingRow>(
		db,
		viewer,
		filter,
		{
			columns: sql`r.year, ${statusNow}, exists (select from ranking_release l where l.ranking_id = i.id) as released,
				exists (select from ranking_voter v where v.ranking_id = i.id and v.person_id = ${viewer.id}) as voted`,
			join: sql`join ranking r on r.item_id = i.id`
		},
		(line) => ({
			...presentLine(viewer, line),
			...{ year: line.year, status: line.status, released: line.released, voted: line.voted }
		})
	);

/** What the form that changes a ranking begins with. */
export interface RankingToEdit {
	id: string;
	spaceId: string;
	title: string;
	bodyMd: string;
	tags: string[];
	version: number;
	year: number;
	most: number;
	places: number;
	closesOn: string | null;
	status: RankingStatus;
}

/** A ranking as whoever looks after it changes it. @throws Failure not_found or forbidden */
export async function rankingToEdit(db: Db, viewer: Viewer, id: string): Promise<RankingToEdit> {
	const ranking = await rankingOf(db, viewer, id);
	allow(canCurate(viewer, ranking), CURATORS);
	const words = await row<Pick<RankingToEdit, 'bodyMd' | 'tags' | 'version'>>(
		db,
		sql`select body_md as "bodyMd", tags, version from item where id = ${id}`
	);
	const { space_id: spaceId, title, year, most, places, closes_on, status } = ranking;
	return { id, spaceId, title, year, most, places, status, closesOn: closes_on, ...words! };
}
