import { isAdmin, isMember, isSteward } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Space } from './read.ts';

/** Who may do what with a space; the space is one the viewer may know of. */
export const canJoin = (viewer: Viewer, space: Space) => !isMember(viewer, space.id) && isOpen(space);
export const canRequest = (viewer: Viewer, space: Space) =>
	!isMember(viewer, space.id) && space.access === 'closed' && !space.archivedAt;
/** Everybody belongs to the organisation's own space. */
export const canLeave = (viewer: Viewer, space: Space) => isMember(viewer, space.id) && space.kind !== 'organisation';
export const canSeeMembers = (viewer: Viewer, space: Space) => isMember(viewer, space.id) || space.access === 'open';
/** Members bring colleagues into an open space; into others only stewards do. */
export const canAddMembers = (viewer: Viewer, space: Space) =>
	!space.archivedAt && (isSteward(viewer, space.id) || (isMember(viewer, space.id) && space.access === 'open'));
export const canInviteInto = (viewer: Viewer, space: Space) => isSteward(viewer, space.id) && !space.archivedAt;
export const canManageMembers = (viewer: Viewer, space: Space) => isSteward(viewer, space.id) && !space.archivedAt;
/** An admin who may know of a space can give an orphaned one new stewards, by its settings. */
export const canManage = (viewer: Viewer, space: Space) =>
	isSteward(viewer, space.id) || (isAdmin(viewer) && space.access === 'open');

const isOpen = (space: Space) => space.access === 'open' && !space.archivedAt;
