import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { newFaqEntry } from '#src/library/faqs/input.ts';
import { faqsFor } from '#src/library/faqs/server/read.ts';
import { addFaqEntry } from '#src/library/faqs/server/write.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = ({ locals, url }) =>
	faqsFor(app().db, requireViewer(locals.viewer), url.searchParams.get('question') ?? '');

export const actions: Actions = {
	default: ({ request, locals }) =>
		act(request, async ({ faqId, ...values }) => {
			const to = parse(id, faqId);
			await addFaqEntry(app().db, requireViewer(locals.viewer), to, parse(newFaqEntry, values).questionId);
			redirect(303, `/faqs/${to}`);
		})
};
