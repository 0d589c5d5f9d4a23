import { json } from '@sveltejs/kit';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { suggest } from '#src/core/search/server/suggest.ts';
import type { RequestHandler } from './$types';

/** What the Ask bar shows while somebody types. */
export const GET: RequestHandler = async ({ locals, url }) => {
	const groups = await suggest(app().db, requireViewer(locals.viewer), url.searchParams.get('q') ?? '');
	return json({ groups }, { headers: { 'cache-control': 'private, no-store' } });
};
