import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { exitCodes, StartError, type Config } from './config.ts';
import { makeFolder } from './make-folder.ts';

const FORM = 'v1';
const KEY_FILE = 'secret.key';

let key: Buffer | undefined;

/**
 * Opens what seals secrets that must be read again: with SECRET, or else with a key that is
 * made once and kept in the data folder for its owner alone. Once a process.
 * @throws StartError when the key file can neither be read nor made
 */
export function openVault(config: Pick<Config, 'SECRET' | 'DATA_DIR'>): void {
	const given = config.SECRET ?? keyFile(resolve(config.DATA_DIR));
	key = Buffer.from(hkdfSync('sha256', given, '', 'trellis vault', 32));
}

/** Of processes that make it at the same time one wins, and all read that one's. */
function keyFile(folder: string): string {
	const path = join(folder, KEY_FILE);
	try {
		return readFileSync(path, 'utf8').trim() || damaged(path);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw unusable(path, error);
	}
	const made = `${path}.${randomBytes(6).toString('hex')}`;
	try {
		makeFolder(folder);
		writeFileSync(made, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flush: true });
		linkSync(made, path);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unusable(path, error);
	} finally {
		rmSync(made, { force: true });
	}
	return readFileSync(path, 'utf8').trim();
}

function damaged(path: string): never {
	throw new StartError(`The key file ${path} is empty: put the right one back from a backup.`, exitCodes.configuration);
}

function unusable(path: string, error: unknown): unknown {
	if (error instanceof StartError) return error;
	return new StartError(
		`The key file ${path} can neither be read nor made: check the owner of its folder, or set SECRET.`,
		exitCodes.disk
	);
}

/**
 * Seals a secret for storing (AES-256-GCM).
 * @param place what it belongs to, such as a person's id: in another place it does not open
 */
export function seal(secret: string, place: string): string {
	const nonce = randomBytes(12);
	const cipher = createCipheriv('aes-256-gcm', opened(), nonce).setAAD(Buffer.from(place));
	const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
	return [FORM, ...[nonce, sealed, cipher.getAuthTag()].map((part) => part.toString('base64url'))].join('.');
}

/** @throws when it was sealed with another key, for another place, or was changed */
export function unseal(sealed: string, place: string): string {
	const [, nonce, text, tag] = sealed.split('.').map((part) => Buffer.from(part, 'base64url'));
	if (!isSealed(sealed) || !nonce || !text || !tag) throw new Error('This was never sealed.');
	const decipher = createDecipheriv('aes-256-gcm', opened(), nonce, { authTagLength: 16 })
		.setAAD(Buffer.from(place))
		.setAuthTag(tag);
	return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
}

export const isSealed = (text: string): boolean => text.startsWith(`${FORM}.`);

function opened(): Buffer {
	if (!key) throw new Error('The vault has not been opened.');
	return key;
}
