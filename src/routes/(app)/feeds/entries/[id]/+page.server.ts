import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { readMark } from '#src/feeds/input.ts';
import { markRead } from '#src/feeds/server/reads.ts';
import { readEntry } from '#src/feeds/server/entry.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	if (!isId(params.id)) throw notFound();
	return { entry: await readEntry(app().db, requireViewer(locals.viewer), params.id) };
};

export const actions: Actions = {
	mark: ({ request, locals, params }) =>
		act(request, (values) =>
			markRead(app().db, requireViewer(locals.viewer), parse(readMark, { ...values, ids: params.id }))
		)
};
