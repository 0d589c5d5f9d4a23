import { hasOrgRole, isAdmin } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';

/** Who reads the shares of the whole organisation. */
export const canReadWhole = (viewer: Viewer): boolean => isAdmin(viewer) || hasOrgRole(viewer, 'community_manager');

/** The spaces whose shares somebody reads: those they look after; with the whole, all they may read. */
export const spacesMetered = (viewer: Viewer): readonly string[] =>
	canReadWhole(viewer)
		? viewer.readableSpaces
		: [...viewer.memberships].flatMap(([id, role]) => (role === 'steward' ? [id] : []));

export const canReadMeter = (viewer: Viewer): boolean => canReadWhole(viewer) || spacesMetered(viewer).length > 0;
