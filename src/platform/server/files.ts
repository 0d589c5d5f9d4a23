import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartError, type Config } from './config.ts';
import { bucket } from './file-bucket.ts';
import { localFolder } from './file-folder.ts';
import type { FileStore } from './file-store.ts';

let store: FileStore | undefined;
let incoming: string | undefined;

/**
 * Opens the file store of this process: a folder (`FILES_URL=file:///…`), a bucket
 * (`s3://KEY:SECRET@host/bucket?region=…`), or `files` in the data folder.
 */
export function openFiles(config: Pick<Config, 'FILES_URL' | 'DATA_DIR'>): FileStore {
	const address = config.FILES_URL ? new URL(config.FILES_URL) : undefined;
	const isBucket = address?.protocol === 's3:';
	if (address && !isBucket && address.protocol !== 'file:')
		throw new StartError('FILES_URL: a folder (file:///path) or a bucket (s3://KEY:SECRET@host/bucket) holds files.');
	const folder = address && !isBucket ? fileURLToPath(address) : join(config.DATA_DIR, 'files');
	incoming = join(folder, 'incoming');
	return (store = address && isBucket ? bucket(address) : localFolder(folder));
}

/** The store opened at start. */
export function files(): FileStore {
	if (!store) throw new Error('The file store has not been opened.');
	return store;
}

/** Where uploads lie until they are whole: on this machine, beside the contents where those are in a folder. */
export function incomingFolder(): string {
	if (!incoming) throw new Error('The file store has not been opened.');
	mkdirSync(incoming, { recursive: true });
	return incoming;
}
