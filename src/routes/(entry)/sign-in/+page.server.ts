import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { safeTarget, signIn } from '#src/app/server/identity.ts';
import { app } from '#src/app/server/runtime.ts';
import { signIn as signInInput } from '#src/core/people/input.ts';
import { signInWithPassword } from '#src/core/people/server/sign-in.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = ({ locals, url }) => {
	if (locals.viewer) redirect(303, safeTarget(url.searchParams.get('to')));
};

export const actions: Actions = {
	default: (event) =>
		act(event.request, async (values) => {
			const { personId } = await signInWithPassword(app().db, parse(signInInput, values), event.getClientAddress());
			await signIn(event, personId);
			redirect(303, safeTarget(event.url.searchParams.get('to')));
		})
};
