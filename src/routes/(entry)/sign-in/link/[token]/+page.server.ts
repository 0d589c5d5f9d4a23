import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { signInOrAskCode } from '#src/app/server/identity.ts';
import { app } from '#src/app/server/runtime.ts';
import { signInByLink } from '#src/core/people/server/links.ts';

/** Opening the link does nothing yet: mail scanners open links too. */
export const load: PageServerLoad = ({ setHeaders }) => setHeaders({ 'cache-control': 'no-store' });

export const actions: Actions = {
	default: (event) =>
		act(event.request, async () => {
			redirect(303, await signInOrAskCode(event, await signInByLink(app().db, event.params.token)));
		})
};
