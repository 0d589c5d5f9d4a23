import { createHash, randomBytes } from 'node:crypto';

/** A new secret that nobody can guess: 192 random bits, safe in addresses. */
export const newSecret = (): string => randomBytes(24).toString('base64url');

/** How a secret is stored and looked up: SHA-256, enough for what is random already. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');
