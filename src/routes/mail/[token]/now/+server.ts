import { redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { followLink, readLink } from '#src/core/notify/server/links.ts';

/** One click in a mail program (RFC 8058), or "Yes" on the page that asks. The token is all that counts. */
export const POST: RequestHandler = async ({ params }) => {
	await followLink(app().db, await readLink(app().db, params.token));
	redirect(303, `/mail/${params.token}?done`);
};

/** A mail program without one click opens the address: it is asked first. */
export const GET: RequestHandler = ({ params }) => redirect(303, `/mail/${params.token}`);
