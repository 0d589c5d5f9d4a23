import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { reachedName } from '#src/autonomy/input.ts';
import { canReadMeter } from '#src/autonomy/server/policy.ts';
import { readReached, turnOffReached } from '#src/autonomy/server/reached.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals }) => {
	const viewer = requireViewer(locals.viewer);
	return { reached: await readReached(app().db, viewer), mayMeter: canReadMeter(viewer) };
};

export const actions: Actions = {
	off: ({ request, locals }) =>
		act(request, async (values) => {
			const { name } = parse(reachedName, values);
			await turnOffReached(app().db, requireViewer(locals.viewer), name);
			return { off: name };
		})
};
