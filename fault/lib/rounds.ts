import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startTrellis } from '../../bench/lib/program.ts';
import type { Measure } from '../../bench/lib/run.ts';
import { startWriters } from './writers.ts';

const WRITERS = 50;

export type Trellis = Awaited<ReturnType<typeof startTrellis>>;

/** What is broken in a round. @returns the application that runs afterwards */
export type Break = (trellis: Trellis, start: () => Promise<Trellis>, dataDir: string) => Promise<Trellis>;

/** Breaks the same thing again and again at random moments under writers, then counts what is lost. */
export function fault(name: string, breakIt: Break, startLoad = startWriters): Measure {
	return {
		name,
		target: '(0 and 0)',
		async run({ full }) {
			const rounds = full ? 30 : 5;
			const dataDir = mkdtempSync(join(tmpdir(), 'trellis-fault-'));
			// Those who write go on at the same address when it stands again.
			const PORT = await freePort();
			const start = () => startTrellis({ PORT, DATA_DIR: dataDir, LOG_LEVEL: 'silent' });
			let trellis = await start();
			try {
				const writers = await startLoad(trellis.url, trellis.databaseUrl, WRITERS);
				for (let round = 1; round <= rounds; round++) {
					await sleep(300 + Math.random() * 1500);
					const before = writers.acknowledged();
					trellis = await breakIt(trellis, start, dataDir);
					// It counts as standing again when somebody's write got through.
					while (writers.acknowledged() === before) await sleep(20);
					console.log(`Round ${round} of ${rounds}: ${writers.acknowledged()} writes acknowledged`);
				}
				const tally = await writers.stop();
				return {
					figure: `${rounds} rounds, ${WRITERS} writers, ${tally.acknowledged} acknowledged: ${tally.lost} lost, ${tally.doubled} doubled`,
					ok: tally.lost === 0 && tally.doubled === 0
				};
			} finally {
				await trellis.stop();
				rmSync(dataDir, { recursive: true, force: true });
			}
		}
	};
}

async function freePort(): Promise<string> {
	const server = createServer().listen(0);
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	return String(port);
}
