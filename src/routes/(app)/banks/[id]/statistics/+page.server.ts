import type { PageServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { readBank } from '#src/checks/banks/server/banks.ts';
import { statisticsOf } from '#src/checks/banks/server/statistics.ts';
import { paging } from '#src/core/api/server/page.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const { id, title } = await readBank(db, viewer, params.id);
	return {
		bank: { id, title },
		statistics: await statisticsOf(db, viewer, id, parse(paging, Object.fromEntries(url.searchParams)))
	};
};
