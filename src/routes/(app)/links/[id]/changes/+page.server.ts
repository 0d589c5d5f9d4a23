import { z } from 'zod';
import type { PageServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { linkChanges } from '#src/library/links/server/read.ts';
import { parse } from '#src/platform/server/parse.ts';

const version = z.coerce.number('must be a number').int().min(1).optional();
const asked = z.strictObject({ from: version, to: version });

export const load: PageServerLoad = async ({ locals, params, url }) => ({
	id: params.id,
	...(await linkChanges(
		app().db,
		requireViewer(locals.viewer),
		params.id,
		parse(asked, Object.fromEntries(url.searchParams))
	))
});
