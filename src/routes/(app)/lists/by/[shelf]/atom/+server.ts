import type { RequestHandler } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { feedAnswer } from '#src/core/feed-out/server/feed.ts';
import { seriesFeed } from '#src/lists/server/feed.ts';
import { readSeries } from '#src/lists/server/read.ts';

export const GET: RequestHandler = async ({ locals, params, url, request }) => {
	const series = await readSeries(app().db, requireViewer(locals.viewer), params.shelf);
	return feedAnswer(seriesFeed(series, url.origin, 'atom'), 'atom', request);
};
