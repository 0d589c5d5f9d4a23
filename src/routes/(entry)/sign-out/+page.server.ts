import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { signOut } from '#src/app/server/identity.ts';

export const load: PageServerLoad = () => redirect(303, '/');

export const actions: Actions = {
	default: async (event) => {
		await signOut(event);
		// Copies of job aids, drafts and what was ticked stay on no device behind their person.
		event.setHeaders({ 'clear-site-data': '"storage"' });
		redirect(303, '/sign-in');
	}
};
