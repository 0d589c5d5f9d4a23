import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { newPage, newQuery } from '#src/metrics/input.ts';
import { pullNow } from '#src/metrics/server/sources/pull.ts';
import { addPage, addQuery, endSource, openHook, readSources } from '#src/metrics/server/sources/sources.ts';
import type { Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => ({
	figure: await readSources(app().db, requireViewer(locals.viewer), params.id)
});

type Work = (db: Db, viewer: Viewer, figure: string, values: Record<string, string>) => Promise<unknown>;

/** A form about a source; it shows the page again. */
const onFigure =
	(work: Work) =>
	({ request, locals, params }: RequestEvent) =>
		act(request, async (values) => {
			await work(app().db, requireViewer(locals.viewer), parse(id, params.id), values);
			redirect(303, `/figures/${params.id}/sources`);
		});

export const actions: Actions = {
	/** Its secret is shown once, on the page that comes back. */
	hook: ({ request, locals, params, url }) =>
		act(request, async () => {
			const hook = await openHook(app().db, requireViewer(locals.viewer), parse(id, params.id));
			return { hook: { address: url.origin + hook.path, secret: hook.secret } };
		}),
	page: onFigure((db, viewer, figure, values) => addPage(db, viewer, figure, parse(newPage, values))),
	query: onFigure((db, viewer, figure, values) => addQuery(db, viewer, figure, parse(newQuery, values))),
	pull: onFigure((db, viewer, figure, { item }) => pullNow(db, viewer, figure, parse(id, item))),
	end: onFigure((db, viewer, figure, { item }) => endSource(db, viewer, figure, parse(id, item)))
};
