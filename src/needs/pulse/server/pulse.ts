import { allow } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import { causeNames, type CauseName } from '../../causes.ts';
import { lockNeed, needOf } from '../../server/record.ts';
import type { NewPulse, PulseSheet } from '../input.ts';
import { FEWEST, saidOf, type PulseResult, type Said, type Tally } from '../pulse.ts';
import { askedOf, readPulse } from './read.ts';

declare module '#src/core/signals/server/events.ts' {
	interface Events {
		/** Those who do the work are asked what stands behind a problem. */
		'need.pulse_opened': { itemId: string; pulseId: string; actorId: string };
	}
}

/**
 * Asks the members of the need's space.
 * @throws Failure invalid where fewer than five would be asked: somebody could be found; conflict while one is open
 */
export async function openPulse(db: Db, viewer: Viewer, needId: string, { closesOn }: NewPulse): Promise<void> {
	await db.transaction(async (tx) => {
		const { state } = await lockNeed(tx, viewer, needId);
		if (state !== 'open') throw conflict('It is archived: nobody is asked about it any more.');
		await closeAt(tx, sql`need_id = ${needId} and closes_on < current_date`);
		if (await row(tx, sql`select 1 from need_pulse where need_id = ${needId} and closed_at is null`))
			throw conflict('They are being asked already.');
		const { asked, fits } = (await row<{ asked: number; fits: boolean }>(
			tx,
			sql`select (select count(*)::int from (${askedOf}) a) as asked,
					${closesOn}::date between current_date + 1 and current_date + 31 as fits from item i where i.id = ${needId}`
		))!;
		if (!fits) throw invalid({ closesOn: 'must be a day of the next month, from tomorrow on' });
		if (asked < FEWEST)
			throw invalid(
				{ _: 'would ask fewer than five people' },
				'Fewer than five people would be asked, so nobody could stay unknown. Talk with them instead.'
			);
		const pulseId = newId();
		await tx.execute(sql`insert into need_pulse (id, need_id, opened_by, asked, closes_on)
			values (${pulseId}, ${needId}, ${viewer.id}, ${asked}, ${closesOn})`);
		await emit(tx, 'need.pulse_opened', { itemId: needId, pulseId, actorId: viewer.id });
	});
}

/**
 * Says something to each statement: once, and for good. Only how many said what is kept.
 * @throws Failure conflict for a second answer or one that comes too late; forbidden for whoever is not asked
 */
export const answerPulse = (db: Db, viewer: Viewer, needId: string, sheet: PulseSheet): Promise<void> =>
	take(db, viewer, needId, true, async (tx, pulseId, tally) => {
		const next = Object.fromEntries(causeNames.map((name) => [name, counted(tally[name], sheet[name])]));
		await tx.execute(sql`update need_pulse set tally = ${JSON.stringify(next)}::text::jsonb where id = ${pulseId}`);
	});

/** Does not want to be asked this time. */
export const declinePulse = (db: Db, viewer: Viewer, needId: string): Promise<void> =>
	take(db, viewer, needId, false, async () => {});

const counted = ({ yes, no } = { yes: 0, no: 0 }, said: PulseSheet[CauseName]) => ({
	yes: yes + Number(said === 'yes'),
	no: no + Number(said === 'no')
});

async function take(
	db: Db,
	viewer: Viewer,
	needId: string,
	answered: boolean,
	count: (tx: Db, pulseId: string, tally: Tally) => Promise<void>
): Promise<void> {
	await db.transaction(async (tx) => {
		await needOf(tx, viewer, needId);
		// Who answers at the same time comes one after the other.
		const pulse = await row<{ id: string; tally: Tally }>(
			tx,
			sql`select id, tally from need_pulse where need_id = ${needId} and closed_at is null and closes_on >= current_date for update`
		);
		if (!pulse) throw conflict('Nobody is asked about this any more.');
		const { open } = await readPulse(tx, viewer, needId);
		allow(open!.you !== 'not_asked', 'The members of the space are asked who do not work it out themselves.');
		if (open!.you !== 'asked') throw conflict('You have answered already. Your first answer counts.');
		await tx.execute(sql`insert into need_pulse_person (pulse_id, person_id, answered)
			values (${pulse.id}, ${viewer.id}, ${answered})`);
		await mix(tx, pulse.id);
		await count(tx, pulse.id, pulse.tally);
	});
}

/** Writes all of them anew, in an order drawn by lot: neither their places nor their transactions say who came when. */
async function mix(tx: Db, pulseId: string): Promise<void> {
	await tx.execute(sql`with mixed as (delete from need_pulse_person where pulse_id = ${pulseId} returning *)
		insert into need_pulse_person (pulse_id, person_id, answered)
		select pulse_id, person_id, answered from mixed order by random()`);
}

/** Asks no longer; what may be known of the answers is found now, once. */
export async function closePulse(db: Db, viewer: Viewer, needId: string): Promise<void> {
	await db.transaction(async (tx) => {
		await lockNeed(tx, viewer, needId);
		await closeAt(tx, sql`need_id = ${needId}`);
	});
}

/** Closes those whose last day has passed. */
export const closeDuePulses = (db: Db): Promise<void> =>
	db.transaction((tx) => closeAt(tx, sql`closes_on < current_date`));

async function closeAt(tx: Db, which: ReturnType<typeof sql>): Promise<void> {
	const found = await rows<{ id: string; tally: Tally }>(
		tx,
		sql`select id, tally from need_pulse where closed_at is null and ${which} for update`
	);
	for (const { id, tally } of found) {
		const { answered } = (await row<{ answered: number }>(
			tx,
			sql`select count(*)::int as answered from need_pulse_person where pulse_id = ${id} and answered`
		))!;
		const result = answered < FEWEST ? null : JSON.stringify(resultOf(answered, tally));
		// The counts go: what could not be told is not kept either.
		await tx.execute(
			sql`update need_pulse set closed_at = now(), tally = '{}', result = ${result}::text::jsonb where id = ${id}`
		);
	}
}

const resultOf = (answered: number, tally: Tally): PulseResult => ({
	answered,
	said: Object.fromEntries(causeNames.map((name) => [name, saidOf(tally[name])])) as Record<CauseName, Said>
});
