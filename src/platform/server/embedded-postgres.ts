import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { log } from './log.ts';
import { diskError, folderAt, holdFolder, isHeld } from './postgres/folder.ts';
import { chooseIdentity, findBinaries } from './postgres/identity.ts';
import { createDatabase, initialise, launch, stop, stopOrphan, urlOf, type Installation } from './postgres/server.ts';

export { folderAt, urlOf };

export interface EmbeddedPostgres {
	/** Address of the database `trellis`, over a Unix socket. */
	url: string;
	stop(): Promise<void>;
}

export interface EmbeddedOptions {
	/** More settings of the server, as `name=value`; the tests give up safety for speed here. */
	settings?: string[];
	/** Told when the server ended by itself and could not be started again. */
	onLost?: (error: unknown) => void;
}

/**
 * Starts the PostgreSQL server that comes with Trellis on a data folder, creating it
 * on first use. A server that dies is started again: what was committed is there again.
 * @throws StartError when another Trellis runs on the folder, or the server cannot start
 */
export async function startEmbeddedPostgres(dataDir: string, options: EmbeddedOptions = {}): Promise<EmbeddedPostgres> {
	const folder = folderAt(dataDir);
	const binaries = await findBinaries();
	const release = holdFolder(folder);
	try {
		const identity = chooseIdentity(binaries, folder);
		const installation = { folder, binaries, identity, settings: options.settings ?? [] };
		await stopOrphan(folder);
		await initialise(installation);
		const server = await keep(installation, options.onLost);
		await createDatabase(folder);
		return {
			url: urlOf(folder),
			stop: async () => {
				await server.stop();
				release();
			}
		};
	} catch (error) {
		release();
		throw diskError(error, folder.root);
	}
}

/** Starts a server and starts it again whenever it ends unasked. */
async function keep(installation: Installation, onLost: EmbeddedOptions['onLost']): Promise<{ stop(): Promise<void> }> {
	let stopping = false;
	let server = await launch(installation);
	watch(server);
	return {
		stop: async () => {
			stopping = true;
			await stop(server);
		}
	};

	function watch(current: ChildProcess): void {
		current.once('exit', (code, signal) => {
			if (stopping) return;
			log.error({ code, signal }, 'PostgreSQL ended unasked and is started again');
			again().catch((error) => onLost?.(error));
		});
	}

	async function again(tries = 5): Promise<void> {
		try {
			server = await launch(installation);
		} catch (error) {
			if (tries === 0) throw error;
			await sleep(500);
			return again(tries - 1);
		}
		if (stopping) return stop(server);
		watch(server);
	}
}

/**
 * The server that a running Trellis already holds on the data folder, for a second program
 * such as the command line. Its `stop` does nothing: it belongs to the other.
 * @returns undefined when no Trellis runs there
 */
export async function joinEmbeddedPostgres(dataDir: string): Promise<EmbeddedPostgres | undefined> {
	const folder = folderAt(dataDir);
	return isHeld(folder) ? { url: urlOf(folder), stop: async () => {} } : undefined;
}
