import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { uploadOf } from '#src/core/files/server/upload.ts';
import { id } from '#src/core/items/input.ts';
import { parse } from '#src/platform/server/parse.ts';
import { columnsOf } from '#src/survey/export/columns.ts';
import { bringAnswers } from '#src/survey/server/bring.ts';
import { surveyToEdit } from '#src/survey/server/read.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { id, title, questions, answered } = await surveyToEdit(app().db, requireViewer(locals.viewer), params.id);
	const columns = columnsOf(questions).map(({ name, label }) => ({ name, label }));
	return { survey: { id, title, answered }, columns };
};

export const actions: Actions = {
	default: ({ request, locals, params }) => {
		const whole = request.clone();
		return act(request, async () => ({
			taken: await bringAnswers(app().db, requireViewer(locals.viewer), parse(id, params.id), () => uploadOf(whole))
		}));
	}
};
