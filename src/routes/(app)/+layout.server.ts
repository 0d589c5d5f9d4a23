import { redirect } from '@sveltejs/kit';
import type { LayoutServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { spacesToWriteIn, type SpaceName } from '#src/core/spaces/server/read.ts';

/** Every page names them. A viewer is remembered until rights or spaces change, and so are these. */
const named = new WeakMap<Viewer, SpaceName[]>();

export const load: LayoutServerLoad = async ({ locals, url, cookies }) => {
	const { viewer } = locals;
	if (!viewer) redirect(303, `/sign-in?to=${encodeURIComponent(url.pathname + url.search)}`);
	const spaces = named.get(viewer) ?? (await spacesToWriteIn(app().db, viewer));
	named.set(viewer, spaces);
	const { id, name, image, orgRoles, timeZone, language, contentLanguage } = viewer;
	return {
		viewer: { id, name, image, orgRoles: [...orgRoles] },
		spaces,
		theme: cookies.get('theme') ?? 'system',
		clock: { now: Date.now(), timeZone, language, contentLanguage }
	};
};
