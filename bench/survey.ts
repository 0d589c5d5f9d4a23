import { connect } from '#src/platform/server/db.ts';
import { startJobs, stopJobs } from '#src/platform/server/jobs.ts';
import { barPlot } from '#src/survey/plot.ts';
import { readResults } from '#src/survey/server/results.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { ABOUT, aLargeSurvey, ASKED } from './lib/large-survey.ts';
import { percentile } from './lib/numbers.ts';
import { startTrellis } from './lib/program.ts';
import type { Measure } from './lib/run.ts';

const MOST_MS = 300;

export default {
	name: 'survey',
	target: `≤ ${MOST_MS} ms at p95 for a cross-tab of 40 questions with 12 plots`,
	async run({ full }) {
		const trellis = await startTrellis();
		const { db, close } = connect(trellis.databaseUrl, 2);
		await startJobs(trellis.databaseUrl, false);
		try {
			const spaceId = await aSpace(db);
			const viewer = await aPerson(db, { spaces: [spaceId] });
			const many = full ? 100_000 : 20_000;
			const id = await aLargeSurvey(db, viewer, spaceId, many);
			const took: number[] = [];
			for (let run = 0; run < (full ? 140 : 42); run += 1) {
				const begin = performance.now();
				const results = await readResults(db, viewer, id, { by: `q${ASKED + (run % ABOUT)}` });
				for (const { rows } of results.questions.slice(0, 12)) barPlot(rows[0]!.label, rows[0]!.all!);
				took.push(performance.now() - begin);
			}
			const p95 = percentile(took, 0.95);
			return { figure: `${p95.toFixed(0)} ms of ${many.toLocaleString('en')} answers`, ok: p95 <= MOST_MS };
		} finally {
			await stopJobs();
			await close();
			await trellis.stop();
		}
	}
} satisfies Measure;
