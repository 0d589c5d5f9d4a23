import { canRead, hasOrgRole, isAdmin, type InSpace } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { canTend } from '../../server/policy.ts';

/** Who may choose to show their practice in a space: those who look after it, and who leads people and reads it. */
export const canShowPractice = (viewer: Viewer, space: InSpace): boolean =>
	canTend(viewer, space) || (canRead(viewer, space) && (hasOrgRole(viewer, 'people_manager') || isAdmin(viewer)));
