import { z } from 'zod';
import type { PageServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { libraryKinds } from '#src/core/items/kinds.ts';
import { itemFilter, listItems } from '#src/core/items/server/list.ts';
import { spacesToWriteIn } from '#src/core/spaces/server/read.ts';
import { mostHelpful } from '#src/library/highlights/server/helpful.ts';
import { linkStandings } from '#src/library/links/server/checks.ts';
import { parse } from '#src/platform/server/parse.ts';

const names = libraryKinds.map(({ kind }) => kind);
const libraryFilter = z.strictObject({ ...itemFilter.shape, kind: z.enum(names, 'is not in the library').optional() });

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const given = [...url.searchParams].filter(([, value]) => value !== '');
	const { kind, ...filter } = parse(libraryFilter, Object.fromEntries(given));
	const first = given.length === 0;
	const [list, spaces, helpful] = await Promise.all([
		listItems(db, viewer, filter, kind ? [kind] : names),
		spacesToWriteIn(db, viewer),
		first ? mostHelpful(db, viewer, { limit: 5 }) : []
	]);
	const standings = await linkStandings(db, viewer, list.items);
	return { ...list, spaces, helpful, standings, filter: { kind, space: filter.space, tag: filter.tag } };
};
