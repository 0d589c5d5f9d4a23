import { setTimeout as sleep } from 'node:timers/promises';
import { anAskedCrowd, sendAnswer } from '../../bench/lib/survey-people.ts';
import { connect, rows, sql } from '#src/platform/server/db.ts';
import type { Tally } from './writers.ts';

const PEOPLE = 400;
const SURVEYS = 40;

/**
 * People who answer one anonymous survey after the other, each answer sent again until it is
 * acknowledged: by the answer itself, or by being told that theirs is there already.
 */
export async function startAnswerers(url: string, databaseUrl: string, count: number) {
	const { surveys, tokens } = await anAskedCrowd(databaseUrl, { surveys: SURVEYS, people: PEOPLE });
	const acknowledged: { survey: string; person: string }[] = [];
	const waiting = surveys.flatMap((survey) => tokens.map((person) => ({ survey, ...person }))).reverse();
	let running = true;
	const answerers = Array.from({ length: count }, async () => {
		for (let next = waiting.pop(); next && running; next = waiting.pop()) {
			await untilThere(url, next.survey, next.token);
			acknowledged.push({ survey: next.survey, person: next.id });
			await sleep(Math.random() * 100);
		}
	});
	return {
		acknowledged: () => acknowledged.length,
		/** Lets each finish, then compares what was acknowledged with what is there. */
		async stop(): Promise<Tally> {
			running = false;
			await Promise.all(answerers);
			return tally(databaseUrl, acknowledged);
		}
	};
}

async function untilThere(url: string, survey: string, token: string): Promise<void> {
	for (;;) {
		const { status, said } = await sendAnswer(url, survey, token);
		if (status === 204 || (status === 409 && said.includes('already'))) return;
		if (status >= 400 && status < 500 && status !== 408 && status !== 429)
			throw new Error(`The API refuses an answer with ${status}: ${said}`);
		await sleep(50 + Math.random() * 100);
	}
}

/** Nothing leads from a person to an answer, so they are counted: as many of the one as of the other. */
async function tally(databaseUrl: string, acknowledged: { survey: string; person: string }[]): Promise<Tally> {
	const { db, close } = connect(databaseUrl, 1);
	try {
		const people = await rows<{ key: string }>(
			db,
			sql`select survey_id || ' ' || person_id as key from survey_participant`
		);
		const there = new Set(people.map(({ key }) => key));
		const counts = await rows<{ off: number }>(
			db,
			sql`select (select count(*)::int from survey_answer a where a.survey_id = s.item_id)
				- (select count(*)::int from survey_participant p where p.survey_id = s.item_id) as off from survey s`
		);
		const missing = acknowledged.filter(({ survey, person }) => !there.has(`${survey} ${person}`)).length;
		const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);
		return {
			acknowledged: acknowledged.length,
			lost: missing + sum(counts.map(({ off }) => Math.max(0, -off))),
			doubled: sum(counts.map(({ off }) => Math.max(0, off)))
		};
	} finally {
		await close();
	}
}
