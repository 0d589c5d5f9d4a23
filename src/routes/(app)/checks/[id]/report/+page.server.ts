import type { PageServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { readReport } from '#src/checks/attempts/server/report.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';

export const load: PageServerLoad = async ({ locals, params }) => ({
	report: await readReport(app().db, requireViewer(locals.viewer), params.id)
});
