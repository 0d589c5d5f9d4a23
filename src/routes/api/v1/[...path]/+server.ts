import type { RequestHandler } from './$types';
import { router } from '#src/app/server/api.ts';
import { keepAnswer } from '#src/app/server/front.ts';
import { app } from '#src/app/server/runtime.ts';
import { callerOf } from '#src/core/api/server/caller.ts';
import { respond } from '#src/core/api/server/respond.ts';

const handle: RequestHandler = async ({ request, params, locals, url }) => {
	const { db } = app();
	const caller = await callerOf(db, request, locals.viewer);
	const keep = (result: object, text: string) => url.search || keepAnswer(url.pathname, result, text);
	return respond(request, params.path, { db, router, caller, requestId: locals.requestId, keep });
};

export { handle as GET, handle as POST, handle as PUT, handle as PATCH, handle as DELETE };
