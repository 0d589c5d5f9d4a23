import { redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types';
import { sharedAddress } from '#src/app/server/shared-in.ts';

/** What another application shares with the installed one. Nothing is kept by it: it leads to the form that keeps. */
export const POST: RequestHandler = async ({ request }) => {
	redirect(303, sharedAddress(new URLSearchParams((await request.text()).slice(0, 20_000))));
};

/** The same from a device that shares by address. */
export const GET: RequestHandler = ({ url }) => redirect(303, sharedAddress(url.searchParams));
