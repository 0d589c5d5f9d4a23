import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fault } from './lib/rounds.ts';

/** kill -9 of PostgreSQL: in turns the server itself, and one of its processes in the middle of its work. */
let turn = 0;
export default fault('kill-postgres', async (trellis, _start, dataDir) => {
	const server = readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]!;
	const children = execFileSync('pgrep', ['-P', server], { encoding: 'utf8' }).trim().split('\n');
	const victim = turn++ % 2 === 0 ? server : children[Math.floor(Math.random() * children.length)]!;
	process.kill(Number(victim), 'SIGKILL');
	return trellis;
});
