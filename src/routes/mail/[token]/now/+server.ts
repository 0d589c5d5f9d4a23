import { redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { followLink, readLink } from '#src/core/notify/server/links.ts';

/** One click in a mail program (RFC 8058), or "Yes" on the page that asks. The token is all that counts. */
export const POST: RequestHandler = async ({ params, request }) => {
	const body = await request.text();
	await followLink(app().db, await readLink(app().db, params.token));
	// Mail programs need not follow a redirect, and RFC 8058 forbids one.
	if (body.includes('List-Unsubscribe=One-Click')) return new Response('You get no more of these mails.\n');
	redirect(303, `/mail/${params.token}?done`);
};

/** A mail program without one click opens the address: it is asked first. */
export const GET: RequestHandler = ({ params }) => redirect(303, `/mail/${params.token}`);
