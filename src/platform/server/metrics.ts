import { collectDefaultMetrics, Gauge, Histogram, register } from 'prom-client';
import { rows, sql, type Db } from './db.ts';

// A development server loads this file again after each change; names may be taken only once.
register.clear();
collectDefaultMetrics();

export const requestDuration = new Histogram({
	name: 'trellis_request_duration_seconds',
	help: 'Time to answer, by route and status.',
	labelNames: ['method', 'route', 'status'] as const,
	buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]
});

const queue = new Gauge({
	name: 'trellis_queue_jobs',
	help: 'Jobs that wait or run, by queue and state.',
	labelNames: ['queue', 'state'] as const
});

const connections = new Gauge({
	name: 'trellis_database_connections',
	help: 'Sessions on the database, by state.',
	labelNames: ['state'] as const
});

/** All figures in Prometheus' text format; the database is asked for its own now. */
export async function metrics(db: Db): Promise<{ type: string; text: string }> {
	await Promise.all([countJobs(db), countConnections(db)]);
	return { type: register.contentType, text: await register.metrics() };
}

async function countJobs(db: Db): Promise<void> {
	const counted = await rows<{ name: string; state: string; count: number }>(
		db,
		sql`select name, state::text, count(*)::int from pgboss.job where state < 'completed' group by 1, 2`
	);
	queue.reset();
	for (const { name, state, count } of counted) queue.set({ queue: name, state }, count);
}

async function countConnections(db: Db): Promise<void> {
	const counted = await rows<{ state: string; count: number }>(
		db,
		sql`select coalesce(state, 'other') as state, count(*)::int from pg_stat_activity
			where datname = current_database() group by 1`
	);
	connections.reset();
	for (const { state, count } of counted) connections.set({ state }, count);
}
