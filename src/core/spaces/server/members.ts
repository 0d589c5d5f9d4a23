import { and, eq } from 'drizzle-orm';
import { allow, isMember } from '#src/core/access/server/policy.ts';
import { tellRightsChanged } from '#src/core/access/server/rights.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { record } from '#src/core/signals/server/record.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, notFound } from '#src/platform/server/errors.ts';
import { canAddMembers, canJoin, canLeave, canManageMembers, canRequest } from './policy.ts';
import { spaceById, type Space } from './read.ts';
import { spaceMember, spaceRequest } from './schema.ts';

const LAST = 'A space needs a steward. Make somebody else steward first.';

/** Joins an open space. Who is a member already stays one. */
export async function joinSpace(db: Db, viewer: Viewer, id: string): Promise<void> {
	await db.transaction(async (tx) => {
		const space = await spaceById(tx, viewer, id);
		if (isMember(viewer, id)) return;
		allow(canJoin(viewer, space), 'Ask to join this space: its stewards answer.');
		await enter(tx, id, viewer.id);
	});
}

/** Leaves a space. @throws Failure conflict for its last steward */
export async function leaveSpace(db: Db, viewer: Viewer, id: string): Promise<void> {
	await db.transaction(async (tx) => {
		const space = await spaceById(tx, viewer, id);
		allow(canLeave(viewer, space), 'Everybody belongs to this space.');
		await takeOut(tx, id, viewer.id);
	});
}

/** Asks the stewards of a closed space to be let in; asking again renews the message. */
export async function requestToJoin(
	db: Db,
	viewer: Viewer,
	id: string,
	{ message }: { message: string }
): Promise<void> {
	await db.transaction(async (tx) => {
		const space = await spaceById(tx, viewer, id);
		allow(canRequest(viewer, space), 'This space takes no requests.');
		const made = await tx
			.insert(spaceRequest)
			.values({ spaceId: id, personId: viewer.id, message })
			.onConflictDoUpdate({ target: [spaceRequest.spaceId, spaceRequest.personId], set: { message } })
			.returning({ first: sql<boolean>`xmax = 0` });
		if (made[0]?.first) await emit(tx, 'space.requested', { spaceId: id, personId: viewer.id });
	});
}

/** Takes the viewer's own request back. */
export async function withdrawRequest(db: Db, viewer: Viewer, id: string): Promise<void> {
	await db.delete(spaceRequest).where(and(eq(spaceRequest.spaceId, id), eq(spaceRequest.personId, viewer.id)));
}

/** Lets somebody in who asked, or not. @throws Failure not_found when the request is gone */
export async function answerRequest(
	db: Db,
	viewer: Viewer,
	id: string,
	{ personId, approve }: { personId: string; approve: boolean }
): Promise<void> {
	await db.transaction(async (tx) => {
		await manageable(tx, viewer, id);
		const gone = await tx
			.delete(spaceRequest)
			.where(and(eq(spaceRequest.spaceId, id), eq(spaceRequest.personId, personId)))
			.returning({ personId: spaceRequest.personId });
		if (gone.length === 0) throw notFound('This request has been answered already.');
		if (approve) await enter(tx, id, personId);
	});
}

/** Brings a colleague in. */
export async function addMember(db: Db, viewer: Viewer, id: string, { personId }: { personId: string }): Promise<void> {
	await db.transaction(async (tx) => {
		const space = await spaceById(tx, viewer, id);
		allow(canAddMembers(viewer, space), 'Only stewards bring people into this space.');
		const active = await row(tx, sql`select 1 from person where id = ${personId} and deactivated_at is null`);
		if (!active) throw notFound('There is no such person.');
		await enter(tx, id, personId);
	});
}

/** Makes a member steward, or a steward member. @throws Failure conflict for the last steward */
export async function setSpaceRole(
	db: Db,
	viewer: Viewer,
	id: string,
	{ personId, role }: { personId: string; role: 'member' | 'steward' }
): Promise<void> {
	await db.transaction(async (tx) => {
		await manageable(tx, viewer, id);
		await lockStewards(tx, id);
		const changed = await tx.update(spaceMember).set({ role }).where(of(id, personId)).returning();
		if (changed.length === 0) throw notFound('This person is no member.');
		await needsSteward(tx, id);
		await tellRightsChanged(tx, personId);
	});
}

/** Takes somebody out of a space. @throws Failure conflict for the last steward */
export async function removeMember(
	db: Db,
	viewer: Viewer,
	id: string,
	{ personId }: { personId: string }
): Promise<void> {
	await db.transaction(async (tx) => {
		const space = await manageable(tx, viewer, id);
		allow(space.kind !== 'organisation', 'Everybody belongs to this space.');
		await takeOut(tx, id, personId);
	});
}

/**
 * Makes somebody a member, with the event; a request of theirs is settled by it.
 * The caller has decided that they may.
 */
export async function enter(tx: Db, spaceId: string, personId: string): Promise<void> {
	const made = await tx
		.insert(spaceMember)
		.values({ spaceId, personId })
		.onConflictDoNothing()
		.returning({ personId: spaceMember.personId });
	if (made.length === 0) return;
	await tx.delete(spaceRequest).where(and(eq(spaceRequest.spaceId, spaceId), eq(spaceRequest.personId, personId)));
	await record(tx, personId, 'joined', { spaceId });
	await emit(tx, 'space.joined', { spaceId, personId });
	await tellRightsChanged(tx, personId);
}

/** Ends a membership. The caller has decided that it ends. @throws Failure not_found for no member; conflict for the last steward */
export async function takeOut(tx: Db, spaceId: string, personId: string): Promise<void> {
	await lockStewards(tx, spaceId);
	const gone = await tx.delete(spaceMember).where(of(spaceId, personId)).returning({ role: spaceMember.role });
	if (gone.length === 0) throw notFound('This person is no member.');
	if (gone[0]!.role === 'steward') await needsSteward(tx, spaceId);
	await tellRightsChanged(tx, personId);
}

async function manageable(tx: Db, viewer: Viewer, id: string): Promise<Space> {
	const space = await spaceById(tx, viewer, id);
	allow(canManageMembers(viewer, space), 'Only stewards look after the members.');
	return space;
}

/** One change of stewards at a time: two who leave at once cannot both be the last but one. */
const lockStewards = (tx: Db, spaceId: string) =>
	rows(tx, sql`select 1 from space where id = ${spaceId} for no key update`);

async function needsSteward(tx: Db, spaceId: string): Promise<void> {
	const left = await row(tx, sql`select 1 from space_member where space_id = ${spaceId} and role = 'steward' limit 1`);
	if (!left) throw conflict(LAST);
}

const of = (spaceId: string, personId: string) =>
	and(eq(spaceMember.spaceId, spaceId), eq(spaceMember.personId, personId));
