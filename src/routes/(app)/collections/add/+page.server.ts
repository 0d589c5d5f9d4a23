import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { newEntry } from '#src/library/collections/input.ts';
import { choicesFor } from '#src/library/collections/server/read.ts';
import { addEntry } from '#src/library/collections/server/write.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = ({ locals, url }) =>
	choicesFor(app().db, requireViewer(locals.viewer), url.searchParams.get('item') ?? '');

export const actions: Actions = {
	default: ({ request, locals }) =>
		act(request, async ({ collectionId, ...values }) => {
			const to = parse(id, collectionId);
			await addEntry(app().db, requireViewer(locals.viewer), to, parse(newEntry, values));
			redirect(303, `/collections/${to}`);
		})
};
