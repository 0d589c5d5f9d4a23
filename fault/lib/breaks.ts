import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Break } from './rounds.ts';

/** kill -9 of the application; its database goes on as an orphan until the next start. */
export const killApp: Break = async (trellis, start) => {
	const exited = once(trellis.process, 'exit');
	trellis.process.kill('SIGKILL');
	await exited;
	return start();
};

let turn = 0;

/** kill -9 of PostgreSQL: in turns the server itself, and one of its processes in the middle of its work. */
export const killPostgres: Break = async (trellis, _start, dataDir) => {
	const server = readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]!;
	const children = execFileSync('pgrep', ['-P', server], { encoding: 'utf8' }).trim().split('\n');
	const victim = turn++ % 2 === 0 ? server : children[Math.floor(Math.random() * children.length)]!;
	process.kill(Number(victim), 'SIGKILL');
	return trellis;
};
