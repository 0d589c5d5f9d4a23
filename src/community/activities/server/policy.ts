import { canEdit, canRead } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { canTend } from '../../server/policy.ts';

/** What a policy must know of an activity. */
export interface ActivityRights {
	spaceId: string;
	authorId: string;
	runnerId: string | null;
}

/** Who changes an activity and says what came of it: its author, who runs it, and those who look after the space. */
export const canKeepActivity = (viewer: Viewer, { spaceId, authorId, runnerId }: ActivityRights): boolean =>
	canEdit(viewer, { spaceId, authorId }) ||
	(!viewer.archivedSpaces.has(spaceId) &&
		canRead(viewer, { spaceId }) &&
		(runnerId === viewer.id || canTend(viewer, { spaceId })));
