import { renderSVG } from 'uqr';
import type { PageServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { aidToRun } from '#src/library/aids/server/read.ts';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const viewer = requireViewer(locals.viewer);
	const aid = await aidToRun(app().db, viewer, params.id);
	// The version tells an old print from the current one; the address leads to the newest either way.
	const address = `${url.origin}/aids/${aid.id}?v=${aid.version}`;
	const { timeZone, language } = viewer;
	const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone });
	return { aid, address, code: renderSVG(address, { border: 0 }), changed: day.format(new Date(aid.updatedAt)) };
};
