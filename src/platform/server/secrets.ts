import { createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A new secret that nobody can guess: 192 random bits, safe in addresses. */
export const newSecret = (): string => randomBytes(24).toString('base64url');

/** How a secret is stored and looked up: SHA-256, enough for what is random already. */
export const hashSecret = (secret: string): string => hash('sha256', secret);

/** Whether two secrets are the same; how long it takes does not tell where they differ. */
export const isSameSecret = (given: string, ours: string): boolean =>
	timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', ours, 'buffer'));

/**
 * Whether a body comes from who has the secret, as WebSub and most webhooks sign it.
 * @param signature `sha256=…`, the HMAC in hexadecimal digits; SHA-1 and longer ones are taken too
 */
export function isSigned(body: Uint8Array, signature: string, secret: string): boolean {
	const [, method, hex] = /^(sha1|sha256|sha384|sha512)=([0-9a-f]{40,128})$/i.exec(signature.trim()) ?? [];
	if (!method || !hex) return false;
	const [ours, theirs] = [createHmac(method.toLowerCase(), secret).update(body).digest(), Buffer.from(hex, 'hex')];
	return ours.length === theirs.length && timingSafeEqual(ours, theirs);
}

const NONCE_BYTES = 16;
let drawn = Buffer.alloc(0);

/** What a page's own scripts and styles are known by, another one each time. Many are drawn at once: one by one takes long. */
export function newNonce(): string {
	if (drawn.length === 0) drawn = randomBytes(256 * NONCE_BYTES);
	const nonce = drawn.toString('base64', 0, NONCE_BYTES);
	drawn = drawn.subarray(NONCE_BYTES);
	return nonce;
}
