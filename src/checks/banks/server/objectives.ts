import { and, eq } from 'drizzle-orm';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { invalid, notFound } from '#src/platform/server/errors.ts';
import { isId, newId } from '#src/platform/server/ids.ts';
import { objective } from '../../server/schema.ts';
import type { ObjectiveMove, ObjectiveTitle } from '../input.ts';
import { lockBank } from './banks.ts';

/** More than this nobody keeps apart. */
export const MOST_OBJECTIVES = 50;

/** Adds an objective at the end of a bank. @returns its id @throws Failure not_found or forbidden */
export async function addObjective(db: Db, viewer: Viewer, bankId: string, { title }: ObjectiveTitle): Promise<string> {
	return db.transaction(async (tx) => {
		await lockBank(tx, viewer, bankId);
		return putObjective(tx, bankId, title);
	});
}

/** The same within a change of the bank that is locked already; one with the same words is there already. */
export async function putObjective(tx: Db, bankId: string, title: string): Promise<string> {
	const { count, last, same } = (await row<{ count: number; last: number; same: string | null }>(
		tx,
		sql`select count(*)::int as count, coalesce(max(position), 0)::int as last,
				(array_agg(id) filter (where title = ${title}))[1] as same
			from objective where bank_id = ${bankId}`
	))!;
	if (same) return same;
	if (count >= MOST_OBJECTIVES) throw invalid({ title: `would be one too many: a bank may have ${MOST_OBJECTIVES}` });
	const id = newId();
	await tx.insert(objective).values({ id, bankId, title, position: last + 1 });
	return id;
}

/** Words an objective anew; its questions and attempts stay. @throws Failure not_found or forbidden */
export async function renameObjective(
	db: Db,
	viewer: Viewer,
	bankId: string,
	objectiveId: string,
	{ title }: ObjectiveTitle
): Promise<void> {
	await db.transaction(async (tx) => {
		await lockBank(tx, viewer, bankId);
		await mustHave(tx, bankId, objectiveId);
		await tx.update(objective).set({ title }).where(eq(objective.id, objectiveId));
	});
}

/** Moves an objective by one place. At the end it stays. @throws Failure not_found or forbidden */
export async function moveObjective(
	db: Db,
	viewer: Viewer,
	bankId: string,
	objectiveId: string,
	{ move }: ObjectiveMove
): Promise<void> {
	await db.transaction(async (tx) => {
		await lockBank(tx, viewer, bankId);
		await mustHave(tx, bankId, objectiveId);
		const ids = (
			await rows<{ id: string }>(tx, sql`select id from objective where bank_id = ${bankId} order by position, id`)
		).map(({ id }) => id);
		const at = ids.indexOf(objectiveId);
		const to = move === 'up' ? at - 1 : at + 1;
		if (!ids[to]) return;
		[ids[at], ids[to]] = [ids[to], ids[at]!];
		for (const [position, id] of ids.entries())
			await tx.update(objective).set({ position }).where(eq(objective.id, id));
	});
}

/** Takes an objective away; its questions stay in the bank and are drawn no more. @throws Failure not_found or forbidden */
export async function removeObjective(db: Db, viewer: Viewer, bankId: string, objectiveId: string): Promise<void> {
	await db.transaction(async (tx) => {
		await lockBank(tx, viewer, bankId);
		await mustHave(tx, bankId, objectiveId);
		await tx.delete(objective).where(eq(objective.id, objectiveId));
	});
}

/** @throws Failure not_found for an objective of another bank */
export async function mustHave(tx: Db, bankId: string, objectiveId: string): Promise<void> {
	const [found] = isId(objectiveId)
		? await tx
				.select({ id: objective.id })
				.from(objective)
				.where(and(eq(objective.id, objectiveId), eq(objective.bankId, bankId)))
		: [];
	if (!found) throw notFound('This bank has no such objective.');
}
