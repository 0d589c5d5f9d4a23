import { connect } from '#src/platform/server/db.ts';
import { startJobs, stopJobs } from '#src/platform/server/jobs.ts';
import { aCookie, aPerson, aSpace } from '#src/testing/builders.ts';
import { aLargeSpace } from './lib/large-space.ts';
import { percentile } from './lib/numbers.ts';
import { startTrellis } from './lib/program.ts';
import type { Measure } from './lib/run.ts';

const MOST_MS = 300;
const LARGE = { people: 5_000, items: 100_000 };

/** What stands on the page when there is something of everything to do. */
const PARTS = [
	'New people',
	'Questions without a useful answer',
	'Topics that hang on one person',
	'What reading solved'
];

/** The page as somebody gets it who looks after the space. @returns milliseconds */
async function once(url: string, cookie: string): Promise<number> {
	const begin = performance.now();
	const response = await fetch(url, { headers: { cookie } });
	const page = await response.text();
	const missing = PARTS.find((part) => !page.includes(part));
	if (response.status !== 200 || missing) throw new Error(`The page came with ${response.status}, without ${missing}.`);
	return performance.now() - begin;
}

export default {
	name: 'community-page',
	target: `≤ ${MOST_MS} ms at p95 for what there is to do in a space`,
	async run({ full }) {
		const trellis = await startTrellis();
		const { db, client, close } = connect(trellis.databaseUrl, 2);
		await startJobs(trellis.databaseUrl, false);
		try {
			await client`insert into organisation (name) values ('Bench') on conflict do nothing`;
			const spaceId = await aSpace(db, { slug: 'large' });
			const { id } = await aPerson(db, { spaces: [spaceId], steward: true });
			await aLargeSpace(db, spaceId, LARGE);
			const { name, value } = await aCookie(db, id);
			const runs: number[] = [];
			for (let run = 0; run < (full ? 105 : 25); run += 1)
				runs.push(await once(`${trellis.url}/spaces/large/community`, `${name}=${value}`));
			const [p50, p95] = [0.5, 0.95].map((share) => percentile(runs.slice(5), share)) as [number, number];
			const figure = `${p95.toFixed(0)} ms, half within ${p50.toFixed(0)} ms, ${LARGE.items.toLocaleString('en')} items and ${LARGE.people.toLocaleString('en')} members`;
			return { figure, ok: p95 <= MOST_MS };
		} finally {
			await stopJobs();
			await close();
			await trellis.stop();
		}
	}
} satisfies Measure;
