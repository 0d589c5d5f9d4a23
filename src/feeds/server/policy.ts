import { isSteward } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';

/** Whose subscription it is: a person's own, or a space's. */
export interface Reader {
	personId: string | null;
	spaceId: string | null;
}

/** What a space reads is for its stewards to say; what somebody reads by themselves, for nobody else. */
export const canSubscribe = (viewer: Viewer, { personId, spaceId }: Reader) =>
	spaceId ? isSteward(viewer, spaceId) && !viewer.archivedSpaces.has(spaceId) : personId === viewer.id;
