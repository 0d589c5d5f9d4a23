import type { RequestHandler } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { keySet } from '#src/checks/proofs/server/keys.ts';

/** The keys that proofs of this house are signed with. */
export const GET: RequestHandler = async () =>
	new Response(JSON.stringify(await keySet(app().db)), {
		headers: {
			'content-type': 'application/jwk-set+json',
			...{ 'cache-control': 'public, max-age=300', 'access-control-allow-origin': '*' }
		}
	});
