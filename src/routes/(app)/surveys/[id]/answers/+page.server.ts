import type { PageServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { paging } from '#src/core/api/server/page.ts';
import { parse } from '#src/platform/server/parse.ts';
import { readNamed } from '#src/survey/server/named.ts';

export const load: PageServerLoad = ({ locals, params, url }) =>
	readNamed(app().db, requireViewer(locals.viewer), params.id, parse(paging, Object.fromEntries(url.searchParams)));
