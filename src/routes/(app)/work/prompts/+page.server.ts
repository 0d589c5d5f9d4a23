import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { onItem } from '#src/app/server/item-actions.ts';
import { app } from '#src/app/server/runtime.ts';
import { isAdmin } from '#src/core/access/server/policy.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { parse } from '#src/platform/server/parse.ts';
import { newHook, pace } from '#src/work/input.ts';
import { endHook, hookAddress, makeHook, myHooks } from '#src/work/server/hooks.ts';
import { readPace, setPace } from '#src/work/server/prompts.ts';

export const load: PageServerLoad = async ({ locals, url, setHeaders }) => {
	const viewer = requireViewer(locals.viewer);
	// A secret stands in the answer once: no cache may keep it.
	setHeaders({ 'cache-control': 'no-store' });
	const [mine, hooks] = await Promise.all([readPace(app().db, viewer), myHooks(app().db, viewer)]);
	const withAddress = hooks.map((hook) => ({ ...hook, address: hookAddress(url.origin, hook.id) }));
	return { pace: mine, hooks: withAddress, canConnectAll: isAdmin(viewer) };
};

export const actions: Actions = {
	pace: ({ request, locals }) =>
		act(request, async (values) => {
			await setPace(app().db, requireViewer(locals.viewer), parse(pace, values));
			redirect(303, '/work/prompts');
		}),
	connect: ({ request, locals, url }) =>
		act(request, async (values) => {
			const input = parse(newHook, { forAll: 'off', ...values });
			const { id, secret } = await makeHook(app().db, requireViewer(locals.viewer), input);
			return { made: secret, name: input.name, address: hookAddress(url.origin, id) };
		}),
	end: onItem((db, viewer, item) => endHook(db, viewer, item))
};
