import { json } from '@sveltejs/kit';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { discardDraft, loadDraft, saveDraft } from '#src/core/items/server/drafts.ts';
import { Failure, invalid } from '#src/platform/server/errors.ts';
import type { RequestHandler } from './$types.js';

export const GET: RequestHandler = async ({ locals, params }) =>
	json((await loadDraft(app().db, requireViewer(locals.viewer), params.key)) ?? null);

/** Saves what is typed. Only JSON: another site cannot send it without asking first. */
export const PUT: RequestHandler = async ({ locals, params, request }) => {
	try {
		const viewer = requireViewer(locals.viewer);
		if (!request.headers.get('content-type')?.startsWith('application/json')) throw invalid({ _: 'Send JSON.' });
		const body = (await request.json().catch(() => ({}))) as object;
		return json(await saveDraft(app().db, viewer, { ...body, key: params.key }));
	} catch (error) {
		if (!(error instanceof Failure)) throw error;
		return json({ message: error.message, ...error.details }, { status: error.status });
	}
};

export const DELETE: RequestHandler = async ({ locals, params }) => {
	await discardDraft(app().db, requireViewer(locals.viewer), params.key);
	return new Response(null, { status: 204 });
};
