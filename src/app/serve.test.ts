import { afterEach, expect, test } from 'vitest';
import { EVENT_QUEUE } from '#src/core/signals/server/events.ts';
import { exitCodes } from '#src/platform/server/config.ts';
import { row, sql } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { enqueue } from '#src/platform/server/jobs.ts';
import { testDatabase } from '#src/testing/database.ts';
import { startNode, type Started } from '#src/testing/processes.ts';

const { db, url } = await testDatabase();
const started: Started[] = [];
afterEach(() => started.splice(0).forEach((each) => each.process.kill('SIGKILL')));

function serve(env: Record<string, string>): Started {
	const program = startNode(['src/app/serve.ts'], { LOG_LEVEL: 'silent', ...env });
	started.push(program);
	return program;
}

test.each([
	[{ DATABASE_URL: 'postgres://me:secret@127.0.0.1:1/db' }, exitCodes.databaseUnreachable, 'nothing listens there'],
	[{ DATABASE_URL: 'mysql://localhost/db' }, exitCodes.configuration, 'DATABASE_URL must be a URL'],
	[{ TRELLIS_ROLE: 'web' }, exitCodes.configuration, 'TRELLIS_ROLE=web needs DATABASE_URL'],
	[{ DATA_DIR: '/proc/none/below' }, exitCodes.disk, 'cannot be written'],
	[{ PORT: 'http' }, exitCodes.configuration, 'PORT']
])('a start with %j ends with exit code %i and one sentence', async (env, code, words) => {
	const program = serve(env);
	expect(await program.ended()).toBe(code);
	expect(program.output()).toContain(words);
	expect(program.output().trim().split('\n')).toHaveLength(1);
	expect(program.output()).not.toContain('secret');
});

test('workers in processes of their own do what this process queues, and end when asked', async () => {
	const workers = [1, 2].map(() => serve({ DATABASE_URL: url, TRELLIS_ROLE: 'worker' }));
	await Promise.all(workers.map((worker) => worker.printed('Trellis works')));
	const id = newId();
	await enqueue(db, EVENT_QUEUE, { id, name: 'nothing.known' });
	const state = () => row<{ state: string }>(db, sql`select state::text from pgboss.job where data ->> 'id' = ${id}`);
	await expect.poll(state, { timeout: 15_000 }).toEqual({ state: 'completed' });
	for (const worker of workers) worker.process.kill('SIGTERM');
	expect(await Promise.all(workers.map((worker) => worker.ended()))).toEqual([0, 0]);
});
