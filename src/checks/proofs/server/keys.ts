import { createPrivateKey, createPublicKey, generateKeyPair, type JsonWebKey, type KeyObject } from 'node:crypto';
import { eq, isNull, and } from 'drizzle-orm';
import type { Db } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { seal, unseal } from '#src/platform/server/vault.ts';
import { base58 } from './base58.ts';
import { proofKey } from './schema.ts';

export type KeyKind = 'RS256' | 'EdDSA';

export interface SigningKey {
	id: string;
	privateKey: KeyObject;
}

/** The key that is signed with now; made when it is first needed, of processes that make one at the same time one wins. */
export async function signingKey(db: Db, kind: KeyKind): Promise<SigningKey> {
	const now = and(eq(proofKey.kind, kind), isNull(proofKey.retiredAt));
	const [found] = await db.select().from(proofKey).where(now);
	if (found) return { id: found.id, privateKey: createPrivateKey(unseal(found.sealed, found.id)) };
	const id = newId();
	const { privateKey, publicKey } = await newPair(kind);
	const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
	await db
		.insert(proofKey)
		.values({ id, kind, publicJwk: publicKey.export({ format: 'jwk' }), sealed: seal(pem, id) })
		.onConflictDoNothing();
	return signingKey(db, kind);
}

const newPair = (kind: KeyKind) =>
	new Promise<{ privateKey: KeyObject; publicKey: KeyObject }>((done, fail) => {
		const made = (error: Error | null, publicKey: KeyObject, privateKey: KeyObject) =>
			error ? fail(error) : done({ publicKey, privateKey });
		if (kind === 'RS256') generateKeyPair('rsa', { modulusLength: 2048 }, made);
		else generateKeyPair('ed25519', {}, made);
	});

/** A key that signs or has signed here. */
export async function verifyingKey(db: Db, id: string, kind: KeyKind): Promise<KeyObject | undefined> {
	const [found] = await db
		.select()
		.from(proofKey)
		.where(and(eq(proofKey.id, id), eq(proofKey.kind, kind)));
	return found && createPublicKey({ key: found.publicJwk, format: 'jwk' });
}

/** Who vouches: `did:web:trellis.example.org`, which leads anybody to the keys. */
export const issuerDid = (origin: string): string => `did:web:${new URL(origin).host.replace(':', '%3A')}`;

export const keyAddress = (origin: string, keyId: string): string => `${issuerDid(origin)}#${keyId}`;

/** Every key, for anybody who checks a signature (RFC 7517). */
export async function keySet(db: Db): Promise<{ keys: (JsonWebKey & { kid: string; alg: string; use: 'sig' })[] }> {
	const all = await keys(db);
	return { keys: all.map(({ id, kind, publicJwk }) => ({ ...publicJwk, kid: id, alg: kind, use: 'sig' as const })) };
}

async function keys(db: Db) {
	await Promise.all([signingKey(db, 'RS256'), signingKey(db, 'EdDSA')]);
	return db.select().from(proofKey).orderBy(proofKey.createdAt);
}

/** The document behind the issuer's name (did:web, W3C Controlled Identifiers). */
export async function didDocument(db: Db, origin: string): Promise<Record<string, unknown>> {
	const did = issuerDid(origin);
	const all = await keys(db);
	const addresses = all.map(({ id }) => keyAddress(origin, id));
	return {
		'@context': [
			'https://www.w3.org/ns/did/v1',
			'https://w3id.org/security/jwk/v1',
			'https://w3id.org/security/multikey/v1'
		],
		id: did,
		verificationMethod: all.map(({ id, kind, publicJwk }) => ({
			id: keyAddress(origin, id),
			controller: did,
			...(kind === 'EdDSA'
				? { type: 'Multikey', publicKeyMultibase: multikey(publicJwk) }
				: { type: 'JsonWebKey', publicKeyJwk: { ...publicJwk, alg: kind, kid: id } })
		})),
		assertionMethod: addresses,
		authentication: []
	};
}

/** An Ed25519 key as Multikey writes it: its two bytes of type, in base 58. */
export const multikey = ({ x }: JsonWebKey): string =>
	`z${base58(Buffer.concat([Buffer.from([0xed, 0x01]), Buffer.from(x!, 'base64url')]))}`;
