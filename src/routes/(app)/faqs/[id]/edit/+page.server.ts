import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { faqEdit } from '#src/library/faqs/input.ts';
import { faqToEdit } from '#src/library/faqs/server/read.ts';
import { editFaq } from '#src/library/faqs/server/write.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => ({
	faq: await faqToEdit(app().db, requireViewer(locals.viewer), parse(id, params.id))
});

export const actions: Actions = {
	default: ({ request, locals, params }) =>
		act(request, async (values) => {
			await editFaq(app().db, requireViewer(locals.viewer), parse(id, params.id), parse(faqEdit, values));
			redirect(303, `/faqs/${params.id}`);
		})
};
