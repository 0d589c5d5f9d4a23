import { allow } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';
import type { ResultContent } from '../ranking.ts';
import { canCurate, CURATORS, rankingOf } from './record.ts';
import { countedResult } from './release.ts';

/** A closed vote as it counts now, for those who look after it. @throws Failure forbidden; conflict where there is none to see */
export async function previewResult(db: Db, viewer: Viewer, id: string): Promise<ResultContent> {
	const ranking = await rankingOf(db, viewer, id);
	allow(canCurate(viewer, ranking), CURATORS);
	return countedResult(db, ranking);
}
