import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { signIn } from '#src/app/server/identity.ts';
import { app } from '#src/app/server/runtime.ts';
import { signUp } from '#src/core/people/input.ts';
import { confirmSignUp } from '#src/core/people/server/sign-up.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = ({ setHeaders }) => setHeaders({ 'cache-control': 'no-store' });

export const actions: Actions = {
	default: (event) =>
		act(event.request, async (values) => {
			await signIn(event, await confirmSignUp(app().db, event.params.token, parse(signUp, values)));
			redirect(303, '/');
		})
};
