import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { emailOnly } from '#src/core/people/input.ts';
import { askForLink } from '#src/core/people/server/links.ts';
import { mailIsOn } from '#src/platform/server/mail.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = () => ({ mail: mailIsOn() });

export const actions: Actions = {
	default: ({ request, getClientAddress }) =>
		act(request, async (values) => {
			await askForLink(app().db, 'reset_password', parse(emailOnly, values).email, getClientAddress());
			return { sent: true };
		})
};
