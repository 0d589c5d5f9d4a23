import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { startOfItem } from '#src/app/server/new-item.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { newFaq } from '#src/library/faqs/input.ts';
import { faqsFor } from '#src/library/faqs/server/read.ts';
import { makeFaq } from '#src/library/faqs/server/write.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const asked = url.searchParams.get('question');
	const question = asked ? (await faqsFor(db, viewer, asked)).question : null;
	const start = await startOfItem(db, viewer, url, question?.spaceId ?? undefined);
	return { ...start, question };
};

export const actions: Actions = {
	default: ({ request, locals }) =>
		act(request, async (values) => {
			redirect(303, `/faqs/${await makeFaq(app().db, requireViewer(locals.viewer), parse(newFaq, values))}`);
		})
};
