import type { PageServerLoad } from './$types';
import { readHome } from '#src/app/server/home.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { describeDraft, listDrafts } from '#src/core/items/server/drafts.ts';

export const load: PageServerLoad = async ({ locals, url, depends }) => {
	depends('trellis:tasks');
	const viewer = requireViewer(locals.viewer);
	const cursor = url.searchParams.get('cursor') ?? undefined;
	const [home, drafts] = await Promise.all([readHome(app().db, viewer, cursor), listDrafts(app().db, viewer)]);
	return {
		...home,
		isFirst: cursor === undefined,
		drafts: drafts
			.slice(0, 4)
			.map(describeDraft)
			.flatMap(({ key, kind, title, address }) => (address ? [{ key, kind, title, address }] : []))
	};
};
