import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { keptShare, shareKept } from '#src/app/server/share-kept.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { readMarked } from '#src/core/keeping/server/highlights.ts';
import { spacesToWriteIn } from '#src/core/spaces/server/read.ts';
import { sharedAt } from '#src/library/links/server/share.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const { html: _, ...kept } = await readMarked(db, viewer, params.id);
	return {
		kept,
		spaces: await spacesToWriteIn(db, viewer),
		known: kept.url ? await sharedAt(db, viewer, kept.url) : []
	};
};

export const actions: Actions = {
	default: ({ request, locals, params }) =>
		act(request, async (values) => {
			const kept = parse(id, params.id);
			const link = await shareKept(app().db, requireViewer(locals.viewer), kept, parse(keptShare, values));
			redirect(303, `/links/${link}`);
		})
};
