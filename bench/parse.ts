import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { storeFile } from '#src/core/files/server/store.ts';
import { createItem } from '#src/core/items/server/write.ts';
import { addDocument } from '#src/library/documents/server/documents.ts';
import { array, connect, rows, sql, type Db } from '#src/platform/server/db.ts';
import { openFiles } from '#src/platform/server/files.ts';
import { startJobs, stopJobs } from '#src/platform/server/jobs.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { aPdf, aPptx } from '#src/testing/documents.ts';
import { fillQuestion } from './lib/fill.ts';
import { percentile } from './lib/numbers.ts';
import { startTrellis } from './lib/program.ts';
import type { Measure } from './lib/run.ts';
import { startReader } from './lib/steady.ts';

const MOST = 1.2;

export default {
	name: 'parse',
	target: `≤ ${MOST} times the p95 of pages while a 300-page PDF and a 200-slide deck are read`,
	async run({ full }) {
		const dataDir = mkdtempSync(join(tmpdir(), 'trellis-parse-'));
		const trellis = await startTrellis({ DATA_DIR: dataDir });
		openFiles({ DATA_DIR: dataDir });
		const { db, close } = connect(trellis.databaseUrl, 2);
		try {
			const { questionId, cookie } = await fillQuestion(trellis.databaseUrl);
			await startJobs(trellis.databaseUrl, false);
			const spaceId = await aSpace(db, { access: 'closed' });
			const ana = await aPerson(db, { spaces: [spaceId] });
			const files = [await aManual(), await aDeck()];
			const reader = startReader({ url: `${trellis.url}/questions/${questionId}`, cookie });
			await reader.during(wait(4_000));
			const before = await reader.during(wait(full ? 30_000 : 12_000));
			const started = Date.now();
			const reading = readAll(db, ana, spaceId, files, full ? 6 : 1).then(() => Date.now());
			const beside = await reader.during(full ? reading : Promise.race([reading, wait(20_000)]));
			const drawing = full ? await reader.during(untilDone(db, ['document.pictures'])) : [];
			const after = full ? await reader.during(wait(30_000)) : [];
			await reader.stop();
			console.log(`Read in ${(((await reading) - started) / 1000).toFixed(1)} s.`);
			const alone = [...before, ...after];
			const p95 = (times: number[]) => percentile(times, 0.95);
			for (const [name, times] of Object.entries({ alone, beside, ...(full && { drawing }) }))
				console.log(
					`${name}: p50 ${percentile(times, 0.5).toFixed(1)} p95 ${p95(times).toFixed(1)} ms (${times.length})`
				);
			const share = p95(beside) / p95(alone);
			return { figure: share.toFixed(2), ok: share <= MOST };
		} finally {
			await stopJobs();
			await close();
			await trellis.stop();
			rmSync(dataDir, { recursive: true, force: true });
		}
	}
} satisfies Measure;

const words =
	'The till prints a receipt for the customer and keeps a copy for the evening; whoever closes counts twice. ';

const aManual = () =>
	aPdf(Array.from({ length: 300 }, (_, at) => ({ title: `Chapter ${at + 1}`, text: `${at} ${words}`.repeat(20) })));

const aDeck = () =>
	aPptx(
		Array.from({ length: 200 }, (_, at) => ({
			...{ title: `Slide ${at + 1}`, lines: Array.from({ length: 6 }, (_, line) => `${at} ${line} ${words}`) },
			notes: words.repeat(3)
		}))
	);

/** Shares the files so many times and waits until they are read and can be found; their pages are still being drawn then. */
async function readAll(db: Db, viewer: Viewer, spaceId: string, files: Buffer[], times: number): Promise<void> {
	for (let at = 0; at < times * files.length; at += 1) {
		const content = files[at % files.length]!;
		const name = `${at}.${at % files.length === 0 ? 'pdf' : 'pptx'}`;
		const kept = await storeFile(db, viewer, { name, content }, { limited: false });
		await db.transaction(async (tx) => {
			const id = await createItem(tx, viewer, { kind: 'resource', spaceId, title: name, bodyMd: '' });
			await addDocument(tx, id, kept);
		});
	}
	await untilDone(db, ['event', 'document.read', 'search.parts']);
	const unread = await rows(db, sql`select reason from document where state <> 'read'`);
	if (unread.length > 0) throw new Error(`Not read: ${JSON.stringify(unread)}`);
}

async function untilDone(db: Db, queues: string[]): Promise<void> {
	for (;;) {
		await wait(500);
		const busy = await rows(
			db,
			sql`select 1 from pgboss.job where state in ('created', 'retry', 'active') and name = any(${array(queues, 'text')})`
		);
		if (busy.length === 0) return;
	}
}
