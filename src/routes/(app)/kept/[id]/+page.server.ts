import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { onItem } from '#src/app/server/item-actions.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { highlightEdit, keptEdit, newHighlight } from '#src/core/keeping/input.ts';
import { editKept, removeKept } from '#src/core/keeping/server/change.ts';
import { editHighlight, highlight, readMarked, removeHighlight } from '#src/core/keeping/server/highlights.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => ({
	kept: await readMarked(app().db, requireViewer(locals.viewer), params.id)
});

export const actions: Actions = {
	edit: onItem((db, viewer, item, values) => editKept(db, viewer, item, parse(keptEdit, values))),
	highlight: ({ request, locals, params }) =>
		act(request, async (values) => {
			const kept = parse(id, params.id);
			const made = await highlight(app().db, requireViewer(locals.viewer), kept, parse(newHighlight, values));
			if (!request.headers.has('x-sveltekit-action')) redirect(303, `/kept/${kept}#h-${made}`);
		}),
	noteHighlight: onItem((db, viewer, item, values) => editHighlight(db, viewer, item, parse(highlightEdit, values))),
	removeHighlight: onItem((db, viewer, item) => removeHighlight(db, viewer, item)),
	remove: ({ request, locals, params }) =>
		act(request, async () => {
			const item = parse(id, params.id);
			await removeKept(app().db, requireViewer(locals.viewer), item);
			redirect(303, `/kept?removed=${item}`);
		})
};
