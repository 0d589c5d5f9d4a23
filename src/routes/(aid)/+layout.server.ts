import { redirect } from '@sveltejs/kit';
import type { LayoutServerLoad } from './$types';

/** What they do on the device is static/aids/device.js: a fraction of the weight, and it runs from a copy. */
export const csr = false;

/** Without the shell around: light for a phone, clean on paper, and kept whole for when there is no network. */
export const load: LayoutServerLoad = ({ locals, url }) => {
	const { viewer } = locals;
	if (!viewer) redirect(303, `/sign-in?to=${encodeURIComponent(url.pathname + url.search)}`);
	return { person: viewer.id };
};
