import { createToken } from '#src/core/api/server/tokens.ts';
import { connect } from '#src/platform/server/db.ts';
import { startJobs, stopJobs } from '#src/platform/server/jobs.ts';
import { startAttempt } from '#src/checks/attempts/server/start.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { aCheck } from '#src/testing/checks.ts';
import { percentile } from './lib/numbers.ts';
import type { Measure } from './lib/run.ts';
import { startTrellis } from './lib/program.ts';

const MOST = 3;
/** A check that takes eight minutes: whoever is answering hands in once in that time. */
const MINUTES = 8;
const PEOPLE = 1000;

interface Handing {
	token: string;
	attempt: string;
}

/** People who all have an attempt open. */
async function makePeople(databaseUrl: string, count: number): Promise<Handing[]> {
	const { db, client, close } = connect(databaseUrl, 4);
	await startJobs(databaseUrl, false);
	try {
		await client`insert into organisation (name) values ('Bench') on conflict do nothing`;
		const spaceId = await aSpace(db);
		const author = await aPerson(db, { spaces: [spaceId], steward: true });
		const types = ['choice', 'order', 'match', 'short', 'numeric', 'form'] as const;
		const { id } = await aCheck(db, author, spaceId, { types });
		const people: Handing[] = [];
		for (let n = 0; n < count; n += 1) {
			const person = await aPerson(db, { spaces: [spaceId] });
			const { token } = await createToken(db, person, { name: 'Bench', scopes: ['read', 'write'], days: 1 });
			people.push({ token, attempt: await startAttempt(db, person, id) });
		}
		await client`vacuum analyze`;
		return people;
	} finally {
		await stopJobs();
		await close();
	}
}

/** Hands one in. @returns milliseconds from when it was due */
async function submit(url: string, { token, attempt }: Handing, due: number): Promise<number> {
	const response = await fetch(`${url}/api/v1/attempts/${attempt}/submission`, {
		method: 'POST',
		headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
		body: JSON.stringify({ revision: 0, answers: {} })
	});
	await response.arrayBuffer();
	if (!response.ok) throw new Error(`Handing in failed with ${response.status}.`);
	return performance.now() - due;
}

/**
 * As many people answer at once as are said, so that many submissions a second are due as there are people divided by
 * the minutes a check takes; each comes at its own time, whether earlier ones were answered or not (open loop).
 * @returns the 95th percentile in milliseconds
 */
async function answering(url: string, people: Handing[], atOnce: number): Promise<number> {
	const every = (MINUTES * 60_000) / atOnce;
	const begin = performance.now() + 100;
	let at = 0;
	const handed = people.map(async (person) => {
		// Arrivals by chance, as people come: the gaps are spread exponentially.
		const due = begin + (at += -Math.log(1 - Math.random()) * every);
		await new Promise((done) => setTimeout(done, Math.max(0, due - performance.now())));
		return submit(url, person, due);
	});
	return percentile(await Promise.all(handed), 0.95);
}

/** Ten people answering hand one in every 48 seconds: each is alone. So they are sent with a rest, not waited for. */
async function alone(url: string, people: Handing[]): Promise<number> {
	const taken: number[] = [];
	for (const person of people) {
		taken.push(await submit(url, person, performance.now()));
		await new Promise((done) => setTimeout(done, 60));
	}
	return percentile(taken, 0.95);
}

export default {
	name: 'checks-submit',
	target: `≤ ${MOST} × its p95 with 10 people answering`,
	async run({ full }) {
		const trellis = await startTrellis();
		try {
			const [warm, few, many] = [40, full ? 200 : 80, full ? 400 : 80];
			const people = await makePeople(trellis.databaseUrl, warm + few + many);
			await alone(trellis.url, people.slice(0, warm));
			const ten = await alone(trellis.url, people.slice(warm, warm + few));
			const thousand = await answering(trellis.url, people.slice(warm + few), PEOPLE);
			const times = thousand / ten;
			const figure = `${times.toFixed(2)} × (10: ${ten.toFixed(1)} ms, ${PEOPLE.toLocaleString('en')}: ${thousand.toFixed(1)} ms)`;
			return { figure, ok: times <= MOST };
		} finally {
			await trellis.stop();
		}
	}
} satisfies Measure;
