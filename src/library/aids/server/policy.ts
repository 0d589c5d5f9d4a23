import { canEdit } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';

/** What must be known of an aid to say who keeps it. */
export interface Kept {
	spaceId: string;
	authorId: string;
	ownerId: string;
}

/** Who may change, verify, hand over and retire an aid: its owner, its author, the stewards of its space. */
export const canKeep = (viewer: Viewer, aid: Kept): boolean =>
	canEdit(viewer, aid) || canEdit(viewer, { ...aid, authorId: aid.ownerId });
