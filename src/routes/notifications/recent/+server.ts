import { json } from '@sveltejs/kit';
import type { RequestHandler } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { listNotices } from '#src/core/notify/server/read.ts';

/** The newest few, for the bell's menu. */
export const GET: RequestHandler = async ({ locals }) => {
	const { groups } = await listNotices(app().db, requireViewer(locals.viewer), { show: 'all', limit: 8 });
	return json(
		groups.flatMap(({ notices }) => notices),
		{ headers: { 'cache-control': 'no-store' } }
	);
};
