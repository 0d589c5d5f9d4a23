import { and, eq } from 'drizzle-orm';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { iso } from '#src/core/items/server/present.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { tendedSpace } from '../../server/tended.ts';
import type { OnHome } from '../insight.ts';
import type { HushFor } from '../input.ts';
import { communityHush } from './schema.ts';

const WEEK = 7 * 86_400_000;

/** Home does not tell the viewer of newcomers of a space who wait, for a week or for good. @throws Failure forbidden */
export async function hush(db: Db, viewer: Viewer, spaceId: string, { how }: HushFor, now = new Date()): Promise<void> {
	await tendedSpace(db, viewer, spaceId);
	const until = how === 'week' ? new Date(now.getTime() + WEEK) : null;
	await db
		.insert(communityHush)
		.values({ personId: viewer.id, spaceId, until })
		.onConflictDoUpdate({ target: [communityHush.personId, communityHush.spaceId], set: { until } });
}

/** Home tells of them again. @throws Failure forbidden */
export async function showAgain(db: Db, viewer: Viewer, spaceId: string): Promise<void> {
	await tendedSpace(db, viewer, spaceId);
	await db.delete(communityHush).where(and(eq(communityHush.personId, viewer.id), eq(communityHush.spaceId, spaceId)));
}

/** Whether Home tells the viewer. */
export async function onHome(db: Db, viewer: Viewer, spaceId: string, now: Date): Promise<OnHome> {
	const hushed = await row<{ until: string | null }>(
		db,
		sql`select until from community_hush where person_id = ${viewer.id} and space_id = ${spaceId}
			and (until is null or until > ${now.toISOString()}::timestamptz)`
	);
	return { shown: !hushed, againAt: hushed?.until ? iso(hushed.until) : null };
}
