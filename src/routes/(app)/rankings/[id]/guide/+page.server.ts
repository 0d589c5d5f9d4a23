import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import type { Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';
import { newAccess, newGuide, newGuideEdition } from '#src/rankings/guide/input.ts';
import { endAccess, grantAccess } from '#src/rankings/guide/server/access.ts';
import { issueEdition } from '#src/rankings/guide/server/editions.ts';
import { beginGuide, readGuide } from '#src/rankings/guide/server/guide.ts';

export const load: PageServerLoad = async ({ locals, params }) => ({
	guide: await readGuide(app().db, requireViewer(locals.viewer), params.id)
});

type Work = (db: Db, viewer: Viewer, rankingId: string, values: Record<string, string>) => Promise<unknown>;

/** A form about the Guide; without scripts the page comes again. */
const onGuide =
	(work: Work) =>
	({ request, locals, params, url }: RequestEvent) =>
		act(request, async (values) => {
			await work(app().db, requireViewer(locals.viewer), parse(id, params.id), values);
			if (!request.headers.has('x-sveltekit-action')) redirect(303, url.pathname);
		});

export const actions: Actions = {
	begin: onGuide((db, viewer, ranking, values) => beginGuide(db, viewer, ranking, parse(newGuide, values).spaceId)),
	issue: onGuide((db, viewer, ranking, values) => issueEdition(db, viewer, ranking, parse(newGuideEdition, values))),
	letIn: onGuide((db, viewer, ranking, values) => grantAccess(db, viewer, ranking, parse(newAccess, values))),
	endAccess: onGuide((db, viewer, ranking, { item }) => endAccess(db, viewer, ranking, parse(id, item)))
};
