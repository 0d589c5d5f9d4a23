import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { emailOnly } from '#src/core/people/input.ts';
import { askForLink } from '#src/core/people/server/links.ts';
import { openSignUp } from '#src/core/people/server/sign-up.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async () => {
	if (!(await openSignUp(app().db))) redirect(303, '/sign-in');
};

export const actions: Actions = {
	default: ({ request, getClientAddress }) =>
		act(request, async (values) => {
			await askForLink(app().db, 'sign_up', parse(emailOnly, values).email, getClientAddress());
			return { sent: true };
		})
};
