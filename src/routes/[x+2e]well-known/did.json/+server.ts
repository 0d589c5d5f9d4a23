import type { RequestHandler } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { didDocument } from '#src/checks/proofs/server/keys.ts';

/** The document behind this house's name as an issuer of proofs (did:web). */
export const GET: RequestHandler = async ({ url }) =>
	new Response(JSON.stringify(await didDocument(app().db, url.origin)), {
		headers: {
			'content-type': 'application/did+json',
			...{ 'cache-control': 'public, max-age=300', 'access-control-allow-origin': '*' }
		}
	});
