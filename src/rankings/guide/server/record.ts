import type { Viewer } from '#src/core/access/server/viewer.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, notFound } from '#src/platform/server/errors.ts';
import { rankingOf, type RankingRecord } from '../../server/record.ts';

export interface GuideRecord {
	series_id: string;
	/** Whose members read and write it. */
	space_id: string;
}

/** The Guide of a ranking that the viewer may read, if there is one. @throws Failure not_found for the ranking */
export async function guideOf(
	db: Db,
	viewer: Viewer,
	rankingId: string
): Promise<{ ranking: RankingRecord; guide: GuideRecord | undefined }> {
	const ranking = await rankingOf(db, viewer, rankingId);
	const guide = await row<GuideRecord>(
		db,
		sql`select series_id, space_id from guide where series_id = ${ranking.series_id}`
	);
	return { ranking, guide };
}

/** The same where there must be one. @throws Failure conflict before it is begun */
export async function begunGuide(db: Db, viewer: Viewer, rankingId: string) {
	const { ranking, guide } = await guideOf(db, viewer, rankingId);
	if (!guide) throw conflict('The Guide is not begun yet.');
	return { ranking, guide };
}

export const noEdition = () => notFound('There is no such edition, or it is not open to you.');
