import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_SECONDS = 30;

/** A new secret for an authenticator app: 160 bits in base32, as RFC 4226 recommends. */
export function newTotpSecret(): string {
	return [...randomBytes(32)].map((byte) => ALPHABET[byte % 32]).join('');
}

/** The six digits of a time step (RFC 6238 with SHA-1, which every app understands). */
export function totp(secret: string, step: number): string {
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(step));
	const hash = createHmac('sha1', fromBase32(secret)).update(counter).digest();
	const offset = hash[hash.length - 1]! & 15;
	return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/**
 * The time step a code belongs to: now, the one before or after, for clocks that are a little off.
 * @returns undefined for a code that is wrong
 */
export function stepOfCode(secret: string, code: string, now = Date.now()): number | undefined {
	const current = Math.floor(now / 1000 / STEP_SECONDS);
	return [current, current - 1, current + 1].find((step) => same(totp(secret, step), code));
}

/** The address an authenticator app reads from the QR code. */
export function totpAddress(secret: string, account: string, issuer: string): string {
	const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
	return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`;
}

const same = (a: string, b: string) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

function fromBase32(text: string): Buffer {
	const bits = [...text].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
	const bytes = bits.match(/.{8}/g) ?? [];
	return Buffer.from(bytes.map((byte) => parseInt(byte, 2)));
}
