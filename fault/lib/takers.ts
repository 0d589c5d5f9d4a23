import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createToken } from '#src/core/api/server/tokens.ts';
import { connect, rows, sql } from '#src/platform/server/db.ts';
import { startJobs, stopJobs } from '#src/platform/server/jobs.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { aCheck } from '#src/testing/checks.ts';
import type { Tally } from './writers.ts';

/** What somebody was told: their attempt is handed in, with these words. */
type Handed = Map<string, string>;

/**
 * People who take a check over and over: begin, save, and hand in by two clicks at once, each sent again until it is
 * acknowledged, across all that falls over meanwhile.
 */
export async function startTakers(url: string, databaseUrl: string, count: number) {
	const { check, tokens } = await makePeople(databaseUrl, count);
	const handed: Handed = new Map();
	let running = true;
	const takers = tokens.map(async (token) => {
		while (running) {
			const [attempt, words] = await takeOnce(`${url}/api/v1`, token, check);
			handed.set(attempt, words);
			await sleep(20 + Math.random() * 40);
		}
	});
	return {
		acknowledged: () => handed.size,
		/** Lets each finish, then compares what was acknowledged with what is there. */
		async stop(): Promise<Tally> {
			running = false;
			await Promise.all(takers);
			return tally(databaseUrl, handed);
		}
	};
}

async function makePeople(databaseUrl: string, count: number): Promise<{ check: string; tokens: string[] }> {
	const { db, close } = connect(databaseUrl, 2);
	await startJobs(databaseUrl, false);
	try {
		const spaceId = await aSpace(db, { name: 'Under fire' });
		const author = await aPerson(db, { spaces: [spaceId], steward: true });
		const { id } = await aCheck(db, author, spaceId, { types: ['short', 'choice', 'numeric'] });
		const tokens: string[] = [];
		for (let n = 0; n < count; n += 1) {
			const person = await aPerson(db, { spaces: [spaceId] });
			tokens.push((await createToken(db, person, { name: 'Taker', scopes: ['read', 'write'], days: 1 })).token);
		}
		return { check: id, tokens };
	} finally {
		await stopJobs();
		await close();
	}
}

interface Attempt {
	revision: number;
	questions: { id: string; type: string }[];
}

async function takeOnce(api: string, token: string, check: string): Promise<[attempt: string, words: string]> {
	const words = randomUUID();
	const send = <T>(method: string, path: string, body?: object) =>
		untilAcknowledged<T>(`${api}${path}`, token, method, body);
	const { id } = await send<{ id: string }>('POST', `/checks/${check}/attempts`, {});
	const { questions, revision } = await send<Attempt>('GET', `/attempts/${id}`);
	const short = questions.find(({ type }) => type === 'short')!.id;
	const answers = { [short]: { text: words } };
	await send('PUT', `/attempts/${id}/answers`, { revision, answers });
	// The second click comes before the first one is answered.
	const submit = () => send('POST', `/attempts/${id}/submission`, { revision: revision + 1, answers });
	await Promise.all([submit(), submit()]);
	return [id, words];
}

async function untilAcknowledged<T>(url: string, token: string, method: string, body?: object): Promise<T> {
	const request = {
		method,
		headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
		...(body ? { body: JSON.stringify(body) } : {})
	};
	for (;;) {
		const { status, said } = await fetch(url, { ...request, signal: AbortSignal.timeout(30_000) })
			.then(async (response) => ({ status: response.status, said: await response.text() }))
			.catch(() => ({ status: 0, said: '' })); // no answer, or half of one: it may have been done or not
		if (status >= 200 && status < 300) return (said ? JSON.parse(said) : {}) as T;
		if (status >= 400 && status < 500 && status !== 408 && status !== 429)
			throw new Error(`The API refuses ${method} ${url} with ${status}: ${said}`);
		await sleep(50 + Math.random() * 100);
	}
}

/** Lost: not settled, or with other words than were acknowledged. Doubled: settled more than once in the record. */
async function tally(databaseUrl: string, handed: Handed): Promise<Tally> {
	const { db, close } = connect(databaseUrl, 1);
	try {
		const found = await rows<{ id: string; state: string; words: string | null; settled: number }>(
			db,
			sql`select a.id, a.state, (select q.answer ->> 'text' from attempt_question q
					where q.attempt_id = a.id and q.answer ? 'text') as words,
				(select count(*)::int from signal s where s.verb in ('passed', 'failed')
					and s.result ->> 'attemptId' = a.id::text) as settled
				from check_attempt a`
		);
		const there = new Map(found.map((each) => [each.id, each]));
		const isLost = ([id, words]: [string, string]) => there.get(id)?.state === 'open' || there.get(id)?.words !== words;
		return {
			acknowledged: handed.size,
			lost: [...handed].filter(isLost).length,
			doubled: found.filter(({ settled, state }) => settled > 1 || (state !== 'open' && settled === 0)).length
		};
	} finally {
		await close();
	}
}
