import { hasOrgRole, isAdmin, isSteward } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';

/** Who makes areas and ends them. */
export const canMakeAreas = (viewer: Viewer): boolean => isAdmin(viewer) || hasOrgRole(viewer, 'community_manager');

/** Who asks somebody to share an area. @param shares whether the viewer shares it */
export const canOffer = (viewer: Viewer, shares: boolean): boolean => shares || canMakeAreas(viewer);

/** Who puts a space into an area, and takes it out: also its stewards who share the area. */
export const canPlace = (viewer: Viewer, spaceId: string, shares: boolean): boolean =>
	canMakeAreas(viewer) || (shares && isSteward(viewer, spaceId));
