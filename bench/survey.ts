import { connect, type Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';
import { newSurvey } from '#src/survey/input.ts';
import { barPlot } from '#src/survey/plot.ts';
import { surveyOf } from '#src/survey/server/record.ts';
import { releaseIfDue } from '#src/survey/server/release.ts';
import { readResults } from '#src/survey/server/results.ts';
import { changeStatus, makeSurvey } from '#src/survey/server/write.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { startJobs, stopJobs } from '#src/platform/server/jobs.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { percentile } from './lib/numbers.ts';
import { startTrellis } from './lib/program.ts';
import type { Measure } from './lib/run.ts';

const MOST_MS = 300;
const ABOUT = 7;
const ASKED = 33;
const RELEASE = 5000;

const questions = Array.from({ length: ASKED + ABOUT }, (_, at) => ({
	...{ key: `q${at}`, type: 'scale', label: `Question ${at}`, options: ['No', 'Rather no', 'Rather yes', 'Yes'] },
	...{ required: true, about: at >= ASKED }
}));

/** Answers as they wait, and their releases: keeping each by itself is another measure. */
async function answer(db: Db, viewer: Viewer, id: string, many: number): Promise<void> {
	const keys = questions.map(({ key }) => `'${key}', floor(random() * 4)::int`).join(', ');
	for (let left = many; left > 0; left -= RELEASE) {
		const some = Math.min(left, RELEASE);
		await db.execute(`insert into survey_answer (id, survey_id, version, answers)
			select gen_random_uuid(), '${id}', 1, jsonb_build_object(${keys}) from generate_series(1, ${some})`);
		await db.transaction(async (tx) => releaseIfDue(tx, await surveyOf(tx, viewer, id)));
	}
}

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
			const input = parse(newSurvey, { spaceId, title: 'Bench', questions, releaseEvery: 1000 });
			const id = await makeSurvey(db, viewer, input);
			await changeStatus(db, viewer, id, 'open');
			const many = full ? 100_000 : 20_000;
			await answer(db, viewer, id, many);
			await changeStatus(db, viewer, id, 'closed');
			const took: number[] = [];
			for (let run = 0; run < (full ? 140 : 42); run += 1) {
				const begin = performance.now();
				const results = await readResults(db, viewer, id, `q${ASKED + (run % ABOUT)}`);
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
