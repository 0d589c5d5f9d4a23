/** The program behind `npm start`: database, migrations, web server, clean end. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { resolve } from 'node:path';
import { readConfig, StartError, type Config } from '#src/platform/server/config.ts';
import { connect } from '#src/platform/server/db.ts';
import { startEmbeddedPostgres } from '#src/platform/server/embedded-postgres.ts';
import { migrate } from '#src/platform/server/migrate.ts';

/** What the build gives. */
interface Handler {
	handler(request: IncomingMessage, response: ServerResponse, next: () => void): void;
}

try {
	await serve(readConfig());
} catch (error) {
	if (!(error instanceof StartError)) throw error;
	console.error(error.message);
	process.exit(error.exitCode);
}

async function serve(config: Config): Promise<void> {
	const embedded = config.DATABASE_URL ? undefined : await startEmbeddedPostgres(config.DATA_DIR);
	const url = config.DATABASE_URL ?? embedded!.url;
	const connection = connect(url, 1);
	await migrate(connection);
	await connection.close();
	process.env.DATABASE_URL = url;
	// Without ORIGIN the address is what the browser says it is, over plain HTTP.
	process.env.PROTOCOL_HEADER ||= 'x-forwarded-proto';
	// A file of ten megabytes in its multipart form.
	process.env.BODY_SIZE_LIMIT ||= '11M';
	const { handler } = (await import(resolve('build/handler.js'))) as Handler;
	const server = createServer((request, response) => {
		request.headers['x-forwarded-proto'] ??= config.ORIGIN ? new URL(config.ORIGIN).protocol.slice(0, -1) : 'http';
		handler(request, response, () => response.writeHead(404).end());
	});
	await listen(server, config);
	console.log(`Trellis is ready at ${config.ORIGIN ?? `http://localhost:${config.PORT}`}`);
	for (const signal of ['SIGTERM', 'SIGINT'] as const) {
		process.once(signal, async () => {
			server.close();
			server.closeAllConnections();
			await embedded?.stop();
			process.exit(0);
		});
	}
}

async function listen(server: Server, { PORT, HOST }: Config): Promise<void> {
	await new Promise<void>((done, fail) => {
		server.once('error', (error: NodeJS.ErrnoException) =>
			fail(error.code === 'EADDRINUSE' ? new StartError(`Port ${PORT} is in use: set PORT to another one.`) : error)
		);
		server.listen(PORT, HOST, done);
	});
}
