import { and, eq } from 'drizzle-orm';
import { allow, isMember } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { hoursOf } from '#src/core/people/server/presence.ts';
import { isWorking, type WorkingHours } from '#src/core/people/hours.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { invalid } from '#src/platform/server/errors.ts';
import type { Handover, VerificationInput } from '../input.ts';
import { aid } from './schema.ts';
import { lockAid } from './write.ts';
import './events.ts';

/** Says that an aid holds, and until when. */
export async function verifyAid(db: Db, viewer: Viewer, id: string, { until }: VerificationInput): Promise<void> {
	await db.transaction(async (tx) => {
		await lockAid(tx, viewer, id);
		const now = sql`now()`;
		await tx
			.update(aid)
			.set({ verifyBy: until, verifiedAt: now, verifiedBy: viewer.id, remindedAt: null })
			.where(eq(aid.itemId, id));
	});
}

/** Gives an aid to somebody of its space, who keeps it right from now on and is told so. */
export async function handOver(db: Db, viewer: Viewer, id: string, { ownerId }: Handover): Promise<void> {
	await db.transaction(async (tx) => {
		const { item, facts } = await lockAid(tx, viewer, id);
		if (facts.ownerId === ownerId) return;
		const isIn = await row(
			tx,
			sql`select 1 from space_member m join person p on p.id = m.person_id
				where m.space_id = ${item.spaceId} and p.id = ${ownerId} and p.deactivated_at is null`
		);
		if (!isIn) throw invalid({ ownerId: 'must be somebody of this space' });
		await tx.update(aid).set({ ownerId, remindedAt: null }).where(eq(aid.itemId, id));
		await emit(tx, 'aid.handed_over', { itemId: id, ownerId, actorId: viewer.id });
	});
}

/** Whom an aid can be given to: the people of its space, the first few hundred by name. */
export async function possibleOwners(db: Db, viewer: Viewer, spaceId: string): Promise<{ id: string; name: string }[]> {
	allow(isMember(viewer, spaceId));
	return rows(
		db,
		sql`select p.id, p.name from space_member m join person p on p.id = m.person_id
			where m.space_id = ${spaceId} and p.deactivated_at is null order by p.name limit 300`
	);
}

const AHEAD_DAYS = 3;
const AGAIN_DAYS = 14;
const BATCH = 200;

/**
 * Reminds owners of aids whose date comes or has passed, three days ahead and then every
 * two weeks, and only while they are at work.
 * @returns how many were reminded
 */
export async function remindOwners(db: Db, now = new Date()): Promise<number> {
	const due = await rows<{ id: string; owner_id: string } & WorkingHours>(
		db,
		sql`select a.item_id as id, a.owner_id, ${hoursOf(sql`p`)}
			from aid a join item i on i.id = a.item_id join person p on p.id = a.owner_id
			where a.verify_by <= (${now.toISOString()}::timestamptz + make_interval(days => ${AHEAD_DAYS}))::date
				and (a.reminded_at is null or a.reminded_at < ${now.toISOString()}::timestamptz - make_interval(days => ${AGAIN_DAYS}))
				and i.state = 'open' and p.deactivated_at is null
			order by a.verify_by limit ${BATCH}`
	);
	let reminded = 0;
	for (const { id, owner_id: ownerId, ...hours } of due)
		if (isWorking(hours, now)) reminded += Number(await remind(db, id, ownerId, now));
	return reminded;
}

async function remind(db: Db, itemId: string, ownerId: string, now: Date): Promise<boolean> {
	return db.transaction(async (tx) => {
		const again = new Date(now.getTime() - AGAIN_DAYS * 86_400_000).toISOString();
		const marked = await tx
			.update(aid)
			.set({ remindedAt: now })
			// Another process may have been faster.
			.where(
				and(
					eq(aid.itemId, itemId),
					eq(aid.ownerId, ownerId),
					sql`(reminded_at is null or reminded_at < ${again}::timestamptz)`
				)
			)
			.returning({ id: aid.itemId });
		if (marked.length === 0) return false;
		await emit(tx, 'aid.verify_due', { itemId, ownerId });
		return true;
	});
}
