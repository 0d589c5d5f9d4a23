import type { PageServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { bookmarks } from '#src/core/items/server/bookmarks.ts';

export const load: PageServerLoad = async ({ locals }) => ({
	bookmarks: await bookmarks(app().db, requireViewer(locals.viewer), { limit: 100 })
});
