import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { onItem } from '#src/app/server/item-actions.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { keptEdit, keptFilter } from '#src/core/keeping/input.ts';
import { editKept, removeKept, restoreKept } from '#src/core/keeping/server/change.ts';
import { justRemoved, keptTags, listKept } from '#src/core/keeping/server/read.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const { removed = '', ...asked } = Object.fromEntries(url.searchParams);
	const filter = parse(keptFilter, asked);
	const [list, tags, gone] = await Promise.all([
		listKept(db, viewer, filter),
		keptTags(db, viewer),
		justRemoved(db, viewer, removed)
	]);
	return { ...list, filter, tags, removed: gone ?? null };
};

export const actions: Actions = {
	edit: onItem((db, viewer, item, values) => editKept(db, viewer, item, parse(keptEdit, values))),
	/** The list comes again, and offers what was taken away. */
	remove: ({ request, locals }) =>
		act(request, async (values) => {
			const item = parse(id, values.item);
			await removeKept(app().db, requireViewer(locals.viewer), item);
			redirect(303, `/kept?removed=${item}`);
		}),
	restore: ({ request, locals }) =>
		act(request, async (values) => {
			await restoreKept(app().db, requireViewer(locals.viewer), parse(id, values.item));
			redirect(303, '/kept');
		})
};
