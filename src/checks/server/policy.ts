import { canEdit } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';

/** A bank, as far as it decides who may see into it. */
export interface Kept {
	spaceId: string;
	createdBy: string;
}

/** Who writes the questions of a bank and so knows their answers: who made it, and the stewards of its space. */
export const canAuthor = (viewer: Viewer, { spaceId, createdBy }: Kept): boolean =>
	canEdit(viewer, { spaceId, authorId: createdBy });
