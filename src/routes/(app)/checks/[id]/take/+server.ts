import { redirect, type RequestHandler } from '@sveltejs/kit';
import { app } from '#src/app/server/runtime.ts';
import { startAttempt } from '#src/checks/attempts/server/start.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';

/** Begins an attempt, or goes on with the open one. */
export const POST: RequestHandler<{ id: string }> = async ({ locals, params }) => {
	const id = await startAttempt(app().db, requireViewer(locals.viewer), params.id);
	redirect(303, `/attempts/${id}`);
};
