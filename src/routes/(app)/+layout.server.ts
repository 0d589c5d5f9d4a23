import { redirect } from '@sveltejs/kit';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals, url }) => {
	if (!locals.viewer) redirect(303, `/sign-in?to=${encodeURIComponent(url.pathname + url.search)}`);
	const { id, name, orgRoles } = locals.viewer;
	return { viewer: { id, name, orgRoles } };
};
