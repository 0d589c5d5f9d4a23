import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { describeDraft, discardDraft, listDrafts } from '#src/core/items/server/drafts.ts';

export const load: PageServerLoad = async ({ locals }) => ({
	drafts: (await listDrafts(app().db, requireViewer(locals.viewer))).map(describeDraft)
});

export const actions: Actions = {
	discard: ({ request, locals }) =>
		act(request, async ({ key = '' }) => {
			await discardDraft(app().db, requireViewer(locals.viewer), key);
			redirect(303, '/settings/drafts');
		})
};
