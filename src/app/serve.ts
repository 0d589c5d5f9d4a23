/** The program behind `npm start`: database, migrations, then web server, jobs or both; clean end. */
import { exitCodes, readConfig, StartError, type Config } from '#src/platform/server/config.ts';
import { log } from '#src/platform/server/log.ts';
import { openDatabase } from './server/database.ts';

let stopping: Promise<void> | undefined;
/** What was started, in the order in which it ends: web, jobs, pool, PostgreSQL. */
const ends: (() => Promise<void>)[] = [];

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => stop(0));
// The npm that started this is gone.
process.on('disconnect', () => stop(0));
// A promise that one request lost must not end the work of all the others.
process.on('unhandledRejection', (error) => log.error({ err: error }, 'a promise failed unheard'));
process.on('uncaughtException', (error) => {
	log.fatal({ err: error }, 'unexpected failure');
	void stop(exitCodes.unexpected);
});

const started = start();
await started;

async function start(): Promise<void> {
	try {
		await serve(readConfig());
	} catch (error) {
		setImmediate(leave, error);
	}
}

async function serve(config: Config): Promise<void> {
	const database = await openDatabase(config, { onLost: leave });
	ends.unshift(database.stop);
	process.env.DATABASE_URL = database.url;
	if (config.TRELLIS_ROLE === 'worker') {
		const { startRuntime, stopRuntime } = await import('./server/runtime.ts');
		await startRuntime();
		ends.unshift(stopRuntime);
		console.log('Trellis works: this process does the jobs and serves no pages.');
	} else {
		const { startWeb } = await import('./server/web.ts');
		const web = await startWeb(config);
		ends.unshift(web.stop);
		const address = config.ORIGIN ?? `http://localhost:${web.port}`;
		const next = database.isNew ? ' — open it to name your organisation and make its first account' : '';
		console.log(`Trellis is ready at ${address}${next}`);
	}
}

/** Ends with a sentence where there is one, and with the exit code that belongs to it. */
async function leave(error: unknown): Promise<void> {
	if (error instanceof StartError) console.error(error.message);
	else log.fatal({ err: error }, 'unexpected failure');
	await stop(error instanceof StartError ? error.exitCode : exitCodes.unexpected);
}

function stop(code: number): Promise<void> {
	stopping ??= (async () => {
		await started; // half a start has nothing yet that could be ended
		for (const end of ends) await end().catch((error) => log.error({ err: error }, 'did not end cleanly'));
		process.exit(code);
	})();
	return stopping;
}
