import type { RequestHandler } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { writeOpml } from '#src/feeds/server/opml.ts';

export const GET: RequestHandler = async ({ locals }) =>
	new Response(await writeOpml(app().db, requireViewer(locals.viewer)), {
		headers: {
			'content-type': 'text/x-opml; charset=utf-8',
			'content-disposition': 'attachment; filename="feeds.opml"'
		}
	});
