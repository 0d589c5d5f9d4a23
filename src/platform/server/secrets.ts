import { hash, randomBytes } from 'node:crypto';

/** A new secret that nobody can guess: 192 random bits, safe in addresses. */
export const newSecret = (): string => randomBytes(24).toString('base64url');

/** How a secret is stored and looked up: SHA-256, enough for what is random already. */
export const hashSecret = (secret: string): string => hash('sha256', secret);

const NONCE_BYTES = 16;
let drawn = Buffer.alloc(0);

/** What a page's own scripts and styles are known by, another one each time. Many are drawn at once: one by one takes long. */
export function newNonce(): string {
	if (drawn.length === 0) drawn = randomBytes(256 * NONCE_BYTES);
	const nonce = drawn.toString('base64', 0, NONCE_BYTES);
	drawn = drawn.subarray(NONCE_BYTES);
	return nonce;
}
