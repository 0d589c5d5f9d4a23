import type { PageServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { listProofs } from '#src/checks/proofs/server/proofs.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';

export const load: PageServerLoad = async ({ locals }) => ({
	proofs: await listProofs(app().db, requireViewer(locals.viewer))
});
