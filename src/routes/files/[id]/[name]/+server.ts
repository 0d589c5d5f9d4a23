import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { serveFile } from '#src/core/files/server/serve.ts';
import type { RequestHandler } from './$types.js';

export const GET: RequestHandler = ({ locals, params, request, url }) =>
	serveFile(app().db, requireViewer(locals.viewer), {
		id: params.id,
		small: url.searchParams.get('size') === 'small',
		head: request.method === 'HEAD',
		headers: request.headers
	});

export const HEAD = GET;
