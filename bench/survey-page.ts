import { connect } from '#src/platform/server/db.ts';
import { startJobs, stopJobs } from '#src/platform/server/jobs.ts';
import { aCookie, aPerson, aSpace } from '#src/testing/builders.ts';
import { ABOUT, aLargeSurvey, ASKED } from './lib/large-survey.ts';
import { percentile } from './lib/numbers.ts';
import { startTrellis } from './lib/program.ts';
import type { Measure } from './lib/run.ts';

const MOST_MS = 1000;
const LEAST_PLOTS = 12;

/** The page of results as somebody who has signed in gets it, by a question about the person. */
async function once(url: string, cookie: string, id: string, by: number): Promise<{ took: number; plots: number }> {
	const begin = performance.now();
	const response = await fetch(`${url}/surveys/${id}/results?by=q${ASKED + by}`, { headers: { cookie } });
	const page = await response.text();
	if (response.status !== 200) throw new Error(`The page came back with ${response.status}.`);
	return {
		took: performance.now() - begin,
		plots: page.match(/<svg [^>]*role="img" aria-label="Question/g)?.length ?? 0
	};
}

export default {
	name: 'survey-page',
	target: `≤ ${MOST_MS} ms at p95 for the page of results with ${LEAST_PLOTS} plots at least`,
	async run({ full }) {
		const trellis = await startTrellis();
		const { db, client, close } = connect(trellis.databaseUrl, 2);
		await startJobs(trellis.databaseUrl, false);
		try {
			await client`insert into organisation (name) values ('Bench') on conflict do nothing`;
			const spaceId = await aSpace(db);
			const viewer = await aPerson(db, { spaces: [spaceId] });
			const many = full ? 100_000 : 20_000;
			const id = await aLargeSurvey(db, viewer, spaceId, many);
			const { name, value } = await aCookie(db, viewer.id);
			const cookie = `${name}=${value}`;
			const runs = [];
			for (let run = 0; run < (full ? 70 : 21); run += 1) runs.push(await once(trellis.url, cookie, id, run % ABOUT));
			const p95 = percentile(
				runs.slice(ABOUT).map(({ took }) => took),
				0.95
			);
			const plots = Math.min(...runs.map((each) => each.plots));
			const figure = `${p95.toFixed(0)} ms, ${plots} plots of ${many.toLocaleString('en')} answers × ${ASKED + ABOUT} questions`;
			return { figure, ok: p95 <= MOST_MS && plots >= LEAST_PLOTS };
		} finally {
			await stopJobs();
			await close();
			await trellis.stop();
		}
	}
} satisfies Measure;
