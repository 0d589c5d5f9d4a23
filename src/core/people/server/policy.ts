import { hasOrgRole, isAdmin } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';

/** Who may do what with people and the organisation. */
export const canInvite = (viewer: Viewer) => isAdmin(viewer) || hasOrgRole(viewer, 'community_manager');
export const canManagePeople = (viewer: Viewer) => isAdmin(viewer);
export const canManageOrganisation = (viewer: Viewer) => isAdmin(viewer);
