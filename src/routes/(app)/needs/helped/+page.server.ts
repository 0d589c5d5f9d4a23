import type { PageServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { helpedFilter } from '#src/needs/helped/input.ts';
import { readHelped } from '#src/needs/helped/server/read.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const filter = parse(helpedFilter, Object.fromEntries(url.searchParams));
	return { helped: await readHelped(app().db, requireViewer(locals.viewer), filter) };
};
