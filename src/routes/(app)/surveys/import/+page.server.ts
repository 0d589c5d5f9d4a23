import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { uploadOf } from '#src/core/files/server/upload.ts';
import { spacesToWriteIn } from '#src/core/spaces/server/read.ts';
import { parse } from '#src/platform/server/parse.ts';
import { bringTo } from '#src/survey/input.ts';
import { bringSurvey } from '#src/survey/server/bring.ts';

export const load: PageServerLoad = async ({ locals }) => ({
	spaces: await spacesToWriteIn(app().db, requireViewer(locals.viewer))
});

export const actions: Actions = {
	default: ({ request, locals }) => {
		const whole = request.clone();
		return act(request, async ({ file: _, ...values }) => {
			const { spaceId } = parse(bringTo, values);
			return { brought: await bringSurvey(app().db, requireViewer(locals.viewer), spaceId, () => uploadOf(whole)) };
		});
	}
};
