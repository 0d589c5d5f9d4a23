import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { signIn } from '#src/app/server/identity.ts';
import { app } from '#src/app/server/runtime.ts';
import { firstRun } from '#src/core/people/input.ts';
import { foundOrganisation, isFounded } from '#src/core/people/server/first-run.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async () => {
	if (await isFounded(app().db)) redirect(303, '/');
};

export const actions: Actions = {
	default: (event) =>
		act(event.request, async (values) => {
			const personId = await foundOrganisation(app().db, parse(firstRun, values));
			await signIn(event, personId);
			redirect(303, '/');
		})
};
