import type { PageServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { spacesToWriteIn } from '#src/core/spaces/server/read.ts';
import { linkFilter, listLinks } from '#src/library/links/server/list.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const given = [...url.searchParams].filter(([, value]) => value !== '');
	const filter = parse(linkFilter, Object.fromEntries(given));
	const [list, spaces] = await Promise.all([listLinks(db, viewer, filter), spacesToWriteIn(db, viewer)]);
	return { ...list, spaces, filter: { show: filter.show, space: filter.space, tag: filter.tag } };
};
