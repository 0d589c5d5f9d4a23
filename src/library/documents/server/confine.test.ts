import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { expect, test, vi } from 'vitest';
import { visit } from '#src/platform/server/visits.ts';
import { confined, FEW, giveWay } from './confine.ts';

vi.setConfig({ testTimeout: 60_000 });

/** Whether a process works (R, S), stands still (T) or has ended (undefined). */
function stateOf(pid: number): string | undefined {
	const path = `/proc/${pid}/stat`;
	return existsSync(path) ? /\) (\w)/.exec(readFileSync(path, 'utf8'))?.[1] : undefined;
}

const bounds = { data: 256, seconds: 20 };
const canBind = spawnSync('setpriv', ['--pdeathsig', 'KILL', '--', 'true']).status === 0;

test.runIf(canBind && availableParallelism() <= FEW)(
	'what reads a file stands still while somebody waits for a page, and goes on after it',
	async () => {
		const { command, args } = confined('sleep', ['60'], bounds);
		const child = spawn(command, args, { detached: true, stdio: 'ignore' });
		giveWay(child);
		const leave: (() => void)[] = [];
		await vi.waitFor(
			() => {
				leave.push(visit());
				expect(stateOf(child.pid!)).toBe('T');
			},
			{ timeout: 20_000, interval: 30 }
		);
		leave.forEach((left) => left());
		await vi.waitFor(() => expect(stateOf(child.pid!)).toBe('S'), { timeout: 20_000 });
		const ended = once(child, 'exit');
		process.kill(-child.pid!, 'SIGKILL');
		await ended;
		// Nobody is stopped any more.
		visit()();
	}
);

test.runIf(canBind)('it ends with the process that started it, also when it stands still', async () => {
	const { command, args } = confined('sleep', ['60'], bounds);
	const program = `const { spawn } = require('node:child_process');
		const child = spawn(${JSON.stringify(command)}, ${JSON.stringify(args)}, { detached: true, stdio: 'ignore' });
		setTimeout(() => { child.kill('SIGSTOP'); console.log(child.pid); }, 1000);
		setInterval(() => {}, 1000);`;
	const parent = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'ignore'] });
	const [chunk] = (await once(parent.stdout, 'data')) as [Buffer];
	const pid = Number(chunk.toString());
	await vi.waitFor(() => expect(stateOf(pid)).toBe('T'));
	parent.kill('SIGKILL');
	await vi.waitFor(() => expect([undefined, 'Z']).toContain(stateOf(pid)), { timeout: 20_000 });
});
