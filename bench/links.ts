import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '#src/app/server/database.ts';
import { wire } from '#src/app/server/wire.ts';
import { writeLinks } from '#src/library/links/server/bring.ts';
import { refreshLinks } from '#src/library/links/server/refresh.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { connect, row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { openFiles } from '#src/platform/server/files.ts';
import { startJobs, stopJobs } from '#src/platform/server/jobs.ts';
import { safeFetch, type Allowance, type Fetch } from '#src/platform/server/safe-fetch.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import type { Measure } from './lib/run.ts';

const MOST = 1.3;
const LINKS = 1000;
const IN_FLIGHT = 20;
/** What a page of the web takes to come: pages on one's own machine would come at once, as none does. */
const DELAY = 400;

/** Each in its turn, so many at once. */
async function inFlight<T>(list: readonly T[], work: (each: T) => Promise<unknown>): Promise<number> {
	const waiting = [...list];
	const begin = performance.now();
	const next = async () => {
		for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) await work(each);
	};
	await Promise.all(Array.from({ length: IN_FLIGHT }, next));
	return performance.now() - begin;
}

async function startWeb(delay: number): Promise<{ port: number; stop(): void }> {
	const env = { ...process.env, DELAY: `${delay}` };
	const child = spawn(process.execPath, ['bench/lib/slow-web.ts'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
	const [line] = (await once(child.stdout, 'data')) as [Buffer];
	return { port: Number(line), stop: () => child.kill('SIGTERM') };
}

/** The bare loop: fetch, text, next. Against it: fetched safely, read, sanitised, kept and indexed in parts. */
async function measure(db: Db, delay: number): Promise<number> {
	const web = await startWeb(delay);
	const allowance: Allowance = { allow: (address, port) => address === '127.0.0.1' && port === web.port };
	const fetchHere: Fetch = (url, options) => safeFetch(url, options, allowance);
	try {
		const spaceId = await aSpace(db);
		const viewer = await aPerson(db, { spaces: [spaceId] });
		const urls = Array.from({ length: LINKS }, (_, index) => `http://127.0.0.1:${web.port}/page/${index}`);
		const at = new Date().toISOString();
		const kept = urls.map((url) => ({ url, title: '', bodyMd: '', tags: [], addedAt: at }));
		await writeLinks(db, viewer, spaceId, 'bench', kept);
		const links = await rows<{ id: string }>(db, sql`select id from item where space_id = ${spaceId}`);
		const bare = await inFlight(urls, async (url) => (await fetch(url)).text());
		const ours = await inFlight(links, ({ id }) => refreshLinks(db, [id], fetchHere));
		const read = await row<{ n: number }>(
			db,
			sql`select count(*)::int as n from link l join item i on i.id = l.item_id where i.space_id = ${spaceId} and l.snapshot = 1`
		);
		if (read!.n !== LINKS) throw new Error(`Only ${read!.n} of ${LINKS} pages were read.`);
		const seconds = (time: number) => (time / 1000).toFixed(1);
		console.log(`Pages that take ${delay} ms: bare ${seconds(bare)} s, read and kept ${seconds(ours)} s.`);
		return ours / bare;
	} finally {
		web.stop();
	}
}

export default {
	name: 'links',
	target: `≤ ${MOST} × a bare fetch loop`,
	async run({ full }) {
		const dataDir = mkdtempSync(join(tmpdir(), 'trellis-links-'));
		const config = readConfig({ DATA_DIR: dataDir });
		const database = await openDatabase(config);
		const connection = connect(database.url, 10);
		try {
			openFiles(config);
			wire(connection.db);
			await startJobs(database.url, false);
			const ratios: number[] = [];
			for (let round = 0; round < (full ? 3 : 1); round++) ratios.push(await measure(connection.db, DELAY));
			const ratio = ratios.sort((a, b) => a - b)[Math.floor(ratios.length / 2)]!;
			return { figure: `${ratio.toFixed(2)} ×`, ok: ratio <= MOST };
		} finally {
			await stopJobs();
			await connection.close();
			await database.stop();
			rmSync(dataDir, { recursive: true, force: true });
		}
	}
} satisfies Measure;
