import { allow } from '#src/core/access/server/policy.ts';
import { tellRightsChanged } from '#src/core/access/server/rights.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { array, row, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, notFound } from '#src/platform/server/errors.ts';
import { PEACE_DAYS } from '../area.ts';
import type { AreaOffer, AreaShare } from '../input.ts';
import { canMakeAreas, canOffer } from './policy.ts';
import { lockArea } from './read.ts';

declare module '#src/core/signals/server/events.ts' {
	interface Events {
		/** Somebody is asked to share an area. */
		'area.offered': { areaId: string; personId: string; actorId: string };
	}
}

/**
 * Asks somebody to share an area; they accept or decline. Again says anew what they are asked to take on.
 * @throws Failure conflict for who shares it already, or declined not long ago
 */
export async function offerArea(db: Db, viewer: Viewer, id: string, personId: string, offer: AreaOffer): Promise<void> {
	await db.transaction(async (tx) => {
		const { shares } = await lockArea(tx, viewer, id);
		allow(canOffer(viewer, shares), 'Who shares the area asks others, and who makes areas.');
		const person = await row<{ name: string; accepted: boolean; open: boolean; peace: string | null }>(
			tx,
			sql`select p.name, x.accepted_at is not null as accepted,
					x.person_id is not null and x.accepted_at is null and x.declined_at is null as open,
					case when x.declined_at > now() - make_interval(days => ${PEACE_DAYS})
						then (x.declined_at + make_interval(days => ${PEACE_DAYS}))::date::text end as peace
				from person p left join area_person x on x.person_id = p.id and x.area_id = ${id}
				where p.id = ${personId} and p.deactivated_at is null`
		);
		if (!person) throw notFound('There is no such person.');
		if (person.accepted) throw conflict(`${person.name} shares this area already.`);
		// Nobody declines an offer that they make themselves.
		if (person.peace && personId !== viewer.id)
			throw conflict(
				`${person.name} would rather not. Ask again from ${person.peace} on, or let them come by themselves.`
			);
		await tx.execute(sql`insert into area_person (area_id, person_id, duties, own_words, offered_by)
			values (${id}, ${personId}, ${array(offer.duties, 'text')}, ${offer.ownWords}, ${viewer.id})
			on conflict (area_id, person_id) do update set duties = excluded.duties, own_words = excluded.own_words,
				offered_by = excluded.offered_by, offered_at = now(), declined_at = null`);
		if (!person.open) await emit(tx, 'area.offered', { areaId: id, personId, actorId: viewer.id });
	});
}

/** Takes an offer back, or lets somebody go who shares the area. */
export async function removeFromArea(db: Db, viewer: Viewer, id: string, personId: string): Promise<void> {
	if (personId === viewer.id) return leaveArea(db, viewer, id);
	await db.transaction(async (tx) => {
		const { shares } = await lockArea(tx, viewer, id);
		allow(canOffer(viewer, shares), 'Who shares the area does this, and who makes areas.');
		const known = await row<{ accepted: boolean }>(
			tx,
			sql`select accepted_at is not null as accepted from area_person where area_id = ${id} and person_id = ${personId}`
		);
		if (!known) return;
		allow(
			!known.accepted || canMakeAreas(viewer),
			'They leave by themselves, or admins and community managers let them go.'
		);
		// What they declined stays declined: their peace is not ended by others.
		await tx.execute(
			sql`delete from area_person where area_id = ${id} and person_id = ${personId} and declined_at is null`
		);
		await tellRightsChanged(tx, personId);
	});
}

/**
 * Accepts an offer, also one that was declined; or says anew what the viewer takes on.
 * @throws Failure not_found for who was not asked
 */
export async function shareArea(db: Db, viewer: Viewer, id: string, share: AreaShare): Promise<void> {
	await db.transaction(async (tx) => {
		await lockArea(tx, viewer, id);
		const duties = share.duties === undefined ? sql`duties` : array(share.duties, 'text');
		// Said anew, what was there before in own words goes, unless it is said again.
		const words = share.ownWords ?? (share.duties === undefined ? sql`own_words` : '');
		const mine = await row(
			tx,
			sql`update area_person set duties = ${duties}, own_words = ${words}, declined_at = null,
					accepted_at = coalesce(accepted_at, now())
				where area_id = ${id} and person_id = ${viewer.id} returning 1`
		);
		if (!mine) throw notFound('You have not been asked to share this area. Ask one of its people.');
		await tellRightsChanged(tx, viewer.id);
	});
}

/** Declines an offer, or leaves: at once, and nobody asks again for a while. */
export async function leaveArea(db: Db, viewer: Viewer, id: string): Promise<void> {
	await db.transaction(async (tx) => {
		await lockArea(tx, viewer, id);
		await tx.execute(sql`update area_person set declined_at = now(), accepted_at = null
			where area_id = ${id} and person_id = ${viewer.id} and declined_at is null`);
		await tellRightsChanged(tx, viewer.id);
	});
}
