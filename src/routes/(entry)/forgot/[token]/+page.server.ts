import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { passwordReset } from '#src/core/people/input.ts';
import { resetPassword } from '#src/core/people/server/links.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = ({ setHeaders }) => setHeaders({ 'cache-control': 'no-store' });

export const actions: Actions = {
	default: ({ request, params }) =>
		act(request, async (values) => {
			await resetPassword(app().db, params.token, parse(passwordReset, values).password);
			redirect(303, '/sign-in');
		})
};
