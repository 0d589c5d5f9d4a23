import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { laterDate } from '#src/checks/asking/input.ts';
import { endAsking, giveMoreTime } from '#src/checks/asking/server/ask.ts';
import { readAsking } from '#src/checks/asking/server/oversee.ts';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params, depends }) => {
	depends('trellis:tasks');
	const asking = await readAsking(app().db, requireViewer(locals.viewer), params.id);
	return { ...asking, today: new Date().toISOString().slice(0, 10) };
};

const onAsking =
	(work: (viewer: Viewer, id: string, values: Record<string, string>) => Promise<void>) =>
	({ request, locals, params }: RequestEvent) =>
		act(request, async (values) => {
			await work(requireViewer(locals.viewer), params.id, values);
			redirect(303, `/askings/${params.id}`);
		});

export const actions: Actions = {
	later: onAsking((viewer, id, values) => giveMoreTime(app().db, viewer, id, parse(laterDate, values))),
	end: onAsking((viewer, id) => endAsking(app().db, viewer, id))
};
