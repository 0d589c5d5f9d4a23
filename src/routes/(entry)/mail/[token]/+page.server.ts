import type { PageServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { describeLink, readLink } from '#src/core/notify/server/links.ts';

/** Opened from a mail, also signed out. Looking changes nothing: mail programs open links by themselves. */
export const load: PageServerLoad = async ({ params, url }) => ({
	...describeLink(await readLink(app().db, params.token)),
	token: params.token,
	isDone: url.searchParams.has('done')
});
