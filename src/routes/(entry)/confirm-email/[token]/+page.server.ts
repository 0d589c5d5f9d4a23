import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { confirmEmail } from '#src/core/people/server/links.ts';

export const load: PageServerLoad = ({ setHeaders }) => setHeaders({ 'cache-control': 'no-store' });

export const actions: Actions = {
	default: ({ request, params }) =>
		act(request, async () => {
			await confirmEmail(app().db, params.token);
			redirect(303, '/');
		})
};
