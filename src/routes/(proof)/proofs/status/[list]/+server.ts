import type { RequestHandler } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { signedStatus } from '#src/checks/proofs/server/status.ts';
import { notFound } from '#src/platform/server/errors.ts';

/** Which proofs were withdrawn, by their place only: for anybody who checks one. */
export const GET: RequestHandler = async ({ params, url, request }) => {
	if (!/^\d{1,6}$/.test(params.list)) throw notFound('There is no such list.');
	const as = /vc\+jwt/.test(request.headers.get('accept') ?? '') ? 'jwt' : 'json';
	const list = await signedStatus(app().db, Number(params.list), url.origin, as);
	return new Response(typeof list === 'string' ? list : JSON.stringify(list), {
		headers: {
			'content-type': as === 'jwt' ? 'application/vc+jwt' : 'application/vc+ld+json',
			...{ 'cache-control': 'public, max-age=60', vary: 'accept', 'access-control-allow-origin': '*' }
		}
	});
};
