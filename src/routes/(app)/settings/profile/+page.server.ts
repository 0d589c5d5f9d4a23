import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { profile } from '#src/core/people/input.ts';
import { ownProfile, setPhoto, updateProfile } from '#src/core/people/server/profiles.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals }) => ({
	profile: await ownProfile(app().db, requireViewer(locals.viewer)),
	zones: ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]
});

export const actions: Actions = {
	save: ({ request, locals }) =>
		act(request, async (values) => {
			const viewer = requireViewer(locals.viewer);
			await updateProfile(app().db, viewer, parse(profile, values));
			redirect(303, `/people/${viewer.id}`);
		}),
	photo: ({ request, locals }) => {
		const photo = request.clone();
		return act(request, async () => {
			const file = (await photo.formData()).get('file');
			const given = file instanceof File ? file : new File([], '');
			const upload = { name: given.name, content: new Uint8Array(await given.arrayBuffer()) };
			await setPhoto(app().db, requireViewer(locals.viewer), upload);
			redirect(303, '/settings/profile');
		});
	},
	removePhoto: ({ request, locals }) =>
		act(request, async () => {
			await setPhoto(app().db, requireViewer(locals.viewer), null);
			redirect(303, '/settings/profile');
		})
};
