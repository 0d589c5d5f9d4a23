import { mkdtempSync, rmSync } from 'node:fs';
import { createWriteStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openDatabase } from '#src/app/server/database.ts';
import { wire } from '#src/app/server/wire.ts';
import { bringQuestions } from '#src/checks/carry/server/bring.ts';
import type { Kept } from '#src/checks/carry/server/kept.ts';
import { writeMoodle } from '#src/checks/carry/server/moodle/write.ts';
import { emptyReport } from '#src/core/import/report.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { connect, type Db } from '#src/platform/server/db.ts';
import { startJobs, stopJobs } from '#src/platform/server/jobs.ts';
import { newId } from '#src/platform/server/ids.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { aBank } from '#src/testing/checks.ts';
import { chance, someQuestion } from '#src/testing/questions.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { megabytes } from './lib/numbers.ts';
import type { Measure } from './lib/run.ts';

const LIMIT_MB = 60;
const TYPES = ['choice', 'order', 'match', 'short', 'numeric', 'form', 'show'] as const;

/** As many questions as asked for, each by chance. */
async function* questions(count: number): AsyncGenerator<Kept> {
	const by = chance(count);
	for (let n = 0; n < count; n += 1) {
		const content = someQuestion(TYPES[n % TYPES.length]!, by);
		yield { id: newId(), objective: `Part ${n % 20}`, content, files: new Map() };
	}
}

/** Brings a file of so many questions, and watches what this process holds. @returns bytes at the most above those before */
async function growth(db: Db, viewer: Viewer, spaceId: string, folder: string, count: number): Promise<number> {
	const path = join(folder, `${count}.xml`);
	await pipeline(Readable.from(writeMoodle(questions(count), emptyReport())), createWriteStream(path));
	const bankId = await aBank(db, viewer, spaceId);
	globalThis.gc?.();
	const before = process.memoryUsage.rss();
	let most = before;
	const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20);
	const begin = performance.now();
	const { report } = await bringQuestions(db, viewer, bankId, { path, name: 'bench.xml' });
	clearInterval(watch);
	const seconds = (performance.now() - begin) / 1000;
	if (report.written !== count) throw new Error(`${report.written} of ${count} questions came in.`);
	console.log(`${count} questions in ${seconds.toFixed(1)} s: ${megabytes(most - before)} MB more`);
	return most - before;
}

export default {
	name: 'checks-import',
	target: `≤ ${LIMIT_MB} MB more for 5,000 questions`,
	async run() {
		const folder = mkdtempSync(join(tmpdir(), 'trellis-import-'));
		const database = await openDatabase(readConfig({ ...process.env, DATABASE_URL: '', DATA_DIR: folder }));
		const { db, client, close } = connect(database.url, 4);
		try {
			wire(db);
			await startJobs(database.url, false);
			await client`insert into organisation (name) values ('Bench')`;
			const spaceId = await aSpace(db);
			const viewer = await aPerson(db, { spaces: [spaceId], steward: true });
			// The first one warms up: code that is compiled is no growth of the file.
			await growth(db, viewer, spaceId, folder, 500);
			const small = await growth(db, viewer, spaceId, folder, 501);
			const large = await growth(db, viewer, spaceId, folder, 5000);
			const figure = `${megabytes(large)} MB (500: ${megabytes(small)} MB)`;
			return { figure, ok: megabytes(large) <= LIMIT_MB };
		} finally {
			await stopJobs();
			await close();
			await database.stop();
			rmSync(folder, { recursive: true, force: true });
		}
	}
} satisfies Measure;
