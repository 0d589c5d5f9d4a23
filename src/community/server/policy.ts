import { canRead, hasOrgRole, isSteward, type InSpace } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';

/** Who looks after the people of a space: its stewards, and community managers who may read what is in it. */
export const canTend = (viewer: Viewer, space: InSpace): boolean =>
	isSteward(viewer, space.spaceId) || (canRead(viewer, space) && hasOrgRole(viewer, 'community_manager'));
