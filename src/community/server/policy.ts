import { canRead, hasOrgRole, isSteward, type InSpace } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';

/**
 * Who looks after the people of a space: its stewards; and as far as they may read what is in it, those who
 * share an area that it is in, and community managers.
 */
export const canTend = (viewer: Viewer, space: InSpace): boolean =>
	isSteward(viewer, space.spaceId) ||
	(canRead(viewer, space) && (viewer.tended.has(space.spaceId) || hasOrgRole(viewer, 'community_manager')));
