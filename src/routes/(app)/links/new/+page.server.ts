import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { afterMaking } from '#src/app/server/after-making.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { spacesToWriteIn } from '#src/core/spaces/server/read.ts';
import { newLink } from '#src/library/links/input.ts';
import { previewOf } from '#src/library/links/server/preview.ts';
import { shareLink } from '#src/library/links/server/share.ts';
import { newId } from '#src/platform/server/ids.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const asked = (name: string) => url.searchParams.get(name) ?? '';
	const spaces = await spacesToWriteIn(db, viewer);
	return {
		url: asked('url').slice(0, 2100),
		title: asked('title').slice(0, 200),
		preview: asked('url') ? ((await previewOf(db, viewer, asked('url'))) ?? null) : null,
		spaces,
		space: (spaces.find(({ id }) => id === asked('space')) ?? spaces[0])?.id ?? '',
		/** The request it answers, kept while the page is looked at. */
		wanted: asked('for'),
		origin: url.origin,
		submission: newId()
	};
};

export const actions: Actions = {
	default: ({ request, locals, url }) =>
		act(request, async (values) => {
			const viewer = requireViewer(locals.viewer);
			const id = await shareLink(app().db, viewer, parse(newLink, values));
			redirect(303, await afterMaking(app().db, viewer, url, { id, address: `/links/${id}` }));
		})
};
