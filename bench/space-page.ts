import { promiseAnswers } from '#src/ask/server/promise.ts';
import { reckonAllWaits } from '#src/ask/server/waits.ts';
import { connect, sql, type Db } from '#src/platform/server/db.ts';
import { startJobs, stopJobs } from '#src/platform/server/jobs.ts';
import { aCookie, aPerson, aSpace } from '#src/testing/builders.ts';
import { percentile } from './lib/numbers.ts';
import { startTrellis } from './lib/program.ts';
import type { Measure } from './lib/run.ts';

const MOST_MS = 150;
const SPACES = 20;

/** Questions of the last 180 days, spread over spaces; every fifth waits, as does a tenth of the latest. */
async function fill(db: Db, spaces: string[], asker: string, many: number): Promise<void> {
	await db.execute(sql`insert into item (id, kind, space_id, author_id, title, body_md, body_html, created_at, updated_at, active_at)
		select uuidv7(), 'question', (${sql.param(`{${spaces.join(',')}}`)}::uuid[])[1 + n % ${SPACES}], ${asker}, 'How do I do ' || n || '?', '', '',
			at, at, at from generate_series(1, ${many}::int) n cross join lateral (select now() - n * interval '180 days' / ${many}::int as at) moment`);
	await db.execute(sql`insert into question (item_id, useful_at)
		select id, case when (extract(epoch from created_at)::bigint / 60) % 5 > 0
			then created_at + (extract(epoch from created_at)::bigint % 3000) * interval '1 minute' end
		from item where kind = 'question'`);
	await reckonAllWaits(db);
	await db.execute(sql`analyze`);
}

async function took(url: string, cookie: string): Promise<number> {
	const begin = performance.now();
	const response = await fetch(url, { headers: { cookie } });
	const page = await response.text();
	if (response.status !== 200) throw new Error(`The page came back with ${response.status}.`);
	if (!/working (minute|hour|day)/.test(page))
		throw new Error('The page does not say how soon questions are answered.');
	return performance.now() - begin;
}

export default {
	name: 'space-page',
	target: `≤ ${MOST_MS} ms at p95 for a space with its answer times and promise, and for the list of ${SPACES} spaces`,
	async run({ full }) {
		const trellis = await startTrellis();
		const { db, client, close } = connect(trellis.databaseUrl, 2);
		await startJobs(trellis.databaseUrl, false);
		try {
			await client`insert into organisation (name) values ('Bench') on conflict do nothing`;
			const spaces: string[] = [];
			for (let n = 0; n < SPACES; n += 1) spaces.push(await aSpace(db, { slug: `bench-${n}` }));
			const viewer = await aPerson(db, { spaces, steward: true });
			const many = full ? 100_000 : 20_000;
			await fill(db, spaces, viewer.id, many);
			for (const space of spaces) await promiseAnswers(db, viewer, space, { share: 50, hours: 4 });
			const { name, value } = await aCookie(db, viewer.id);
			const p95: number[] = [];
			for (const path of ['/spaces/bench-7', '/spaces']) {
				const runs: number[] = [];
				for (let run = 0; run < 60; run += 1) runs.push(await took(trellis.url + path, `${name}=${value}`));
				p95.push(percentile(runs.slice(10), 0.95));
			}
			const figure = `${p95.map((each) => each.toFixed(0)).join(' and ')} ms, ${many.toLocaleString('en')} questions in 180 days`;
			return { figure, ok: Math.max(...p95) <= MOST_MS };
		} finally {
			await stopJobs();
			await close();
			await trellis.stop();
		}
	}
} satisfies Measure;
