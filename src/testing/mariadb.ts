import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection } from 'mysql2';

const program = ['/usr/sbin/mariadbd', '/usr/local/sbin/mariadbd', '/usr/bin/mariadbd'].find((path) =>
	existsSync(path)
);
const install = ['/usr/bin/mariadb-install-db', '/usr/local/bin/mariadb-install-db'].find((path) => existsSync(path));

/** Whether a MariaDB of one's own can be started here. */
export const hasMariadb = (): boolean => program !== undefined && install !== undefined;

export interface Mariadb {
	port: number;
	/** Carries out statements as its administrator. */
	run(...statements: string[]): Promise<void>;
	stop(): Promise<void>;
}

/** A MariaDB of one's own, in a folder that goes with it. It takes encrypted connections where `openssl` is there. */
export async function startMariadb(): Promise<Mariadb> {
	const folder = mkdtempSync(join(tmpdir(), 'trellis-mariadb-'));
	const data = join(folder, 'data');
	const owner = process.getuid?.() === 0 ? ['--user=root'] : [];
	const made = spawnSync(install!, [
		...['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db', ...owner]
	]);
	if (made.status !== 0) throw new Error(`mariadb-install-db: ${String(made.stderr)}`);
	const [port, socketPath] = [await aFreePort(), join(folder, 'socket')];
	const server = spawn(
		program!,
		[
			...['--no-defaults', `--datadir=${data}`, `--port=${port}`, '--bind-address=127.0.0.1', `--socket=${socketPath}`],
			...[`--pid-file=${join(folder, 'pid')}`, '--innodb-buffer-pool-size=16M', ...owner, ...certificate(folder)]
		],
		{ stdio: 'ignore' }
	);
	const run = (...statements: string[]) => asRoot(socketPath, statements);
	for (let tries = 0; ; tries += 1) {
		try {
			await run('select 1');
			break;
		} catch (error) {
			if (tries > 100 || server.exitCode !== null) throw error;
			await sleep(100);
		}
	}
	return {
		...{ port, run },
		async stop() {
			const ended = once(server, 'exit');
			server.kill('SIGKILL');
			await ended;
			rmSync(folder, { recursive: true, force: true });
		}
	};
}

function asRoot(socketPath: string, statements: string[]): Promise<void> {
	const connection = createConnection({ socketPath, user: 'root', multipleStatements: true });
	return new Promise((done, fail) => {
		connection.on('error', fail);
		connection.query(statements.join(';\n'), (error) => {
			connection.destroy();
			if (error) fail(error);
			else done();
		});
	});
}

async function aFreePort(): Promise<number> {
	const probe = createServer().listen(0, '127.0.0.1');
	await once(probe, 'listening');
	const { port } = probe.address() as AddressInfo;
	probe.close();
	return port;
}

/** One that it has signed itself. */
function certificate(folder: string): string[] {
	const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
	const made = spawnSync('openssl', [
		...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=elsewhere.example'],
		...['-keyout', key, '-out', cert]
	]);
	return made.status === 0 ? [`--ssl-key=${key}`, `--ssl-cert=${cert}`] : [];
}
