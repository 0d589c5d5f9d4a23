import { isSteward } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';

/** What a policy must know of a need. */
export interface NeedRights {
	spaceId: string;
	authorId: string;
	editorIds: readonly string[];
}

/** Who works a need out: whoever stated it, those they asked along, and the stewards of the space. */
export const canWork = (viewer: Viewer, { spaceId, authorId, editorIds }: NeedRights): boolean =>
	!viewer.archivedSpaces.has(spaceId) &&
	viewer.readableSpaces.includes(spaceId) &&
	(authorId === viewer.id || editorIds.includes(viewer.id) || isSteward(viewer, spaceId));
