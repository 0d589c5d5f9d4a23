import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { language } from '#src/library/resources/input.ts';
import { captionsOf } from '#src/library/resources/server/captions.ts';
import { parse } from '#src/platform/server/parse.ts';
import type { RequestHandler } from './$types.js';

export const GET: RequestHandler = async ({ locals, params }) => {
	const viewer = requireViewer(locals.viewer);
	const vtt = await captionsOf(app().db, viewer, parse(id, params.id), parse(language, params.language));
	return new Response(vtt, {
		headers: { 'content-type': 'text/vtt; charset=utf-8', 'cache-control': 'private, no-cache' }
	});
};
