import type { PageServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { itemFilter } from '#src/core/items/server/list.ts';
import { parse } from '#src/platform/server/parse.ts';
import { listPrompts } from '#src/prompts/server/read.ts';

export const load: PageServerLoad = ({ locals, url }) =>
	listPrompts(app().db, requireViewer(locals.viewer), parse(itemFilter, Object.fromEntries(url.searchParams)));
