import { fromDrizzle, PgBoss, type Job, type JobResult, type Queue } from 'pg-boss';
import { sql, type Db } from './db.ts';
import { log } from './log.ts';

/** What a job is told. Jobs run at least once: the work must bear a repetition. */
export type JobHandler<T extends object> = (data: T) => Promise<void>;

interface Definition {
	queue: string;
	options: Partial<Omit<Queue, 'name'>>;
	cron?: string;
	/** How many are taken at once; what is under way when the process is killed is done again. */
	batch: number;
	/** How many of them are under way together. */
	atOnce: number;
	run: JobHandler<any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- each queue has its own data
}

const definitions: Definition[] = [];
let boss: PgBoss | undefined;

/**
 * Declares a queue and the work it does. Called by the composition before `startJobs`.
 * @param options `atOnce`: for work that waits for others most of the time
 */
export function defineJob<T extends object>(
	queue: string,
	run: JobHandler<T>,
	options: Definition['options'] & { cron?: string; batch?: number; atOnce?: number } = {}
): void {
	const { cron, batch = 20, atOnce = 1, ...rest } = options;
	definitions.push({ queue, run, cron, batch, atOnce, options: { retryLimit: 5, retryBackoff: true, ...rest } });
}

/**
 * Opens the queues; with `work` this process also does the jobs.
 * @param url the database the jobs live in, the one the application writes to
 */
export async function startJobs(url: string, work: boolean): Promise<void> {
	boss = new PgBoss({ connectionString: url, max: 4, supervise: work, schedule: work, useListenNotify: work });
	boss.on('error', complain);
	await boss.start();
	for (const { queue, options } of definitions) await boss.createQueue(queue, options);
	if (!work) return;
	for (const { queue, run, cron, batch, atOnce } of definitions) {
		await boss.work<object>(queue, { ...pace, batchSize: batch, perJobResults: true }, (jobs) =>
			doEach(jobs, run, atOnce)
		);
		if (cron) await boss.schedule(queue, cron);
	}
}

/**
 * Looks once a second, and goes on at once while many wait. Jobs do not wake the worker by
 * NOTIFY: it would make the commits of all who write wait for each other.
 */
const pace = { pollingIntervalSeconds: 1, burstWhenBatchFull: true };

/** In their order, `atOnce` together; a failure is tried again by itself and holds up none of the others. */
async function doEach(jobs: Job<object>[], run: Definition['run'], atOnce: number): Promise<JobResult[]> {
	const results: JobResult[] = [];
	const waiting = [...jobs];
	const work = async () => {
		for (let job = waiting.shift(); job; job = waiting.shift()) results.push(await doOne(job, run));
	};
	await Promise.all(Array.from({ length: atOnce }, work));
	return results;
}

async function doOne({ id, data }: Job<object>, run: Definition['run']): Promise<JobResult> {
	try {
		await run(data);
		return { id, status: 'completed' };
	} catch (error) {
		return { id, status: 'failed', output: { message: (error as Error).message } };
	}
}

let complainedAt = 0;

/** While the database is away every poll of every queue fails: one line in ten seconds says it. */
function complain(error: Error): void {
	if (Date.now() - complainedAt < 10_000) return;
	complainedAt = Date.now();
	log.error({ code: (error as { code?: string }).code ?? error.name }, 'jobs wait for the database');
}

/**
 * Queues a job in the same transaction as the change that causes it: both happen or neither.
 * @param options `startAfter`: not before this time; `singletonKey`: one waiting job a key
 */
export async function enqueue(
	tx: Db,
	queue: string,
	data: object,
	options: { startAfter?: Date; singletonKey?: string } = {}
): Promise<void> {
	if (!boss) throw new Error('Jobs have not been started.');
	await boss.send(queue, data, { ...options, db: fromDrizzle(tx as never, sql as never) });
}

/** Lets running jobs finish (ten seconds at most), then closes the queues. */
export async function stopJobs(): Promise<void> {
	await boss?.stop({ graceful: true, timeout: 10_000 });
	boss = undefined;
}
