import { readConfig, type Config } from '#src/platform/server/config.ts';
import { connect, type Connection } from '#src/platform/server/db.ts';
import { joinEmbeddedPostgres, startEmbeddedPostgres } from '#src/platform/server/embedded-postgres.ts';
import { startJobs, stopJobs } from '#src/platform/server/jobs.ts';
import { migrate } from '#src/platform/server/migrate.ts';
import { reach } from '#src/platform/server/reach.ts';
import { wire } from '../server/wire.ts';

export interface Tools extends Connection {
	config: Config;
	url: string;
}

/**
 * Gives a command the database: the one DATABASE_URL names, or the embedded one of a
 * Trellis that is running on DATA_DIR, or else that one started for as long as the command
 * takes. It is migrated, and jobs can be queued; the running Trellis, or the next, does them.
 */
export async function withDatabase(work: (tools: Tools) => Promise<void>): Promise<void> {
	const config = readConfig();
	const embedded = config.DATABASE_URL
		? undefined
		: ((await joinEmbeddedPostgres(config.DATA_DIR)) ?? (await startEmbeddedPostgres(config.DATA_DIR)));
	const url = config.DATABASE_URL ?? embedded!.url;
	try {
		const connection = connect(url, 4);
		try {
			await reach(connection, url);
			await migrate(connection);
			wire(connection.db);
			await startJobs(url, false);
			await work({ config, url, ...connection });
		} finally {
			await stopJobs();
			await connection.close();
		}
	} finally {
		await embedded?.stop();
	}
}
