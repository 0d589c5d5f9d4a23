import type { PageServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { effectFilter } from '#src/metrics/input.ts';
import { readEffectPage } from '#src/metrics/server/effect.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const asked = parse(effectFilter, Object.fromEntries(url.searchParams));
	return { view: await readEffectPage(app().db, requireViewer(locals.viewer), params.id, asked) };
};
