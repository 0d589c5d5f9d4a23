import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { afterMaking } from '#src/app/server/after-making.ts';
import { startOfItem } from '#src/app/server/new-item.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { newLink } from '#src/library/links/input.ts';
import { previewOf } from '#src/library/links/server/preview.ts';
import { shareLink } from '#src/library/links/server/share.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const asked = (name: string) => url.searchParams.get(name) ?? '';
	return {
		url: asked('url').slice(0, 2100),
		preview: asked('url') ? ((await previewOf(db, viewer, asked('url'))) ?? null) : null,
		...(await startOfItem(db, viewer, url)),
		/** The request it answers, kept while the page is looked at. */
		wanted: asked('for'),
		origin: url.origin
	};
};

export const actions: Actions = {
	default: ({ request, locals, url }) =>
		act(request, async (values) => {
			const viewer = requireViewer(locals.viewer);
			const id = await shareLink(app().db, viewer, parse(newLink, values));
			redirect(303, await afterMaking(app().db, viewer, url, { id, address: `/links/${id}`, kind: 'link' }));
		})
};
