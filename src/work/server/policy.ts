import { isAdmin } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';

/** What somebody keeps of their own work is read and written by nobody else, whatever their role. */
export const isOwn = (viewer: Viewer, row: { personId: string }): boolean => row.personId === viewer.id;

/** A copy is read by the one it was given to, and by the one who gave it. */
export const canReadCopy = (viewer: Viewer, copy: { personId: string; readerId: string }): boolean =>
	isOwn(viewer, copy) || copy.readerId === viewer.id;

/** One's own connections are one's own; one for everybody is an admin's to make and end. */
export const canKeepHook = (viewer: Viewer, { personId }: { personId: string | null }): boolean =>
	personId === null ? isAdmin(viewer) : personId === viewer.id;
