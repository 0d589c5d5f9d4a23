import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, node, root } from '../scripts/prepare.js';
import type { Measure } from './lib/run.ts';
import { percentile } from './lib/numbers.ts';

/** From `npm start` to a page that is answered, with the build and the database there. */
async function startOnce(dataDir: string): Promise<number> {
	const begin = performance.now();
	const env = { ...process.env, PORT: '3199', DATA_DIR: dataDir, LOG_LEVEL: 'warn' };
	const child = spawn(node, ['scripts/start.js'], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
	for await (const chunk of child.stdout) if (String(chunk).includes('ready')) break;
	const page = await fetch('http://localhost:3199/readyz');
	const taken = performance.now() - begin;
	if (!page.ok) throw new Error(`/readyz answered ${page.status}.`);
	child.kill('SIGTERM');
	await once(child, 'exit');
	return taken;
}

export default {
	name: 'start',
	target: '≤ 3 s',
	async run({ full }) {
		build();
		const dataDir = mkdtempSync(join(tmpdir(), 'trellis-start-'));
		try {
			console.log(`First start, which makes the database: ${Math.round(await startOnce(dataDir))} ms`);
			const times: number[] = [];
			for (let i = 0; i < (full ? 15 : 5); i++) times.push(await startOnce(dataDir));
			console.log(`Later starts: ${times.map(Math.round).join(', ')} ms`);
			const median = percentile(times, 0.5);
			return { figure: `${(median / 1000).toFixed(2)} s`, ok: median <= 3000 };
		} finally {
			rmSync(dataDir, { recursive: true, force: true });
		}
	}
} satisfies Measure;
