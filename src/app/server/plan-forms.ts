import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { Scope } from '#src/community/aims/aim.ts';
import { aimEdit, newAim, newAimReview, purposeEdit } from '#src/community/aims/input.ts';
import { readCommunityPlan } from '#src/community/aims/server/read.ts';
import { addAim, editAim, quietAim, removeAim, reviewAim, writePurpose } from '#src/community/aims/server/write.ts';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { figures } from '#src/core/figures/server/figures.ts';
import { id } from '#src/core/items/input.ts';
import type { Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';
import { act } from './http.ts';
import { app } from './runtime.ts';

type ScopeOf<Params> = (db: Db, viewer: Viewer, params: Params) => Promise<Scope>;
type Event<Params> = Pick<RequestEvent, 'request' | 'locals' | 'url'> & { params: Params };
type Values = Record<string, string>;

/** What the page of a plan shows, be it of a space or of an area. */
export async function planOfPage<Params>(
	scopeOf: ScopeOf<Params>,
	{ locals, params }: Pick<Event<Params>, 'locals' | 'params'>
) {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const plan = await readCommunityPlan(db, viewer, await scopeOf(db, viewer, params));
	return { plan, figures: plan.canWrite ? await figures().list(db, viewer) : [] };
}

/** What its forms do; without a script the page itself comes again. */
export function planActions<Params>(scopeOf: ScopeOf<Params>) {
	const onPlan =
		(work: (db: Db, viewer: Viewer, of: Scope, values: Values) => Promise<unknown>) =>
		({ request, locals, params, url }: Event<Params>) =>
			act(request, async (values) => {
				const viewer = requireViewer(locals.viewer);
				await work(app().db, viewer, await scopeOf(app().db, viewer, params), values);
				if (!request.headers.has('x-sveltekit-action')) redirect(303, url.pathname);
			});
	const onAim = (work: (db: Db, viewer: Viewer, aimId: string, values: Values) => Promise<unknown>) =>
		onPlan((db, viewer, _of, { item, ...values }) => work(db, viewer, parse(id, item), values));
	return {
		purpose: onPlan((db, viewer, of, values) => writePurpose(db, viewer, of, parse(purposeEdit, values))),
		add: onPlan((db, viewer, of, values) => addAim(db, viewer, of, parse(newAim, values))),
		change: onAim((db, viewer, aim, values) => editAim(db, viewer, aim, parse(aimEdit, values))),
		remove: onAim((db, viewer, aim) => removeAim(db, viewer, aim)),
		review: onAim((db, viewer, aim, values) => reviewAim(db, viewer, aim, parse(newAimReview, values))),
		quiet: onAim((db, viewer, aim) => quietAim(db, viewer, aim))
	};
}
