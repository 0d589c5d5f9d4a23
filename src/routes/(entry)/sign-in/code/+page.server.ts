import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { safeTarget, signIn, STEP_COOKIE } from '#src/app/server/identity.ts';
import { app } from '#src/app/server/runtime.ts';
import { code } from '#src/core/people/input.ts';
import { finishSignIn } from '#src/core/people/server/second-factor.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = ({ locals, cookies, url }) => {
	const to = safeTarget(url.searchParams.get('to'));
	if (locals.viewer) redirect(303, to);
	if (!cookies.get(STEP_COOKIE)) redirect(303, `/sign-in?to=${encodeURIComponent(to)}`);
};

export const actions: Actions = {
	default: (event) =>
		act(event.request, async (values) => {
			const waiting = event.cookies.get(STEP_COOKIE) ?? '';
			await signIn(event, await finishSignIn(app().db, waiting, parse(code, values).code));
			event.cookies.delete(STEP_COOKIE, { path: '/' });
			redirect(303, safeTarget(event.url.searchParams.get('to')));
		})
};
