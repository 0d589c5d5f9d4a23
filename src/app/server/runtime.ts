import { openPush } from '#src/feeds/server/push/ask.ts';
import { makePushKeys } from '#src/core/notify/server/push/keys.ts';
import { readConfig, type Config } from '#src/platform/server/config.ts';
import { connect, type Connection } from '#src/platform/server/db.ts';
import { readAllowance } from '#src/platform/server/fetch-allow.ts';
import { openFiles } from '#src/platform/server/files.ts';
import { startJobs, stopJobs } from '#src/platform/server/jobs.ts';
import { startMail, stopMail } from '#src/platform/server/mail.ts';
import { stopPostman, watchOutbox } from '#src/platform/server/postman-watch.ts';
import { openFetch } from '#src/platform/server/safe-fetch.ts';
import { openVault } from '#src/platform/server/vault.ts';
import { startMailIn, wireMailbox } from './mail-in.ts';
import { wire } from './wire.ts';

export interface Runtime extends Connection {
	config: Config;
}

/** No request and no job may hold the database for longer, in milliseconds. */
const LIMITS = { statement_timeout: 30_000, idle_in_transaction_session_timeout: 60_000 };

let runtime: Runtime | undefined;
let stopMailIn: (() => Promise<void>) | undefined;

/**
 * Opens what a process needs: pool, queues, and the jobs where its role includes them.
 * The database is migrated already, by `serve` or by the command line.
 */
export async function startRuntime(env = process.env): Promise<Runtime> {
	const config = readConfig(env);
	if (!config.DATABASE_URL)
		throw new Error('startRuntime needs DATABASE_URL; serve.ts sets it for the embedded database.');
	openFiles(config);
	openFetch(readAllowance(config.FETCH_ALLOW));
	openVault(config);
	openPush(config.ORIGIN);
	startMail(config);
	const connection = connect(config.DATABASE_URL, config.DATABASE_POOL, LIMITS);
	wire(connection.db);
	wireMailbox(connection.db, config);
	await makePushKeys(connection.db);
	const isWorker = config.TRELLIS_ROLE !== 'web';
	await startJobs(config.DATABASE_URL, isWorker);
	if (isWorker) {
		watchOutbox(connection.db);
		stopMailIn = await startMailIn(connection.db, config);
	}
	return (runtime = { config, ...connection });
}

/** The running process's pool and configuration, for hooks and routes. */
export function app(): Runtime {
	if (!runtime) throw new Error('The application has not been started.');
	return runtime;
}

export async function stopRuntime(): Promise<void> {
	const current = runtime;
	runtime = undefined;
	await stopMailIn?.();
	await stopJobs();
	await stopPostman();
	stopMail();
	await current?.close();
}
