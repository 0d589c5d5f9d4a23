import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { flagNote, helpedMark, newComment } from '#src/core/items/actions-input.ts';
import { addComment } from '#src/core/items/server/comments.ts';
import { flagOutdated } from '#src/core/items/server/flags.ts';
import { markHelped } from '#src/core/items/server/helped.ts';
import { readPage } from '#src/pages/server/read.ts';
import { parse } from '#src/platform/server/parse.ts';
import type { Db } from '#src/platform/server/db.ts';

export const load: PageServerLoad = async ({ locals, params }) => ({
	page: await readPage(app().db, requireViewer(locals.viewer), params.id)
});

type Work = (db: Db, viewer: Viewer, pageId: string, values: Record<string, string>) => Promise<unknown>;

/** Carries out a form of the page and shows the page again. */
const onPage =
	(work: Work, part = '') =>
	({ request, locals, params }: RequestEvent) =>
		act(request, async (values) => {
			await work(app().db, requireViewer(locals.viewer), params.id, values);
			redirect(303, `/pages/${params.id}${part}`);
		});

export const actions: Actions = {
	comment: onPage((db, viewer, id, values) => addComment(db, viewer, id, parse(newComment, values)), '#comments'),
	helped: onPage((db, viewer, id, values) => markHelped(db, viewer, id, parse(helpedMark, values)), '#helped'),
	outdated: onPage((db, viewer, id, values) => flagOutdated(db, viewer, id, parse(flagNote, values)), '#helped')
};
