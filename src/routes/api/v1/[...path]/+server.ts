import type { RequestHandler } from './$types';
import { router } from '#src/app/server/api.ts';
import { app } from '#src/app/server/runtime.ts';
import { callerOf } from '#src/core/api/server/caller.ts';
import { respond } from '#src/core/api/server/respond.ts';

const handle: RequestHandler = async ({ request, params, locals }) => {
	const { db } = app();
	const caller = await callerOf(db, request, locals.viewer);
	return respond(request, params.path, { db, router, caller, requestId: locals.requestId });
};

export { handle as GET, handle as POST, handle as PUT, handle as PATCH, handle as DELETE };
