import { hash } from 'node:crypto';
import { allow } from '#src/core/access/server/policy.ts';
import { loadViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { spaceById } from '#src/core/spaces/server/read.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid, notFound } from '#src/platform/server/errors.ts';
import { isId, newId } from '#src/platform/server/ids.ts';
import { spaceToTend } from '../../server/tended.ts';
import type { NewPracticeNote } from '../input.ts';
import { PEACE_DAYS } from '../practice.ts';
import { canShowPractice } from './policy.ts';

declare module '#src/core/signals/server/events.ts' {
	interface Events {
		/** Somebody is asked whether they would show their practice. */
		'practice.invited': { spaceId: string; personId: string; actorId: string };
	}
}

/** Shows the viewer's practice in a space from now on; again changes nothing. @throws Failure forbidden for who leads nobody there */
export async function showPractice(db: Db, viewer: Viewer, spaceId: string): Promise<void> {
	await spaceById(db, viewer, spaceId);
	allow(canShowPractice(viewer, { spaceId }), 'This is for those who look after the space, or lead people.');
	await db.transaction(async (tx) => {
		await tx.execute(
			sql`insert into practice (space_id, person_id) values (${spaceId}, ${viewer.id}) on conflict do nothing`
		);
		await tx.execute(
			sql`delete from practice_invite where space_id = ${spaceId} and person_id = ${viewer.id} and declined_at is not null`
		);
	});
}

/** Shows it no more: all that stood there is gone from others' eyes at once. Own words stay theirs. */
export async function hidePractice(db: Db, viewer: Viewer, spaceId: string): Promise<void> {
	await spaceById(db, viewer, spaceId);
	await db.execute(sql`delete from practice where space_id = ${spaceId} and person_id = ${viewer.id}`);
}

/** Says what the viewer tried; the same words of the same day stand once. @returns its id */
export async function sayTried(
	db: Db,
	viewer: Viewer,
	spaceId: string,
	{ text, triedOn }: NewPracticeNote
): Promise<string> {
	return db.transaction(async (tx) => {
		const space = await spaceById(tx, viewer, spaceId);
		allow(canShowPractice(viewer, { spaceId }), 'This is for those who look after the space, or lead people.');
		if (space.archivedAt) throw conflict('This space is archived: nothing new is written in it.');
		const shows = await row(
			tx,
			sql`select from practice where space_id = ${spaceId} and person_id = ${viewer.id} for share`
		);
		if (!shows) throw conflict('You do not show your practice here. Choose so first, if you like.');
		const day =
			triedOn ??
			(await row<{ today: string }>(tx, sql`select (now() at time zone ${viewer.timeZone})::date::text as today`))!
				.today;
		const fits = (await row<{ past: boolean; fresh: boolean }>(
			tx,
			sql`select ${day}::date <= current_date + 1 as past, ${day}::date > current_date - 91 as fresh`
		))!;
		if (!fits.past) throw invalid({ triedOn: 'must not lie before us' });
		if (!fits.fresh) throw invalid({ triedOn: 'must lie within the last 90 days' });
		const made = await row<{ id: string }>(
			tx,
			sql`insert into practice_note (id, space_id, person_id, text, tried_on, key)
				values (${newId()}, ${spaceId}, ${viewer.id}, ${text}, ${day}, ${hash('sha256', text, 'base64url')})
				on conflict (space_id, person_id, tried_on, key) do update set text = excluded.text returning id`
		);
		return made!.id;
	});
}

/** Takes own words away for good. @throws Failure not_found for those of others */
export async function removeTried(db: Db, viewer: Viewer, id: string): Promise<void> {
	const gone = isId(id)
		? await row(db, sql`delete from practice_note where id = ${id} and person_id = ${viewer.id} returning 1`)
		: undefined;
	if (!gone) throw notFound('There is no such entry of yours.');
}

/**
 * Asks somebody once whether they would show their practice.
 * @throws Failure invalid for who does not lead there; conflict for who shows it, or was asked not long ago
 */
export async function inviteLeader(db: Db, viewer: Viewer, spaceId: string, personId: string): Promise<void> {
	await db.transaction(async (tx) => {
		await spaceToTend(tx, viewer, spaceId);
		const leader = personId === viewer.id ? undefined : await loadViewer(tx, personId);
		if (!leader || !canShowPractice(leader, { spaceId }))
			throw invalid({ person: 'must be somebody else who looks after the space, or leads people and reads it' });
		const shows = await row(tx, sql`select from practice where space_id = ${spaceId} and person_id = ${personId}`);
		if (shows) throw conflict(`${leader.name} shows it already.`);
		const made = await row(
			tx,
			sql`insert into practice_invite (space_id, person_id, invited_by) values (${spaceId}, ${personId}, ${viewer.id})
				on conflict (space_id, person_id) do update set invited_by = excluded.invited_by, invited_at = now(), declined_at = null
					where practice_invite.invited_at < now() - make_interval(days => ${PEACE_DAYS})
						and coalesce(practice_invite.declined_at < now() - make_interval(days => ${PEACE_DAYS}), true)
				returning 1`
		);
		if (!made)
			throw conflict(
				`${leader.name} was asked not long ago. Nobody is asked more often than every ${PEACE_DAYS} days.`
			);
		await emit(tx, 'practice.invited', { spaceId, personId, actorId: viewer.id });
	});
}

/** Would rather not: nobody asks again for a while. */
export async function declineInvite(db: Db, viewer: Viewer, spaceId: string): Promise<void> {
	await spaceById(db, viewer, spaceId);
	await db.execute(sql`update practice_invite set declined_at = now()
		where space_id = ${spaceId} and person_id = ${viewer.id} and declined_at is null`);
}
