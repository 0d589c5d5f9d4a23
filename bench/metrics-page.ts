import { connect, sql, type Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';
import { newMark } from '#src/metrics/input.ts';
import { addMark } from '#src/metrics/server/marks.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { startJobs, stopJobs } from '#src/platform/server/jobs.ts';
import { aCookie, aPerson, aSpace } from '#src/testing/builders.ts';
import { aMetric } from '#src/testing/figures.ts';
import { percentile } from './lib/numbers.ts';
import { startTrellis } from './lib/program.ts';
import type { Measure } from './lib/run.ts';

const MOST_MS = 300;
const POINTS = 5000;

/** Figures with a value of each of 5,000 days: keeping each by itself is another measure. */
async function fill(db: Db, viewer: Viewer, spaceId: string, many: number): Promise<string[]> {
	const ids: string[] = [];
	for (let at = 0; at < many; at += 1) ids.push(await aMetric(db, viewer, spaceId, { title: `Figure ${at}` }));
	await db.execute(sql`insert into metric_point (metric_id, day, value, intake_id)
		select m.item_id, date '2012-06-01' + d, 50 + 10 * random() + d / 1000.0, m.item_id
		from metric m, generate_series(0, ${POINTS - 1}::int) d`);
	for (const id of ids.slice(0, 100))
		await addMark(db, viewer, id, parse(newMark, { day: '2022-03-01', label: 'A job aid' }));
	await db.execute(sql`analyze metric_point`);
	return ids;
}

export default {
	name: 'metrics-page',
	target: `≤ ${MOST_MS} ms at p95 for the page of a figure of ${POINTS.toLocaleString('en')} values`,
	async run({ full }) {
		const trellis = await startTrellis();
		const { db, close } = connect(trellis.databaseUrl, 2);
		await startJobs(trellis.databaseUrl, false);
		try {
			await db.execute(sql`insert into organisation (name) values ('Bench') on conflict do nothing`);
			const spaceId = await aSpace(db);
			const viewer = await aPerson(db, { spaces: [spaceId] });
			const many = full ? 1000 : 100;
			const ids = await fill(db, viewer, spaceId, many);
			const { name, value } = await aCookie(db, viewer.id);
			const took: number[] = [];
			for (let run = 0; run < 120; run += 1) {
				const begin = performance.now();
				const answer = await fetch(`${trellis.url}/figures/${ids[(run * 7) % many]}`, {
					headers: { cookie: `${name}=${value}` }
				});
				const text = await answer.text();
				took.push(performance.now() - begin);
				if (!text.includes('<svg xmlns')) throw new Error(`The page has no plot: ${answer.status}.`);
			}
			const p95 = percentile(took.slice(20), 0.95);
			return { figure: `${p95.toFixed(0)} ms among ${many.toLocaleString('en')} figures`, ok: p95 <= MOST_MS };
		} finally {
			await stopJobs();
			await close();
			await trellis.stop();
		}
	}
} satisfies Measure;
