import { connect, sql } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { takeIn } from '#src/metrics/server/take.ts';
import { startJobs, stopJobs } from '#src/platform/server/jobs.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { aMetric, typed } from '#src/testing/figures.ts';
import { startTrellis } from './lib/program.ts';
import type { Measure } from './lib/run.ts';

const LEAST = 0.5;
const LINES = 5000;

const lines = Array.from({ length: LINES }, (_, at) => ({
	line: at + 1,
	day: new Date(Date.UTC(2012, 5, 1 + at)).toISOString().slice(0, 10),
	value: String(40 + (at % 17))
}));

export default {
	name: 'metrics-ingest',
	target: `≥ ${LEAST} of one bare insert of the same lines into the same table`,
	async run({ full }) {
		const trellis = await startTrellis();
		const { db, close } = connect(trellis.databaseUrl, 2);
		await startJobs(trellis.databaseUrl, false);
		try {
			const spaceId = await aSpace(db);
			const viewer = await aPerson(db, { spaces: [spaceId] });
			const rounds = full ? 60 : 15;
			const took = { ours: 0, bare: 0 };
			for (let round = 0; round < rounds + 3; round += 1) {
				const [mine, other] = [await aMetric(db, viewer, spaceId), await aMetric(db, viewer, spaceId)];
				const ours = await time(() => takeIn(db, viewer, mine, lines, typed));
				const days = `{${lines.map(({ day }) => day).join(',')}}`;
				const values = `{${lines.map(({ value }) => value).join(',')}}`;
				const bare = await time(() =>
					db.transaction((tx) =>
						tx.execute(sql`insert into metric_point (metric_id, day, value, intake_id)
							select ${other}, p.day, p.value, ${newId()} from unnest(${days}::date[], ${values}::float8[]) as p (day, value)`)
					)
				);
				if (round < 3) continue;
				took.ours += ours;
				took.bare += bare;
			}
			const ratio = took.bare / took.ours;
			const each = (took.ours / rounds).toFixed(0);
			return { figure: `${ratio.toFixed(2)}, ${each} ms for ${LINES.toLocaleString('en')} lines`, ok: ratio >= LEAST };
		} finally {
			await stopJobs();
			await close();
			await trellis.stop();
		}
	}
} satisfies Measure;

async function time(work: () => Promise<unknown>): Promise<number> {
	const begin = performance.now();
	await work();
	return performance.now() - begin;
}
