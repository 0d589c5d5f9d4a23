import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startTrellis } from '../../bench/lib/program.ts';
import type { Measure } from '../../bench/lib/run.ts';
import { startWriters } from './writers.ts';

const WRITERS = 50;
const PORT = '3198';

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
			const start = () => startTrellis({ PORT, DATA_DIR: dataDir, LOG_LEVEL: 'silent' });
			let trellis = await start();
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
			await trellis.stop();
			rmSync(dataDir, { recursive: true, force: true });
			return {
				figure: `${rounds} rounds, ${WRITERS} writers, ${tally.acknowledged} acknowledged: ${tally.lost} lost, ${tally.doubled} doubled`,
				ok: tally.lost === 0 && tally.doubled === 0
			};
		}
	};
}
