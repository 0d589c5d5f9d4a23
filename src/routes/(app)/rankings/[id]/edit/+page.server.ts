import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { parse } from '#src/platform/server/parse.ts';
import { rankingEdit } from '#src/rankings/input.ts';
import { rankingToEdit } from '#src/rankings/server/read.ts';
import { editRanking } from '#src/rankings/server/write.ts';

export const load: PageServerLoad = async ({ locals, params }) => ({
	ranking: await rankingToEdit(app().db, requireViewer(locals.viewer), parse(id, params.id))
});

export const actions: Actions = {
	default: ({ request, locals, params }) =>
		act(request, async (values) => {
			await editRanking(app().db, requireViewer(locals.viewer), parse(id, params.id), parse(rankingEdit, values));
			redirect(303, `/rankings/${params.id}`);
		})
};
