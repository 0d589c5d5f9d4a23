import type { RequestHandler } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';
import { takeClosed } from '#src/work/server/arrive.ts';

/** Another program tells of work that was closed there; its secret says that it is the one. */
export const POST: RequestHandler = async ({ params, request }) => {
	if (!isId(params.id)) throw notFound();
	const body = new Uint8Array(await request.arrayBuffer());
	const heard = await takeClosed(app().db, params.id, { body, headers: request.headers });
	return new Response(`${heard}\n`, { status: 202, headers: { 'content-type': 'text/plain; charset=utf-8' } });
};
