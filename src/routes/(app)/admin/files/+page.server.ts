import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { fileLimitsInput } from '#src/core/files/input.ts';
import { readFileLimits, setFileLimits } from '#src/core/files/server/limits.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = ({ locals }) => readFileLimits(app().db, requireViewer(locals.viewer));

export const actions: Actions = {
	default: ({ request, locals }) =>
		act(request, (values) => setFileLimits(app().db, requireViewer(locals.viewer), parse(fileLimitsInput, values)))
};
