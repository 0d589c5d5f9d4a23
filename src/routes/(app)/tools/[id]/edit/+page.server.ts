import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { parse } from '#src/platform/server/parse.ts';
import { entryEdit } from '#src/rankings/guide/input.ts';
import { entryToEdit, writeEntry } from '#src/rankings/guide/server/entries.ts';

export const load: PageServerLoad = async ({ locals, params }) => ({
	entry: await entryToEdit(app().db, requireViewer(locals.viewer), parse(id, params.id))
});

export const actions: Actions = {
	default: ({ request, locals, params }) =>
		act(request, async (values) => {
			await writeEntry(app().db, requireViewer(locals.viewer), parse(id, params.id), parse(entryEdit, values));
			redirect(303, `/tools/${params.id}`);
		})
};
