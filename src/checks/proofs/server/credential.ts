import { createHash, sign, verify, type KeyObject } from 'node:crypto';
import type { Db } from '#src/platform/server/db.ts';
import { canonical, type Json } from './canonical.ts';
import { base58, fromBase58 } from './base58.ts';
import { issuerDid, keyAddress, signingKey } from './keys.ts';
import { statusAddress, statusPlace } from './place.ts';

/** What a proof says, as it stands in the database. */
export interface ProofFacts {
	id: string;
	number: number;
	itemId: string;
	personName: string;
	email: string;
	title: string;
	objectives: string[];
	passedAt: string;
	validUntil: string | null;
	issuer: string;
}

export const contexts = [
	'https://www.w3.org/ns/credentials/v2',
	'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
];

const seconds = (time: string) => new Date(new Date(time).setMilliseconds(0)).toISOString().replace('.000', '');

/** A proof as an Open Badge 3.0, which is a W3C Verifiable Credential 2.0. */
export function credentialOf(facts: ProofFacts, origin: string): Json {
	const { list, index } = statusPlace(facts.number);
	return {
		'@context': contexts,
		id: `urn:uuid:${facts.id}`,
		type: ['VerifiableCredential', 'OpenBadgeCredential'],
		name: facts.title,
		issuer: { id: issuerDid(origin), type: ['Profile'], name: facts.issuer, url: origin },
		validFrom: seconds(facts.passedAt),
		...(facts.validUntil && { validUntil: seconds(facts.validUntil) }),
		credentialSubject: {
			type: ['AchievementSubject'],
			identifier: [
				{ type: 'IdentityObject', hashed: false, identityHash: facts.personName, identityType: 'name' },
				// Whoever knows the address can tell that it is theirs; nobody reads it from here.
				{
					...{ type: 'IdentityObject', hashed: true, identityType: 'emailAddress', salt: facts.id },
					identityHash: `sha256$${createHash('sha256').update(`${facts.email}${facts.id}`).digest('hex')}`
				}
			],
			achievement: {
				id: `urn:uuid:${facts.itemId}`,
				type: ['Achievement'],
				achievementType: 'Assessment',
				name: facts.title,
				description: `Passed the check “${facts.title}”.`,
				criteria: { narrative: criteria(facts.objectives) }
			}
		},
		credentialStatus: {
			...{ id: `${statusAddress(origin, list)}#${index}`, type: 'BitstringStatusListEntry' },
			...{ statusPurpose: 'revocation', statusListIndex: String(index) },
			statusListCredential: statusAddress(origin, list)
		}
	};
}

const criteria = (objectives: string[]) =>
	objectives.length > 0
		? `Cases from the job were answered right: ${objectives.join('; ')}.`
		: 'Cases from the job were answered right.';

/** Signs a credential as a JWT: RS256, which every reader of Open Badges knows. */
export async function asJwt(db: Db, credential: Json, origin: string): Promise<string> {
	const { id, privateKey } = await signingKey(db, 'RS256');
	const time = (value: unknown) => Math.floor(new Date(value as string).getTime() / 1000);
	const { issuer, validFrom, validUntil } = credential;
	const claims = {
		...credential,
		iss: (issuer as { id?: string }).id ?? issuer,
		jti: credential.id,
		nbf: time(validFrom),
		...(validUntil !== undefined && { exp: time(validUntil) })
	};
	const words = [{ alg: 'RS256', typ: 'JWT', kid: keyAddress(origin, id) }, claims]
		.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
		.join('.');
	return `${words}.${sign('sha256', Buffer.from(words), privateKey).toString('base64url')}`;
}

/** Signs a credential within itself (Data Integrity, eddsa-rdfc-2022). */
export async function withProof(db: Db, credential: Json, origin: string): Promise<Json> {
	const { id, privateKey } = await signingKey(db, 'EdDSA');
	const options = {
		...{ type: 'DataIntegrityProof', cryptosuite: 'eddsa-rdfc-2022' },
		created: seconds(new Date().toISOString()),
		...{ verificationMethod: keyAddress(origin, id), proofPurpose: 'assertionMethod' }
	};
	const signature = sign(null, await toBeSigned(credential, options), privateKey);
	return { ...credential, proof: { ...options, proofValue: `z${base58(signature)}` } };
}

/** @returns whether the proof within a credential is of this key; a credential that cannot be read is not */
export async function provesItself({ proof, ...credential }: Json, key: KeyObject): Promise<boolean> {
	const { proofValue, ...options } = proof as Json;
	const signature = typeof proofValue === 'string' ? fromBase58(proofValue.replace(/^z/, '')) : undefined;
	if (signature?.length !== 64) return false;
	return verify(null, await toBeSigned(credential, options), key, signature);
}

async function toBeSigned(credential: Json, options: Json): Promise<Buffer> {
	const parts = [{ ...options, '@context': credential['@context'] }, credential];
	const hashes = await Promise.all(
		parts.map(async (part) =>
			createHash('sha256')
				.update(await canonical(part))
				.digest()
		)
	);
	return Buffer.concat(hashes);
}
