import type { RequestHandler } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { asJwt, credentialOf, withProof } from '#src/checks/proofs/server/credential.ts';
import { readProof } from '#src/checks/proofs/server/proofs.ts';

/** The Open Badge, signed within itself or as a JWT: for its owner, and for whoever has its address. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const { db } = app();
	const { facts } = await readProof(db, locals.viewer, params.id, url.searchParams.get('key') ?? undefined);
	const credential = credentialOf(facts, url.origin);
	const isJwt = url.searchParams.get('form') === 'jwt';
	const body = isJwt
		? await asJwt(db, credential, url.origin)
		: JSON.stringify(await withProof(db, credential, url.origin), null, '\t');
	return new Response(body, {
		headers: {
			'content-type': isJwt ? 'application/vc+jwt' : 'application/vc+ld+json',
			'content-disposition': `attachment; filename="proof-${params.id.slice(-12)}.${isJwt ? 'jwt' : 'json'}"`,
			'cache-control': 'no-store'
		}
	});
};
