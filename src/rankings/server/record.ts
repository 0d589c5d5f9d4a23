import { allow, canEdit } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';
import type { RankingStatus } from '../ranking.ts';

/** A ranking as it stands in the database. */
export interface RankingRecord {
	item_id: string;
	space_id: string;
	author_id: string;
	title: string;
	series_id: string;
	year: number;
	/** `closed` as well once its last day has passed. */
	status: RankingStatus;
	most: number;
	places: number;
	/** `2030-03-12`. */
	closes_on: string | null;
}

/** Its status as it counts: a vote ends with its last day. */
export const statusNow = sql`case when r.status = 'voting' and r.closes_on < current_date then 'closed' else r.status end as status`;

/** @throws Failure not_found, also for what the viewer may not read */
export async function rankingOf(db: Db, viewer: Viewer, id: string): Promise<RankingRecord> {
	const found = isId(id)
		? await row<RankingRecord>(
				db,
				sql`select r.item_id, i.space_id, i.author_id, i.title, r.series_id, r.year, ${statusNow}, r.most, r.places,
						r.closes_on::text
					from ranking r join item i on i.id = r.item_id where r.item_id = ${id} and ${visibleItems(viewer, 'i')}`
			)
		: undefined;
	if (!found) throw notFound('There is no such ranking, or it is not open to you.');
	return found;
}

/** The same, locked: who names, votes or changes it comes one after the other. */
export async function lockRanking(tx: Db, viewer: Viewer, id: string): Promise<RankingRecord> {
	if (isId(id)) await tx.execute(sql`select from ranking where item_id = ${id} for update`);
	return rankingOf(tx, viewer, id);
}

/** A locked ranking that the viewer looks after. @throws Failure forbidden */
export async function rankingToCurate(tx: Db, viewer: Viewer, id: string): Promise<RankingRecord> {
	const ranking = await lockRanking(tx, viewer, id);
	allow(canCurate(viewer, ranking), CURATORS);
	return ranking;
}

export const CURATORS = 'Who began this ranking and the stewards of the space look after it.';

/** Who looks after a ranking. */
export const canCurate = (viewer: Viewer, { space_id, author_id }: Pick<RankingRecord, 'space_id' | 'author_id'>) =>
	canEdit(viewer, { spaceId: space_id, authorId: author_id });

/** @throws Failure conflict unless it takes nominations */
export function expectNominating({ status }: Pick<RankingRecord, 'status'>): void {
	if (status !== 'nominating') throw conflict('This ranking takes no more nominations.');
}

/** @throws Failure conflict unless it takes ballots */
export function expectVoting({ status }: Pick<RankingRecord, 'status'>): void {
	if (status === 'nominating') throw conflict('The vote is not open yet.');
	if (status === 'closed') throw conflict('The vote is closed. It takes no more ballots.');
}
