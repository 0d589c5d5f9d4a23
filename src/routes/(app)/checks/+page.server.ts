import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { quietFor } from '#src/checks/asking/input.ts';
import { listAskings } from '#src/checks/asking/server/oversee.ts';
import { canAskSomebody } from '#src/checks/asking/server/policy.ts';
import { beQuietAbout, tasksOf } from '#src/checks/asking/server/tasks.ts';
import { reviewsOf } from '#src/checks/attempts/server/review.ts';
import { listProofs } from '#src/checks/proofs/server/proofs.ts';
import { listBanks } from '#src/checks/banks/server/banks.ts';
import { listChecks } from '#src/checks/server/read.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { itemFilter } from '#src/core/items/server/list.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, url, depends }) => {
	depends('trellis:tasks');
	const viewer = requireViewer(locals.viewer);
	const { db } = app();
	const asks = canAskSomebody(viewer);
	const filter = parse(itemFilter, Object.fromEntries(url.searchParams));
	const [list, tasks, askings, proofs, banks, reviews] = await Promise.all([
		listChecks(db, viewer, filter),
		tasksOf(db, viewer),
		asks ? listAskings(db, viewer) : [],
		listProofs(db, viewer),
		listBanks(db, viewer),
		reviewsOf(db, viewer)
	]);
	return { ...list, tasks, asks, askings, proofs: proofs.length, banks, reviews };
};

export const actions: Actions = {
	quiet: ({ request, locals, url }) =>
		act(request, async ({ item, ...values }) => {
			await beQuietAbout(app().db, requireViewer(locals.viewer), parse(id, item), parse(quietFor, values));
			if (!request.headers.has('x-sveltekit-action')) redirect(303, url.pathname);
		})
};
