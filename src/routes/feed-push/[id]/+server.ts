import type { RequestHandler } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { takePush, verifyIntent } from '#src/feeds/server/push/arrive.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';

/** A hub asks whether we meant it (WebSub). */
export const GET: RequestHandler = async ({ params, url }) => {
	if (!isId(params.id)) throw notFound();
	return new Response(await verifyIntent(app().db, params.id, url.searchParams), {
		headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' }
	});
};

/** A hub tells what is new; its signature says that it is the hub. */
export const POST: RequestHandler = async ({ params, request }) => {
	if (!isId(params.id)) throw notFound();
	await takePush(app().db, params.id, {
		body: new Uint8Array(await request.arrayBuffer()),
		contentType: request.headers.get('content-type') ?? '',
		signature: request.headers.get('x-hub-signature') ?? ''
	});
	return new Response(null, { status: 202 });
};
