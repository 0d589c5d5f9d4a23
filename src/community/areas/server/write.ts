import { allow } from '#src/core/access/server/policy.ts';
import { tellRightsChanged } from '#src/core/access/server/rights.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { isFirst } from '#src/core/items/server/submission.ts';
import { spaceById } from '#src/core/spaces/server/read.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import type { AreaEdit, NewArea } from '../input.ts';
import { canMakeAreas, canPlace } from './policy.ts';
import { lockArea } from './read.ts';

const MAKERS = 'Admins and community managers make areas.';
const TAKEN = 'Another area has this name already.';

/** Makes an area with its first spaces. Nobody is in it yet: it is offered to people. @returns its id */
export async function makeArea(db: Db, viewer: Viewer, { submission, spaceIds, ...about }: NewArea): Promise<string> {
	allow(canMakeAreas(viewer), MAKERS);
	return db.transaction(async (tx) => {
		if (submission && !(await isFirst(tx, viewer, submission))) {
			const first = await row<{ id: string }>(
				tx,
				sql`select id from area where created_by = ${viewer.id} and lower(name) = lower(${about.name})`
			);
			if (first) return first.id;
		}
		const made = await row<{ id: string }>(
			tx,
			sql`insert into area (id, name, purpose, created_by) values (${newId()}, ${about.name}, ${about.purpose}, ${viewer.id})
				on conflict (lower(name)) do nothing returning id`
		);
		if (!made) throw conflict(TAKEN);
		for (const spaceId of new Set(spaceIds)) await place(tx, viewer, made.id, spaceId);
		return made.id;
	});
}

/** Says better what an area is. @returns the new version @throws Failure conflict on a stale edit */
export async function editArea(db: Db, viewer: Viewer, id: string, edit: AreaEdit): Promise<number> {
	return db.transaction(async (tx) => {
		const { version } = await lockArea(tx, viewer, id);
		allow(canMakeAreas(viewer), MAKERS);
		if (version !== edit.version)
			throw conflict('Somebody changed the area while you were writing. Yours is kept.', { current: { version } });
		const taken = await row(tx, sql`select 1 from area where lower(name) = lower(${edit.name}) and id <> ${id}`);
		if (taken) throw conflict(TAKEN);
		await tx.execute(
			sql`update area set name = ${edit.name}, purpose = ${edit.purpose}, version = version + 1 where id = ${id}`
		);
		return version + 1;
	});
}

/** Ends an area: its spaces and people stay what they are without it. */
export async function endArea(db: Db, viewer: Viewer, id: string): Promise<void> {
	await db.transaction(async (tx) => {
		await lockArea(tx, viewer, id);
		allow(canMakeAreas(viewer), MAKERS);
		await tellPeople(tx, id);
		await tx.execute(sql`delete from area where id = ${id}`);
	});
}

/** Puts a space into an area; again changes nothing. @throws Failure not_found for one the viewer may not know of */
export async function placeSpace(db: Db, viewer: Viewer, id: string, spaceId: string): Promise<void> {
	await db.transaction(async (tx) => {
		const { shares } = await lockArea(tx, viewer, id);
		allow(
			canPlace(viewer, spaceId, shares),
			'Who makes areas does this, and stewards of the space who share the area.'
		);
		await place(tx, viewer, id, spaceId);
		await tellPeople(tx, id);
	});
}

async function place(tx: Db, viewer: Viewer, id: string, spaceId: string): Promise<void> {
	const space = await spaceById(tx, viewer, spaceId);
	if (space.archivedAt) throw invalid({ spaceIds: 'must not be archived' });
	await tx.execute(sql`insert into area_space (area_id, space_id) values (${id}, ${spaceId}) on conflict do nothing`);
}

/** Takes a space out of an area; again changes nothing. */
export async function removeSpace(db: Db, viewer: Viewer, id: string, spaceId: string): Promise<void> {
	await db.transaction(async (tx) => {
		const { shares } = await lockArea(tx, viewer, id);
		await spaceById(tx, viewer, spaceId);
		allow(
			canPlace(viewer, spaceId, shares),
			'Who makes areas does this, and stewards of the space who share the area.'
		);
		await tellPeople(tx, id);
		await tx.execute(sql`delete from area_space where area_id = ${id} and space_id = ${spaceId}`);
	});
}

/** What they look after changes with the commit. */
async function tellPeople(tx: Db, id: string): Promise<void> {
	const people = await rows<{ id: string }>(
		tx,
		sql`select person_id as id from area_person where area_id = ${id} and accepted_at is not null`
	);
	for (const person of people) await tellRightsChanged(tx, person.id);
}
