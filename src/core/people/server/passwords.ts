import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2);

/** argon2id with 19 MiB, 2 passes, 1 lane: OWASP Password Storage Cheat Sheet. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 };

/** @returns `argon2id$memory$passes$parallelism$salt$hash`, salt and hash in base64url */
export async function hashPassword(password: string): Promise<string> {
	const nonce = randomBytes(16);
	const hash = await derive('argon2id', { message: password.normalize('NFKC'), nonce, tagLength: 32, ...cost });
	const { memory, passes, parallelism } = cost;
	return ['argon2id', memory, passes, parallelism, nonce.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Whether the password is the one that was hashed; any text that is no hash answers false. */
export async function isPassword(password: string, stored: string): Promise<boolean> {
	const [name, memory, passes, parallelism, salt, hash] = stored.split('$');
	if (name !== 'argon2id' || !salt || !hash) return false;
	const expected = Buffer.from(hash, 'base64url');
	const found = await derive('argon2id', {
		message: password.normalize('NFKC'),
		nonce: Buffer.from(salt, 'base64url'),
		tagLength: expected.length,
		memory: Number(memory),
		passes: Number(passes),
		parallelism: Number(parallelism)
	});
	return timingSafeEqual(found, expected);
}

let decoy: Promise<string> | undefined;

/** Takes as long as a real check, so that an unknown address cannot be told by the clock. */
export async function pretendToCheck(password: string): Promise<false> {
	decoy ??= hashPassword(randomBytes(8).toString('hex'));
	await isPassword(password, await decoy);
	return false;
}
