import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { organisationSettings } from '#src/core/people/input.ts';
import { readOrganisation, updateOrganisation } from '#src/core/people/server/admin.ts';
import { mailIsOn, mailOrigin } from '#src/platform/server/mail.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals }) => {
	const { name, openDomains, language } = await readOrganisation(app().db, requireViewer(locals.viewer));
	return {
		name,
		openDomains,
		language,
		mail: mailIsOn(),
		localLinks: mailIsOn() && !app().config.ORIGIN && mailOrigin()
	};
};

export const actions: Actions = {
	default: ({ request, locals }) =>
		act(request, async (values) => {
			await updateOrganisation(app().db, requireViewer(locals.viewer), parse(organisationSettings, values));
			redirect(303, '/admin/people');
		})
};
