import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeState } from '#src/core/items/server/write.ts';
import { row, rows, sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';
import { aBareCheck, anAsking, anAttempt, judgeAttempt } from '#src/testing/askings.ts';
import { testDatabase } from '#src/testing/database.ts';
import { askToPass, endAsking } from './ask.ts';
import { readAsking } from './oversee.ts';
import { remindDue } from './remind.ts';
import { tasksOf } from './tasks.ts';

const { db } = await testDatabase();

/** What can happen to somebody and a check, in any order; between two of them some days go by. */
type Step = { days: number } & (
	| { do: 'ask'; audience: 'people' | 'space' | 'everybody'; renewMonths: number | undefined; dueDays: number }
	| { do: 'end'; which: number }
	| { do: 'attempt'; state: 'passed' | 'failed' | 'in_review' }
	| { do: 'judge'; state: 'passed' | 'failed' }
	| { do: 'join' | 'leave' | 'archive' | 'restore' | 'remind' }
);

const days = fc.oneof(
	{ weight: 3, arbitrary: fc.integer({ min: 0, max: 60 }) },
	// Around the day on which a renewal opens, after a month, half a year and a year.
	{ weight: 1, arbitrary: fc.constantFrom(20, 21, 22, 23, 24, 25, 150, 151, 152, 153, 154, 336, 337, 338) }
);
const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.record({
			...{ days, do: fc.constant('ask' as const), audience: fc.constantFrom('people', 'space', 'everybody') },
			renewMonths: fc.constantFrom(undefined, 1, 6, 12),
			dueDays: fc.integer({ min: 1, max: 90 })
		})
	},
	{ weight: 1, arbitrary: fc.record({ days, do: fc.constant('end' as const), which: fc.nat(3) }) },
	{
		weight: 4,
		arbitrary: fc.record({
			...{ days, do: fc.constant('attempt' as const), state: fc.constantFrom('passed', 'failed', 'in_review') }
		})
	},
	{
		weight: 2,
		arbitrary: fc.record({ days, do: fc.constant('judge' as const), state: fc.constantFrom('passed', 'failed') })
	},
	{
		weight: 3,
		arbitrary: fc.record({ days, do: fc.constantFrom('join', 'leave', 'archive', 'restore', 'remind') })
	}
);

interface Asked {
	id: string;
	audience: 'people' | 'space' | 'everybody';
	renewMonths: number | undefined;
	ended: boolean;
}
interface Tried {
	id: string;
	state: string;
	at: Date;
}

/** What the words of the rule say, without a database: asked, not archived, and no pass that still holds. */
function expected(
	asked: Asked[],
	tried: Tried[],
	{ joined, archived }: { joined: boolean; archived: boolean },
	now: Date
) {
	const passes = tried.filter(({ state }) => state === 'passed').map(({ at }) => at.getTime());
	const newest = Math.max(...passes);
	const holds = (months: number | undefined) => {
		if (passes.length === 0) return false;
		if (months === undefined) return true;
		const until = new Date(newest);
		const day = until.getUTCDate();
		until.setUTCMonth(until.getUTCMonth() + months, 1);
		const last = new Date(Date.UTC(until.getUTCFullYear(), until.getUTCMonth() + 1, 0)).getUTCDate();
		until.setUTCDate(Math.min(day, last));
		return now.getTime() < until.getTime() - Math.min(28, months * 7) * 86_400_000;
	};
	const open = asked.filter(
		({ audience, ended, renewMonths }) => !ended && !archived && (audience !== 'space' || joined) && !holds(renewMonths)
	);
	if (open.length === 0) return null;
	return tried.some(({ state }) => state === 'in_review') ? 'in_review' : 'open';
}

