import { isSteward } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';

/** Whose subscription it is: a person's own, or a space's. */
export interface Reader {
	personId: string | null;
	spaceId: string | null;
}

/** What a space reads is for its stewards to say; what somebody reads by themselves, for nobody else. */
export const canSubscribe = (viewer: Viewer, { personId, spaceId }: Reader) =>
	spaceId ? isSteward(viewer, spaceId) && !viewer.archivedSpaces.has(spaceId) : personId === viewer.id;

/** Whether what the viewer says of a story holds for all: they look after a space that reads one of its feeds. */
export async function partsForAll(db: Db, viewer: Viewer, feedIds: string[]): Promise<boolean> {
	const found = await rows<{ space_id: string }>(
		db,
		sql`select space_id from feed_subscription where feed_id = any(${array(feedIds, 'uuid')}) and space_id is not null`
	);
	return found.some(({ space_id: spaceId }) => canSubscribe(viewer, { personId: null, spaceId }));
}
