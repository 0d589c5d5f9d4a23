import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, flags, node, root, server, thrift } from '../../scripts/prepare.js';
import { urlOf, folderAt } from '#src/platform/server/embedded-postgres.ts';

/** A program under measurement, in a process of its own. */
export interface Program {
	/** Where it serves. */
	url: string;
	process: ChildProcess;
	/** All it printed. */
	output(): string;
	/** Resident bytes now. */
	resident(): number;
	/** Asks it to end, and waits. */
	stop(): Promise<void>;
}

/**
 * Starts a TypeScript program and waits until it prints an address.
 * @throws with what it printed when it ends before
 */
export async function startProgram(file: string, env: Record<string, string> = {}): Promise<Program> {
	const child = spawn(node, [...flags, file], {
		cwd: root,
		env: { ...process.env, ...thrift, ...env },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let output = '';
	const url = await new Promise<string>((done, fail) => {
		const read = (chunk: Buffer) => {
			output += chunk;
			const address = /http:\/\/localhost:\d+/.exec(output)?.[0];
			if (address) done(address);
		};
		child.stdout.on('data', read);
		child.stderr.on('data', read);
		child.once('exit', (code) => fail(new Error(`${file} ended with ${code}: ${output}`)));
	});
	return {
		url,
		process: child,
		output: () => output,
		resident: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))![1]) * 1024,
		stop: async () => {
			if (child.exitCode !== null || child.signalCode !== null) return;
			child.kill('SIGTERM');
			await once(child, 'exit');
		}
	};
}

/** The application as it runs in production, on a data folder of its own that is removed at the end. */
export async function startTrellis(env: Record<string, string> = {}): Promise<Program & { databaseUrl: string }> {
	build();
	const dataDir = env.DATA_DIR ?? mkdtempSync(join(tmpdir(), 'trellis-bench-'));
	const given = { NODE_ENV: 'production', LOG_LEVEL: 'warn', PORT: '0', DATA_DIR: dataDir, ...env };
	const program = await startProgram(server, given);
	return {
		...program,
		databaseUrl: env.DATABASE_URL ?? urlOf(folderAt(dataDir)),
		stop: async () => {
			await program.stop();
			if (!env.DATA_DIR) rmSync(dataDir, { recursive: true, force: true });
		}
	};
}

/**
 * The baseline: a bare server on the same Node that does one select by primary key and
 * sends a page of the given size that was made in advance.
 */
export function startBaseline(databaseUrl: string, bytes: number): Promise<Program> {
	return startProgram('bench/lib/bare-server.ts', { DATABASE_URL: databaseUrl, BYTES: String(Math.round(bytes)) });
}
