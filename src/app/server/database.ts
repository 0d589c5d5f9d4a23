import { exitCodes, StartError, type Config } from '#src/platform/server/config.ts';
import { openClient } from '#src/platform/server/client.ts';
import { startEmbeddedPostgres, type EmbeddedOptions } from '#src/platform/server/embedded-postgres.ts';
import { migrate } from '#src/platform/server/migrate.ts';
import { reach } from '#src/platform/server/reach.ts';
import { openVault } from '#src/platform/server/vault.ts';
import { checkKey } from './sealing.ts';

export interface OpenDatabase {
	url: string;
	/** Whether this is the first start: nothing had been migrated before. */
	isNew: boolean;
	/** Ends the server when it is the embedded one. */
	stop(): Promise<void>;
}

/**
 * The database this process works on, reachable and up to date: the one DATABASE_URL names,
 * or else the embedded one.
 * @throws StartError
 */
export async function openDatabase(config: Config, options: EmbeddedOptions = {}): Promise<OpenDatabase> {
	if (!config.DATABASE_URL && config.TRELLIS_ROLE !== 'all') {
		throw new StartError(
			`TRELLIS_ROLE=${config.TRELLIS_ROLE} needs DATABASE_URL: only one process can run the embedded database.`,
			exitCodes.configuration
		);
	}
	const embedded = config.DATABASE_URL ? undefined : await startEmbeddedPostgres(config.DATA_DIR, options);
	const url = config.DATABASE_URL ?? embedded!.url;
	const stop = async () => embedded?.stop();
	const connection = openClient(url, 1);
	try {
		await reach(connection, url);
		const applied = await migrate(connection);
		openVault(config);
		await checkKey(connection);
		return { url, isNew: applied.some((name) => name.startsWith('0001_')), stop };
	} catch (error) {
		await connection.close();
		await stop();
		throw error;
	} finally {
		await connection.close();
	}
}
