import { redirect } from '@sveltejs/kit';
import type { LayoutServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { mySpaces } from '#src/core/spaces/server/read.ts';

export const load: LayoutServerLoad = async ({ locals, url, cookies }) => {
	const { viewer } = locals;
	if (!viewer) redirect(303, `/sign-in?to=${encodeURIComponent(url.pathname + url.search)}`);
	const { id, name, image, orgRoles, timeZone, language } = viewer;
	return {
		viewer: { id, name, image, orgRoles: [...orgRoles] },
		spaces: await mySpaces(app().db, viewer),
		theme: cookies.get('theme') ?? 'system',
		clock: { now: Date.now(), timeZone, language }
	};
};
