import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { build, flags, node, root, server } from '../scripts/prepare.js';
import { openDatabase } from '#src/app/server/database.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { connect, row, sql, type Db } from '#src/platform/server/db.ts';
import { enqueue, startJobs, stopJobs } from '#src/platform/server/jobs.ts';
import { aPerson } from '#src/testing/builders.ts';
import type { Measure } from './lib/run.ts';

/** Of the database and of the worker beside it. */
const SECRET = 'a secret that only this measure knows';
const MOST_MB = 250;
const LEAST_AN_HOUR = 10_000;
const LEAST_304 = 0.9;
/** Feeds on each host. */
const BESIDE = 2;
/** One in so many has said something since the last look. */
const SHARE_NEW = 0.1;

interface Count {
	asked: number;
	unchanged: number;
	notModified: number;
	most: number;
}

async function startWeb(): Promise<{ port: number; ask<T>(path: string): Promise<T>; stop(): void }> {
	const child = spawn(node, [...flags, 'bench/lib/feed-web.ts'], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
	const [line] = (await once(child.stdout, 'data')) as [Buffer];
	const port = Number(line);
	const ask = async (path: string) => {
		const text = await (await fetch(`http://127.0.0.1:${port}${path}`)).text();
		return text ? JSON.parse(text) : undefined;
	};
	return { port, ask, stop: () => child.kill('SIGTERM') };
}

/** A process that does the jobs and nothing else, on one core where the system can say so. */
async function startWorker(databaseUrl: string, dataDir: string): Promise<ChildProcess> {
	const env = {
		...process.env,
		...{ DATABASE_URL: databaseUrl, DATA_DIR: dataDir, TRELLIS_ROLE: 'worker', FETCH_ALLOW: '127.0.0.0/8' },
		...{ SECRET, NODE_ENV: 'production', LOG_LEVEL: 'warn' }
	};
	build();
	const worker = spawn(node, [...flags, server], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
	if (process.platform === 'linux')
		execFileSync('taskset', ['-a', '-cp', '0', String(worker.pid)], { stdio: 'ignore' });
	await Promise.race([once(worker.stdout, 'data'), once(worker, 'exit')]);
	if (worker.exitCode !== null) throw new Error('The worker did not start.');
	return worker;
}

async function addFeeds(db: Db, count: number, port: number): Promise<void> {
	const { id } = await aPerson(db);
	await db.execute(sql`with made as (
			insert into feed (id, url, key, host)
			select gen_random_uuid(), 'http://' || host || ':' || ${port}::text || '/' || n, host || ':' || ${port}::text || '/' || n, host
			from (select n, format('127.%s.%s.%s', 1 + n / ${BESIDE}::int / 62500, n / ${BESIDE}::int / 250 % 250, 1 + n / ${BESIDE}::int % 250) as host
				from generate_series(1, ${count}::int) n) h returning id
		) insert into feed_subscription (id, feed_id, person_id) select gen_random_uuid(), id, ${id} from made`);
}

/** Resident megabytes of a process and all it started. */
function residentOf(pid: number): number {
	const read = (file: string) => {
		try {
			return readFileSync(`/proc/${pid}/${file}`, 'utf8');
		} catch {
			return '';
		}
	};
	const own = Number(/VmRSS:\s+(\d+)/.exec(read('status'))?.[1] ?? 0) / 1024;
	const children = read(`task/${pid}/children`).trim().split(' ').filter(Boolean).map(Number);
	return own + children.reduce((sum, child) => sum + residentOf(child), 0);
}

/** A round ends after a while, and the next begins with the next minute; here it need not wait for that. */
async function goOn(db: Db): Promise<void> {
	const busy = await row(db, sql`select 1 from pgboss.job where name = 'feeds.check' and state < 'completed' limit 1`);
	if (!busy) await enqueue(db, 'feeds.check', {});
}

/** Lets all feeds be looked at once. @returns seconds it took, and the most memory meanwhile */
async function round(db: Db, worker: ChildProcess): Promise<{ seconds: number; mostMb: number }> {
	await db.execute(sql`update feed set next_check_at = now(), checked_at = null`);
	const begin = performance.now();
	let mostMb = 0;
	for (let left = 1; left > 0; await wait(250)) {
		await goOn(db);
		left = (await row<{ n: number }>(db, sql`select count(*)::int as n from feed where checked_at is null`))!.n;
		mostMb = Math.max(mostMb, residentOf(worker.pid!));
		if (worker.exitCode !== null) throw new Error('The worker ended.');
	}
	return { seconds: (performance.now() - begin) / 1000, mostMb };
}

async function measure(db: Db, databaseUrl: string, dataDir: string, count: number) {
	const web = await startWeb();
	await addFeeds(db, count, web.port);
	await startJobs(databaseUrl, false);
	const worker = await startWorker(databaseUrl, dataDir);
	try {
		const first = await round(db, worker);
		console.log(
			`First look at ${count} feeds: ${(count / first.seconds).toFixed(1)} a second, ${first.mostMb.toFixed(0)} MB.`
		);
		await web.ask(`/new?share=${SHARE_NEW}`);
		const again = await round(db, worker);
		const seen = await web.ask<Count>('/count');
		const failing = await row<{ n: number }>(db, sql`select count(*)::int as n from feed where state <> 'live'`);
		if (failing!.n > 0) throw new Error(`${failing!.n} feeds could not be read.`);
		if (seen.most > 1) throw new Error(`A host was asked ${seen.most} times at once.`);
		return { ...seen, seconds: again.seconds, mostMb: Math.max(first.mostMb, again.mostMb) };
	} finally {
		worker.kill('SIGTERM');
		await once(worker, 'exit');
		await stopJobs();
		web.stop();
	}
}

export default {
	name: 'feeds-round',
	target: `≥ ${LEAST_AN_HOUR.toLocaleString('en')} feeds an hour on one core, ≤ ${MOST_MB} MB, ≥ ${LEAST_304} of the unchanged by 304, one request a host at a time`,
	async run({ full }) {
		const count = full ? 10_000 : 400;
		const dataDir = mkdtempSync(join(tmpdir(), 'trellis-feeds-'));
		const database = await openDatabase(readConfig({ DATA_DIR: dataDir, SECRET }));
		const { db, close } = connect(database.url, 4);
		try {
			const { seconds, mostMb, unchanged, notModified } = await measure(
				db,
				database.url,
				join(dataDir, 'worker'),
				count
			);
			const anHour = (count / seconds) * 3600;
			const share = notModified / unchanged;
			return {
				figure: `${Math.round(anHour).toLocaleString('en')} an hour (${count.toLocaleString('en')} in ${seconds.toFixed(0)} s), ${mostMb.toFixed(0)} MB, ${share.toFixed(3)} by 304, one a host`,
				ok: anHour >= LEAST_AN_HOUR && mostMb <= MOST_MB && share >= LEAST_304
			};
		} finally {
			await close();
			await database.stop();
			rmSync(dataDir, { recursive: true, force: true });
		}
	}
} satisfies Measure;
