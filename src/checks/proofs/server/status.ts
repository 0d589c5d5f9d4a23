import { gzipSync } from 'node:zlib';
import { rows, sql, type Db } from '#src/platform/server/db.ts';
import type { Json } from './canonical.ts';
import { asJwt, withProof } from './credential.ts';
import { issuerDid } from './keys.ts';
import { PLACES, statusAddress, statusPlace } from './place.ts';

/** One bit a proof, set where it was withdrawn; gzipped, and as multibase writes it. */
export async function withdrawnBits(db: Db, list: number): Promise<string> {
	const bits = Buffer.alloc(PLACES / 8);
	const withdrawn = await rows<{ number: string }>(
		db,
		sql`select number from proof where withdrawn_at is not null and number >= ${list * PLACES} and number < ${(list + 1) * PLACES}`
	);
	// The first place is the highest bit of the first byte.
	for (const { number } of withdrawn) {
		const { index } = statusPlace(Number(number));
		bits[index >> 3]! |= 0x80 >> (index & 7);
	}
	return `u${gzipSync(bits).toString('base64url')}`;
}

/** The list as a credential, to be signed. */
async function statusCredential(db: Db, list: number, origin: string): Promise<Json> {
	const id = statusAddress(origin, list);
	return {
		'@context': ['https://www.w3.org/ns/credentials/v2'],
		id,
		type: ['VerifiableCredential', 'BitstringStatusListCredential'],
		issuer: issuerDid(origin),
		validFrom: new Date().toISOString().replace(/\.\d+/, ''),
		credentialSubject: {
			...{ id: `${id}#list`, type: 'BitstringStatusList', statusPurpose: 'revocation' },
			encodedList: await withdrawnBits(db, list)
		}
	};
}

/** @param as how it is signed: within itself, or as a JWT */
export async function signedStatus(db: Db, list: number, origin: string, as: 'json' | 'jwt'): Promise<Json | string> {
	const credential = await statusCredential(db, list, origin);
	return as === 'jwt' ? asJwt(db, credential, origin) : withProof(db, credential, origin);
}
