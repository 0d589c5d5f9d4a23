import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '#src/app/server/database.ts';
import { wire } from '#src/app/server/wire.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { connect, sql, type Db } from '#src/platform/server/db.ts';
import { enqueue, startJobs, stopJobs } from '#src/platform/server/jobs.ts';
import { MOST_DOUBLED } from '#src/platform/server/postman.ts';
import { peopleWithDigests } from '../bench/lib/mail-people.ts';
import type { Measure } from '../bench/lib/run.ts';
import { startSink, type Sink } from '../bench/lib/sink.ts';
import { build, flags, node, root, server } from '../scripts/prepare.js';

/** Each mail takes the mail server so long, so that there is somebody to kill. */
const DELAY_MS = 15;
/** Nothing new for so long, and what is missing is lost. */
const PATIENCE_MS = 150_000;

interface Tally {
	killed: number;
	lost: number;
	doubled: number;
}

interface Scene {
	db: Db;
	sink: Sink;
	env: Record<string, string>;
}

/**
 * A worker; it starts the postman, which is a process of its own.
 * @throws with what it said when it ends by itself
 */
async function startWorker({ db, env }: Scene): Promise<ChildProcess> {
	const worker = spawn(node, [...flags, server], {
		...{ cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] }
	});
	let said = '';
	await new Promise<void>((done, fail) => {
		worker.once('exit', (code) => fail(new Error(`A worker ended with ${code}. ${said}`)));
		worker.stdout!.on('data', (chunk: Buffer) => {
			said += chunk;
			if (said.includes('Trellis works')) done();
		});
	});
	// As each minute does.
	await enqueue(db, 'notify.mail', {});
	return worker;
}

const isPostman = (pid: number) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postman-child');

/** The postman of a worker, where it has one at this moment. */
function postmanOf(worker: ChildProcess): number | undefined {
	for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each)))
		try {
			const parent = Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))![1]);
			if (parent === worker.pid && isPostman(Number(name))) return Number(name);
		} catch {
			continue; // It has ended meanwhile.
		}
	return undefined;
}

/**
 * Mails under way while one after another is killed: each when it got something through, or a machine that is slow to
 * start them would try nothing else than starts.
 * @param victim who: the worker alone, or the postman alone
 * @param most how often
 */
async function killing(scene: Scene, count: number, victim: 'worker' | 'postman', most: number): Promise<Tally> {
	const before = await scene.sink.count();
	const wanted = before.different + count;
	let worker = await startWorker(scene);
	let killed = 0;
	let last = { different: before.different, at: Date.now() };
	for (;;) {
		await sleep(200 + Math.random() * 1000);
		if (worker.exitCode !== null) throw new Error(`A worker ended by itself with ${worker.exitCode}.`);
		const { different } = await scene.sink.count();
		const isMoving = different > last.different;
		if (isMoving) last = { different, at: Date.now() };
		if (different >= wanted || Date.now() - last.at > PATIENCE_MS) break;
		const postman = postmanOf(worker);
		if (killed === most || !isMoving || !postman) continue;
		killed += 1;
		if (victim === 'postman') process.kill(postman, 'SIGKILL');
		else {
			const exited = once(worker, 'exit');
			worker.kill('SIGKILL');
			await exited;
			worker = await startWorker(scene);
			last.at = Date.now();
		}
	}
	await settled(scene.db);
	const exited = once(worker, 'exit');
	worker.kill('SIGTERM');
	await exited;
	const after = await scene.sink.count();
	const came = after.different - before.different;
	return { killed, lost: count - came, doubled: after.count - before.count - came };
}

/** What is to be sent a second time has been. */
async function settled(db: Db): Promise<void> {
	for (let left = 100; left > 0; left -= 1) {
		const [found] = await db.execute<{ waiting: number }>(sql`select count(*)::int as waiting from mail_outbox`);
		if (found!.waiting === 0) return sleep(1000);
		await sleep(300);
	}
}

/** Mails of digests while the workers, and then the postmen, are killed every second or two. */
export default {
	name: 'mail',
	target: `(0 lost; 0 doubled by a worker that is killed, ${MOST_DOUBLED} at most by each postman)`,
	async run({ full }) {
		build();
		const count = full ? 5000 : 300;
		const sink = await startSink(DELAY_MS);
		const dataDir = mkdtempSync(join(tmpdir(), 'trellis-fault-'));
		const database = await openDatabase(readConfig({ DATA_DIR: dataDir }));
		const env = {
			...{ SMTP_URL: sink.url, MAIL_FROM: 'Trellis <trellis@fault.example>', LOG_LEVEL: 'fatal' },
			...{ TRELLIS_ROLE: 'worker', DATABASE_URL: database.url, DATA_DIR: dataDir }
		};
		const { db, close } = connect(database.url, 2);
		wire(db);
		const tallies: Tally[] = [];
		try {
			for (const victim of ['worker', 'postman'] as const) {
				await peopleWithDigests(database.url, count, victim, '2026-01-05 09:00:00+00');
				await startJobs(database.url, false);
				tallies.push(await killing({ db, sink, env }, count, victim, full ? 100 : 3));
				await stopJobs();
				console.log(`${victim}: ${JSON.stringify(tallies.at(-1))}`);
			}
		} finally {
			await close();
			await database.stop();
			sink.stop();
			rmSync(dataDir, { recursive: true, force: true });
		}
		const [workers, postmen] = tallies as [Tally, Tally];
		const said = (of: Tally, name: string) => `${of.killed} ${name} killed: ${of.lost} lost, ${of.doubled} doubled`;
		return {
			figure: `${(count * 2).toLocaleString('en')} mails, ${said(workers, 'workers')}; ${said(postmen, 'postmen')}`,
			ok:
				workers.killed > 0 &&
				postmen.killed > 0 &&
				workers.lost + postmen.lost === 0 &&
				workers.doubled === 0 &&
				postmen.doubled <= MOST_DOUBLED * postmen.killed
		};
	}
} satisfies Measure;
