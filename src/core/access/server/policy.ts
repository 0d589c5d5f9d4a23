import { forbidden } from '#src/platform/server/errors.ts';
import type { OrgRole, Viewer } from './viewer.ts';

/** What a policy must know of a space; of an item: the space it is in and who wrote it. */
export interface InSpace {
	spaceId: string;
}
export interface Authored extends InSpace {
	authorId: string;
}

export const isMember = (viewer: Viewer, spaceId: string) => viewer.memberships.has(spaceId);
export const isSteward = (viewer: Viewer, spaceId: string) => viewer.memberships.get(spaceId) === 'steward';
export const hasOrgRole = (viewer: Viewer, role: OrgRole) => viewer.orgRoles.includes(role);
export const isAdmin = (viewer: Viewer) => hasOrgRole(viewer, 'admin');

export const canRead = (viewer: Viewer, { spaceId }: InSpace) => viewer.readableSpaces.includes(spaceId);
export const canWriteIn = (viewer: Viewer, { spaceId }: InSpace) =>
	isMember(viewer, spaceId) && !viewer.archivedSpaces.has(spaceId);
export const canEdit = (viewer: Viewer, item: Authored) =>
	!viewer.archivedSpaces.has(item.spaceId) && (item.authorId === viewer.id || isSteward(viewer, item.spaceId));
export const canArchive = canEdit;

/** @throws Failure forbidden unless allowed */
export function allow(allowed: boolean, message?: string): void {
	if (!allowed) throw forbidden(message);
}
