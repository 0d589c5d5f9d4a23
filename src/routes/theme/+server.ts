import { redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types';
import { safeTarget } from '#src/app/server/identity.ts';

const themes = ['light', 'dark', 'system'];

/** Keeps how the pages look on this device. */
export const POST: RequestHandler = async ({ request, cookies, url }) => {
	const theme = (await request.formData()).get('theme');
	if (typeof theme === 'string' && themes.includes(theme)) {
		cookies.set('theme', theme, { path: '/', maxAge: 31_536_000, sameSite: 'lax', secure: url.protocol === 'https:' });
	}
	redirect(303, safeTarget(url.searchParams.get('to')));
};
