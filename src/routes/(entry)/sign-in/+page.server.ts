import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { safeTarget, signInOrAskCode } from '#src/app/server/identity.ts';
import { app } from '#src/app/server/runtime.ts';
import { emailOnly, signIn as signInInput } from '#src/core/people/input.ts';
import { askForLink } from '#src/core/people/server/links.ts';
import { signInWithPassword } from '#src/core/people/server/sign-in.ts';
import { openSignUp } from '#src/core/people/server/sign-up.ts';
import { mailIsOn } from '#src/platform/server/mail.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const to = safeTarget(url.searchParams.get('to'));
	if (locals.viewer) redirect(303, to);
	return { to, mail: mailIsOn(), signUp: mailIsOn() && (await openSignUp(app().db)) };
};

export const actions: Actions = {
	password: (event) =>
		act(event.request, async (values) => {
			const signedIn = await signInWithPassword(app().db, parse(signInInput, values), event.getClientAddress());
			redirect(303, await signInOrAskCode(event, signedIn));
		}),
	link: ({ request, getClientAddress }) =>
		act(request, async (values) => {
			await askForLink(app().db, 'sign_in', parse(emailOnly, values).email, getClientAddress());
			return { sent: true };
		})
};
