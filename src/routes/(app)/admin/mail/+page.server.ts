import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { paging } from '#src/core/api/server/page.ts';
import { mailAddress } from '#src/core/mail-in/input.ts';
import { listMailTrouble, mailOverview, resumeMail } from '#src/core/mail-in/server/read.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const viewer = requireViewer(locals.viewer);
	const cursor = url.searchParams.get('cursor') ?? undefined;
	return {
		...(await mailOverview(app().db, viewer)),
		trouble: await listMailTrouble(app().db, viewer, parse(paging, { cursor }))
	};
};

export const actions: Actions = {
	resume: ({ request, locals }) =>
		act(request, async (values) => {
			const input = parse(mailAddress, values);
			await resumeMail(app().db, requireViewer(locals.viewer), input);
			return { resumed: input.address };
		})
};
