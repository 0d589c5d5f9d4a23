/** The program behind `npm run dev`: the embedded database, and Vite's server in place of the build. */
import { createServer } from 'vite';
import { readConfig, StartError } from '#src/platform/server/config.ts';
import { openDatabase } from './server/database.ts';

try {
	const config = readConfig();
	const database = await openDatabase(config);
	process.env.DATABASE_URL = database.url;
	const vite = await createServer({ server: { port: config.PORT, host: config.HOST, strictPort: true } });
	await vite.listen();
	vite.printUrls();
	let stopping = false;
	for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) {
		process.on(signal, async () => {
			if (stopping) return;
			stopping = true;
			await vite.close();
			await database.stop();
			process.exit(0);
		});
	}
} catch (error) {
	if (!(error instanceof StartError)) throw error;
	console.error(error.message);
	process.exit(error.exitCode);
}
