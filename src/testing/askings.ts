import type { NewAsking } from '#src/checks/asking/input.ts';
import { checkAttempt, checkItem, questionBank } from '#src/checks/server/schema.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { createItem } from '#src/core/items/server/write.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';

/** A check to be asked of people, without questions: what counts here is only who has passed. */
export async function aBareCheck(db: Db, author: Viewer, spaceId: string, title = 'A check'): Promise<string> {
	return db.transaction(async (tx) => {
		const bankId = newId();
		await tx.insert(questionBank).values({ id: bankId, spaceId, title, createdBy: author.id });
		const itemId = await createItem(tx, author, { kind: 'check', spaceId, title, bodyMd: '' });
		await tx.insert(checkItem).values({ itemId, bankId, minutes: 8 });
		return itemId;
	});
}

/** An attempt of a person that is settled at a moment, with its event. @returns its id */
export async function anAttempt(
	db: Db,
	person: { id: string },
	itemId: string,
	state: 'passed' | 'failed' | 'in_review' = 'passed',
	at = new Date()
): Promise<string> {
	return db.transaction(async (tx) => {
		const id = newId();
		const { number } = (await row<{ number: number }>(
			tx,
			sql`select coalesce(max(number), 0)::int + 1 as number from check_attempt where item_id = ${itemId} and person_id = ${person.id}`
		))!;
		const attempt = { id, itemId, personId: person.id, number, grader: 1, passPercent: 80 };
		const settledAt = state === 'in_review' ? null : at;
		await tx.insert(checkAttempt).values({ ...attempt, state, startedAt: at, submittedAt: at, settledAt });
		await emit(tx, `check.${state}`, { attemptId: id, itemId, personId: person.id });
		return id;
	});
}

/** A later judgement of an attempt, as a reviewer gives it. */
export async function judgeAttempt(db: Db, id: string, state: 'passed' | 'failed', at = new Date()): Promise<void> {
	await db.transaction(async (tx) => {
		const [attempt] = (await tx.execute(sql`update check_attempt set state = ${state}, settled_at = ${at.toISOString()}
			where id = ${id} returning item_id as "itemId", person_id as "personId"`)) as unknown as {
			itemId: string;
			personId: string;
		}[];
		await emit(tx, `check.${state}`, { attemptId: id, ...attempt! });
	});
}

const met = { met: true, why: '' };

/** What an asking says; give more to differ. */
export const anAsking = (more: Partial<NewAsking> = {}): NewAsking => ({
	legalText: 'Whoever drives a pallet jack shows once a year that they can.',
	legalSource: 'Rules for lift trucks, section 7',
	analysisId: undefined,
	legalNames: false,
	dueOn: undefined,
	dueDays: more.dueOn ? undefined : 30,
	renewMonths: undefined,
	qualities: { flow: met, continuous: met, immediate: met, social: met, autonomous: { met: false, why: 'By law.' } },
	audience: 'everybody',
	spaceId: undefined,
	people: [],
	...more
});
