import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { id } from '#src/core/items/input.ts';
import { proofText } from '../input.ts';
import { asJwt, credentialOf, withProof } from './credential.ts';
import { giveOut, listProofs, proofAddress, readProof, takeBack } from './proofs.ts';
import { checkProof } from './verify.ts';

const tag = 'Checks';
const params = z.object({ id });

const said = z.object({
	...{ person: z.string(), title: z.string(), objectives: z.array(z.string()), issuer: z.string() },
	...{ passedAt: z.iso.datetime(), validUntil: z.iso.datetime().nullable() }
});
const proof = said.extend({ id, state: z.enum(['valid', 'expired', 'withdrawn']) });

export const proofEndpoints: Endpoint[] = [
	endpoint({
		...{ method: 'GET', path: '/me/proofs', tag, scope: 'read', summary: 'What I can show that I have passed' },
		response: z.object({ items: z.array(proof) }),
		run: async ({ db, viewer }) => ({ items: await listProofs(db, viewer) })
	}),
	endpoint({
		...{ method: 'GET', path: '/me/proofs/{id}', tag, scope: 'read', summary: 'A proof of mine, signed' },
		description:
			'`jwt` and `credential` are the same Open Badge 3.0, signed as a JWT (RS256) and within itself (eddsa-rdfc-2022). The keys stand at `/.well-known/did.json` and `/.well-known/jwks.json`.',
		params,
		response: z.object({ proof, jwt: z.string(), credential: z.record(z.string(), z.unknown()) }),
		run: async ({ db, viewer, params, origin }) => {
			const { proof, facts } = await readProof(db, viewer, params.id);
			const credential = credentialOf(facts, origin);
			return { proof, jwt: await asJwt(db, credential, origin), credential: await withProof(db, credential, origin) };
		}
	}),
	endpoint({
		...{ method: 'PUT', path: '/me/proofs/{id}/address', tag, scope: 'write', secret: true },
		summary: 'Make an address of a proof that I can give out',
		params,
		response: z.object({ address: z.string() }),
		run: async ({ db, viewer, params, origin }) => ({
			address: proofAddress(origin, params.id, await giveOut(db, viewer, params.id))
		})
	}),
	endpoint({
		...{ method: 'DELETE', path: '/me/proofs/{id}/address', tag, scope: 'write', summary: 'Take the address back' },
		params,
		run: ({ db, viewer, params }) => takeBack(db, viewer, params.id)
	}),
	endpoint({
		...{
			method: 'POST',
			path: '/proofs/verification',
			tag,
			scope: 'read',
			summary: 'Look whether a proof is real and still holds'
		},
		description: 'The same as the page `/proofs/verify`, which needs no account.',
		body: proofText,
		response: z.object({
			state: z.enum(['valid', 'expired', 'withdrawn', 'forged', 'unreadable', 'elsewhere']),
			proof: said.nullable()
		}),
		example: { body: { text: 'eyJhbGciOiJSUzI1NiJ9.e30.c2ln' } },
		run: ({ db, body, origin }) => checkProof(db, body.text, origin)
	})
];
