import type { Viewer } from '#src/core/access/server/viewer.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict } from '#src/platform/server/errors.ts';
import { quarterOf } from '#src/platform/quarter.ts';
import type { Rest, Sheet } from '../input.ts';
import { FEWEST, saidOf, statementNames, type SaidQuarter, type Tally } from '../pulse.ts';

/** How the question of the quarter stands to the viewer. */
export interface MyPulse {
	quarter: string;
	isAsked: boolean;
	/** They answered in this quarter. */
	answered: boolean;
	/** Until when they do not want to be asked; `always` for good. */
	rests: string | null;
}

/** Whether the viewer is asked now: once a quarter, after a month here, and where at least five could answer. */
export async function autonomyPulseFor(db: Db, viewer: Viewer, now = new Date()): Promise<MyPulse> {
	const quarter = quarterOf(now);
	const at = sql`${now.toISOString()}::timestamptz`;
	const found = await row<{ answered: boolean | null; rests: string | null; fits: boolean }>(
		db,
		sql`select (select answered from autonomy_pulse_person where quarter = ${quarter} and person_id = p.id) as answered,
				(select case when until = 'infinity' then 'always' else to_json(until) #>> '{}' end
					from autonomy_pulse_rest where person_id = p.id and until > ${at}) as rests,
				p.created_at < ${at} - interval '30 days' and ${FEWEST} <=
					(select count(*) from (select 1 from person where deactivated_at is null limit ${FEWEST}) few) as fits
			from person p where p.id = ${viewer.id}`
	);
	const { answered = null, rests = null, fits = false } = found ?? {};
	return { quarter, isAsked: fits && answered === null && rests === null, answered: answered === true, rests };
}

/**
 * Counts what the viewer says: once a quarter, and for good. Only how many said what is kept.
 * @throws Failure conflict for who is not asked, or was
 */
export const answerQuarter = (db: Db, viewer: Viewer, sheet: Sheet, now = new Date()): Promise<void> =>
	take(db, viewer, now, true, async (tx, quarter, tally) => {
		const next = Object.fromEntries(
			statementNames.map((name) => {
				const counts = tally[name] ?? [0, 0, 0, 0, 0];
				return [name, counts.map((count, at) => (sheet[name] === String(at + 1) ? count + 1 : count))];
			})
		);
		await tx.execute(
			sql`update autonomy_pulse set tally = ${JSON.stringify(next)}::text::jsonb where quarter = ${quarter}`
		);
	});

/** Does not want to be asked for a while, or wants it again; again does no harm. */
export async function restFrom(db: Db, viewer: Viewer, length: Rest, now = new Date()): Promise<void> {
	if (length === 'quarter') {
		if ((await autonomyPulseFor(db, viewer, now)).isAsked) await take(db, viewer, now, false, async () => {});
		return;
	}
	if (length === 'off')
		return void (await db.execute(sql`delete from autonomy_pulse_rest where person_id = ${viewer.id}`));
	const until = length === 'always' ? 'infinity' : new Date(now.getTime() + 7 * 86_400_000).toISOString();
	await db.execute(sql`insert into autonomy_pulse_rest (person_id, until) values (${viewer.id}, ${until}::timestamptz)
		on conflict (person_id) do update set until = excluded.until`);
}

async function take(
	db: Db,
	viewer: Viewer,
	now: Date,
	answered: boolean,
	count: (tx: Db, quarter: string, tally: Tally) => Promise<void>
): Promise<void> {
	await db.transaction(async (tx) => {
		const quarter = quarterOf(now);
		await tx.execute(sql`insert into autonomy_pulse (quarter) values (${quarter}) on conflict do nothing`);
		// Who answers at the same time comes one after the other.
		const { tally } = (await row<{ tally: Tally }>(
			tx,
			sql`select tally from autonomy_pulse where quarter = ${quarter} and closed_at is null for update`
		)) ?? { tally: undefined };
		if (!tally || !(await autonomyPulseFor(tx, viewer, now)).isAsked)
			throw conflict('You are not asked about this now. Your first answer of a quarter counts.');
		await tx.execute(sql`insert into autonomy_pulse_person (quarter, person_id, answered)
			values (${quarter}, ${viewer.id}, ${answered})`);
		await mix(tx, quarter);
		await count(tx, quarter, tally);
	});
}

/** Writes all of them anew, in an order drawn by lot: neither their places nor their transactions say who came when. */
async function mix(tx: Db, quarter: string): Promise<void> {
	await tx.execute(sql`with mixed as (delete from autonomy_pulse_person where quarter = ${quarter} returning *)
		insert into autonomy_pulse_person (quarter, person_id, answered)
		select quarter, person_id, answered from mixed order by random()`);
}

/** Finds what may be known of quarters that have ended; the counts go. */
export async function closeQuarters(db: Db, now = new Date()): Promise<void> {
	await db.transaction(async (tx) => {
		const ended = await rows<{ quarter: string; tally: Tally; answered: number }>(
			tx,
			sql`select quarter, tally, (select count(*)::int from autonomy_pulse_person p where p.quarter = u.quarter and answered) as answered
				from autonomy_pulse u where closed_at is null and quarter < ${quarterOf(now)} for update`
		);
		for (const { quarter, tally, answered } of ended) {
			const said = Object.fromEntries(statementNames.map((name) => [name, saidOf(tally[name])]));
			const result = answered < FEWEST ? null : JSON.stringify({ answered, said });
			await tx.execute(sql`update autonomy_pulse set closed_at = now(), tally = '{}', result = ${result}::text::jsonb
				where quarter = ${quarter}`);
		}
	});
}

/** What was said in the last two years, the newest quarter first; of a running one nothing. */
export async function saidQuarters(db: Db): Promise<SaidQuarter[]> {
	const found = await rows<{ quarter: string; result: Omit<SaidQuarter, 'quarter'> | null }>(
		db,
		sql`select quarter, result from autonomy_pulse where closed_at is not null order by quarter desc limit 8`
	);
	const none = { answered: null, said: { decide: null, leave: null } };
	return found.map(({ quarter, result }) => ({ quarter, ...(result ?? none) }));
}
