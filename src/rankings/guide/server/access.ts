import { allow, isSteward } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { isFirst } from '#src/core/items/server/submission.ts';
import { enter, takeOut } from '#src/core/spaces/server/members.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, Failure, invalid, notFound } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import type { AccessLine } from '../guide.ts';
import type { NewAccess } from '../input.ts';
import { begunGuide, type GuideRecord } from './record.ts';

const STEWARDS = 'Stewards of the space of the Guide let people in.';

/**
 * Lets somebody read a Guide whose space is not theirs, from today on for so many days: they are a
 * member of the space meanwhile, and get all editions that are issued in that time.
 * @throws Failure invalid for somebody who does not read the ranking; conflict where the Guide is open to all who do
 */
export async function grantAccess(
	db: Db,
	viewer: Viewer,
	rankingId: string,
	{ person, days, submission }: NewAccess
): Promise<void> {
	await db.transaction(async (tx) => {
		const { ranking, guide } = await begunGuide(tx, viewer, rankingId);
		allow(isSteward(viewer, guide.space_id), STEWARDS);
		if (guide.space_id === ranking.space_id) throw conflict('It is open to all who read the ranking.');
		if (submission && !(await isFirst(tx, viewer, submission))) return;
		const reads = await row(
			tx,
			sql`select from space_member m join person p on p.id = m.person_id
				where m.space_id = ${ranking.space_id} and m.person_id = ${person} and p.deactivated_at is null`
		);
		if (!reads) throw invalid({ person: 'must be a member of the space of the ranking' });
		const member = await row<{ brought_in: boolean }>(
			tx,
			sql`select exists (select from guide_access a where a.series_id = ${guide.series_id} and a.person_id = ${person}
					and a.brought_in and a.ended_at is null) as brought_in
				from space_member where space_id = ${guide.space_id} and person_id = ${person}`
		);
		await tx.execute(sql`insert into guide_access (id, series_id, person_id, until_on, granted_by, brought_in)
			values (${newId()}, ${guide.series_id}, ${person}, current_date + ${days}::int, ${viewer.id}, ${!member || member.brought_in})`);
		await enter(tx, guide.space_id, person);
	});
}

/** Ends a time of access today. Of one that has ended nothing happens. */
export async function endAccess(db: Db, viewer: Viewer, rankingId: string, accessId: string): Promise<void> {
	await db.transaction(async (tx) => {
		const { guide } = await begunGuide(tx, viewer, rankingId);
		allow(isSteward(viewer, guide.space_id), STEWARDS);
		const found = await row<Due>(
			tx,
			sql`select a.id, a.person_id, a.brought_in, a.ended_at, g.series_id, g.space_id from guide_access a
				join guide g on g.series_id = a.series_id where a.id = ${accessId} and a.series_id = ${guide.series_id} for update of a`
		);
		if (!found) throw notFound('There is no such time of access.');
		if (found.ended_at) return;
		await tx.execute(sql`update guide_access set until_on = greatest(from_on, current_date) where id = ${accessId}`);
		await endOne(tx, found);
	});
}

interface Due extends GuideRecord {
	id: string;
	person_id: string;
	brought_in: boolean;
	ended_at: string | null;
}

/** Ends all times of access whose last day has passed: the daily job. */
export async function endDueAccess(db: Db): Promise<void> {
	await db.transaction(async (tx) => {
		const due = await rows<Due>(
			tx,
			sql`select a.id, a.person_id, a.brought_in, a.ended_at, g.series_id, g.space_id from guide_access a
				join guide g on g.series_id = a.series_id
				where a.ended_at is null and a.until_on < current_date order by a.until_on limit 1000 for update of a skip locked`
		);
		for (const one of due) await endOne(tx, one);
	});
}

/** Whoever came into the space by it leaves, unless another time runs or they are steward by now. */
async function endOne(tx: Db, { id, series_id, person_id, brought_in, space_id }: Due): Promise<void> {
	await tx.execute(sql`update guide_access set ended_at = now() where id = ${id}`);
	if (!brought_in) return;
	const stays = await row(
		tx,
		sql`select from guide_access where series_id = ${series_id} and person_id = ${person_id} and ended_at is null
			union all select from space_member where space_id = ${space_id} and person_id = ${person_id} and role = 'steward' limit 1`
	);
	if (stays) return;
	try {
		await takeOut(tx, space_id, person_id);
	} catch (error) {
		// They have left it themselves.
		if (!(error instanceof Failure && error.kind === 'not_found')) throw error;
	}
}

/** Times of access to a Guide, of one person or of all, the newest first. */
export async function accessTo(db: Db, { series_id }: GuideRecord, personId?: string): Promise<AccessLine[]> {
	const found = await rows<{
		id: string;
		person_id: string;
		name: string;
		from_on: string;
		until_on: string;
		running: boolean;
	}>(
		db,
		sql`select a.id, a.person_id, p.name, a.from_on::text, a.until_on::text, a.ended_at is null as running
			from guide_access a join person p on p.id = a.person_id
			where a.series_id = ${series_id} and ${personId ? sql`a.person_id = ${personId}` : sql`true`}
			order by a.until_on desc, a.id desc limit 500`
	);
	return found.map(({ id, person_id, name, from_on, until_on, running }) => ({
		...{ id, person: { id: person_id, name }, from: from_on, until: until_on, running }
	}));
}

/**
 * Which editions a person may take away, as a condition on an edition `e`: members of the space all
 * of them; who is or was there for a time, those issued in it.
 */
export const editionsFor = (viewer: Viewer, { series_id, space_id }: GuideRecord) => sql`(
	(${viewer.readableSpaces.includes(space_id)} and not exists (select from guide_access a where a.series_id = ${series_id}
		and a.person_id = ${viewer.id} and a.brought_in and a.ended_at is null))
	or exists (select from guide_access a where a.series_id = ${series_id} and a.person_id = ${viewer.id}
		and e.issued_at::date between a.from_on and a.until_on))`;
