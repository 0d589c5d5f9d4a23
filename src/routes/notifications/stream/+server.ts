import type { RequestHandler } from './$types';
import { livePages } from '#src/app/server/live.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { tooMany } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';

export const GET: RequestHandler = async ({ locals, url, request }) => {
	const viewer = requireViewer(locals.viewer);
	if (!livePages().hasRoom) throw tooMany('Too many pages are open just now.', 30);
	const pageId = url.searchParams.get('page') ?? '';
	const since = request.headers.get('last-event-id') ?? url.searchParams.get('since') ?? undefined;
	const stream = await livePages().open(viewer, { pageId: isId(pageId) ? pageId : undefined, since });
	return new Response(stream, {
		headers: {
			'content-type': 'text/event-stream',
			'cache-control': 'no-store, no-transform',
			// nginx would keep the events back otherwise
			'x-accel-buffering': 'no'
		}
	});
};