test('a pass ends what is asked everywhere, in every order of events', { timeout: 170_000 }, async () => {
	const seen = { open: 0, in_review: 0, none: 0 };
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
			const [home, team] = [await aSpace(db), await aSpace(db, { kind: 'team' })];
			const asker = await aPerson(db, { spaces: [home, team], steward: true });
			await db.execute(sql`insert into org_role (person_id, role) values (${asker.id}, 'admin')`);
			const admin = await viewerOf(db, asker.id);
			const person = await aPerson(db, { createdAt: new Date('2030-01-01') });
			const check = await aBareCheck(db, admin, home);
			const asked: Asked[] = [];
			const tried: Tried[] = [];
			const is = { joined: false, archived: false };
			let now = new Date('2030-01-31T10:00:00Z');
			for (const each of steps) {
				now = new Date(now.getTime() + each.days * 86_400_000 + 60_000);
				await carryOut(each);
				await agree();
			}

			async function carryOut(each: Step) {
				if (each.do === 'ask') {
					const { audience, renewMonths, dueDays } = each;
					const to = { audience, spaceId: audience === 'space' ? team : undefined };
					const people = audience === 'people' ? [person.id] : [];
					const attempt = askToPass(db, admin, check, anAsking({ ...to, people, renewMonths, dueDays }), now);
					if (is.archived) return expect(attempt).rejects.toMatchObject({ kind: 'invalid' });
					asked.push({ id: await attempt, audience, renewMonths, ended: false });
				} else if (each.do === 'end') {
					const one = asked[each.which];
					if (one) await endAsking(db, admin, one.id, now);
					if (one) one.ended = true;
				} else if (each.do === 'attempt')
					tried.push({ id: await anAttempt(db, person, check, each.state, now), state: each.state, at: now });
				else if (each.do === 'judge') {
					// A judgement is given, or overturned, of the newest that was ever looked at.
					const one = tried.at(-1);
					if (one) await judgeAttempt(db, one.id, each.state, now);
					if (one) Object.assign(one, { state: each.state, at: now });
				} else if (each.do === 'join' || each.do === 'leave') {
					await db.execute(
						each.do === 'join'
							? sql`insert into space_member (space_id, person_id, joined_at) values (${team}, ${person.id}, ${now.toISOString()}) on conflict do nothing`
							: sql`delete from space_member where space_id = ${team} and person_id = ${person.id}`
					);
					is.joined = each.do === 'join';
				} else if (each.do === 'archive' || each.do === 'restore') {
					const state = each.do === 'archive' ? 'archived' : 'open';
					await db.transaction((tx) => changeState(tx, admin, check, state));
					is.archived = state === 'archived';
				} else await remindDue(db, now);
			}

			/** The list of tasks, what waits to be mailed, and the view of those responsible say the same. */
			async function agree() {
				const state = expected(asked, tried, is, now);
				seen[state ?? 'none'] += 1;
				const tasks = (await tasksOf(db, await viewerOf(db, person.id), now)).filter(({ id }) => id === check);
				expect(tasks.map((task) => task.state)).toEqual(state ? [state] : []);
				if (tried.at(-1)?.state === 'passed') {
					const left = await rows(
						db,
						sql`select 1 from notification where person_id = ${person.id} and item_id = ${check} and read_at is null
							and ${state === null}`
					);
					expect(left).toEqual([]);
				}
				for (const { id, audience, ended, renewMonths } of asked) {
					const one = await row<{ n: number }>(
						db,
						sql`select count(*)::int as n from asking where id = ${id} and ended_at is null`
					);
					expect(one!.n).toBe(ended ? 0 : 1);
					if (ended || is.archived) continue;
					const own = expected([{ id, audience, ended, renewMonths }], tried, is, now);
					const page = await readAsking(db, admin, id, now);
					expect(page.line).toMatchObject({ id });
					const isAsked = audience !== 'space' || is.joined;
					await db.execute(sql`update asking set legal_names = true where id = ${id}`);
					const waiting = (await readAsking(db, admin, id, now)).waiting!.some((each) => each.id === person.id);
					expect(waiting).toBe(isAsked && own !== null);
				}
			}
		}),
		{ numRuns: 100 }
	);
	// The orders tried reach each of the three.
	expect(Object.values(seen).every((n) => n > 20)).toBe(true);
});
