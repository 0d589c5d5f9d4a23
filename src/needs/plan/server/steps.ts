import { allow } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { figures } from '#src/core/figures/server/figures.ts';
import { isFirst } from '#src/core/items/server/submission.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid, notFound } from '#src/platform/server/errors.ts';
import { isId, newId } from '#src/platform/server/ids.ts';
import { needOf, works } from '../../server/record.ts';
import { optionsById } from '../../options/server/options.ts';
import type { NewStep, StepEdit } from '../input.ts';
import { expectReader, lockPlan } from './record.ts';

declare module '#src/core/signals/server/events.ts' {
	interface Events {
		/** Somebody has something to do in a plan. */
		'need.step_given': { itemId: string; personId: string; actorId: string };
	}
}

interface StepRecord {
	id: string;
	need_id: string;
	option: string;
	title: string;
	owner_id: string;
	done: boolean;
	version: number;
}

/** Adds what is to be done: an option of the catalogue, with an owner and a day. @returns its id */
export async function addStep(db: Db, viewer: Viewer, needId: string, step: NewStep): Promise<string> {
	return db.transaction(async (tx) => {
		const { need } = await lockPlan(tx, viewer, needId);
		if (step.submission && !(await isFirst(tx, viewer, step.submission))) {
			const first = await row<{ id: string }>(
				tx,
				sql`select id from need_step where need_id = ${needId} and title = ${step.title} order by id desc limit 1`
			);
			if (first) return first.id;
		}
		if (!(await optionsById(tx, viewer, [step.option])).has(step.option))
			throw invalid({ option: 'must be one of the catalogue' });
		await expectReader(tx, need.space_id, step.ownerId);
		const id = newId();
		await tx.execute(sql`insert into need_step (id, need_id, option, title, owner_id, by_on)
			values (${id}, ${needId}, ${step.option}, ${step.title}, ${step.ownerId}, ${step.byOn})`);
		await emit(tx, 'need.step_given', { itemId: needId, personId: step.ownerId, actorId: viewer.id });
		return id;
	});
}

/** Changes what is to be done, by whom or until when. @throws Failure conflict on a stale edit */
export async function editStep(db: Db, viewer: Viewer, needId: string, id: string, edit: StepEdit): Promise<number> {
	return db.transaction(async (tx) => {
		const { need } = await lockPlan(tx, viewer, needId);
		const step = await stepOf(tx, id, needId);
		if (step.version !== edit.version)
			throw conflict('Somebody changed this while you were writing. Yours is kept.', {
				current: { title: step.title, version: step.version }
			});
		await expectReader(tx, need.space_id, edit.ownerId);
		await tx.execute(sql`update need_step set title = ${edit.title}, owner_id = ${edit.ownerId}, by_on = ${edit.byOn},
			version = version + 1 where id = ${id}`);
		if (step.owner_id !== edit.ownerId)
			await emit(tx, 'need.step_given', { itemId: needId, personId: edit.ownerId, actorId: viewer.id });
		return step.version + 1;
	});
}

/** Takes a step out of the plan; what was made of it stays. */
export async function removeStep(db: Db, viewer: Viewer, needId: string, id: string): Promise<void> {
	await db.transaction(async (tx) => {
		await lockPlan(tx, viewer, needId);
		await stepOf(tx, id, needId);
		await tx.execute(sql`delete from need_step where id = ${id}`);
	});
}

/** Says that something which is here came of a step. @throws Failure invalid for what the viewer may not read */
export async function attachToStep(db: Db, viewer: Viewer, needId: string, id: string, itemId: string): Promise<void> {
	await changeOwn(db, viewer, needId, id, async (tx) => {
		const item = await row<{ kind: string }>(
			tx,
			sql`select i.kind from item i where i.id = ${itemId} and i.parent_id is null and i.id <> ${needId} and ${visibleItems(viewer, 'i')}`
		);
		if (!item) throw invalid({ itemId: 'must be the address of something that is here and open to you' });
		await tx.execute(
			sql`update need_step set made_id = ${itemId}, made_kind = ${item.kind}, version = version + 1 where id = ${id}`
		);
	});
}

/**
 * The same for what was just made by its form, also where it is still a draft.
 * @returns the need, where the page goes on
 */
export async function madeForStep(
	db: Db,
	viewer: Viewer,
	id: string,
	made: { id: string; kind: string }
): Promise<string> {
	const step = isId(id)
		? await row<{ need_id: string }>(db, sql`select need_id from need_step where id = ${id}`)
		: undefined;
	if (!step) throw notFound('This step does not exist any more.');
	await changeOwn(db, viewer, step.need_id, id, async (tx) => {
		await tx.execute(
			sql`update need_step set made_id = ${made.id}, made_kind = ${made.kind}, version = version + 1 where id = ${id}`
		);
	});
	return step.need_id;
}

/** Says that a step is done, or not after all. In a figure that is kept here it is marked from then on. */
export async function finishStep(db: Db, viewer: Viewer, needId: string, id: string, done: boolean): Promise<void> {
	await changeOwn(db, viewer, needId, id, async (tx, step) => {
		if (step.done === done) return;
		await tx.execute(
			sql`update need_step set done_at = ${done ? sql`now()` : null}, version = version + 1 where id = ${id}`
		);
		if (!done) return;
		const plan = await row<{ metric_id: string | null; today: string }>(
			tx,
			sql`select metric_id, current_date::text as today from need_plan where need_id = ${needId}`
		);
		if (plan?.metric_id)
			await figures().mark(tx, viewer, plan.metric_id, {
				day: plan.today,
				label: step.title.slice(0, 100),
				about: needId
			});
	});
}

/** Those who work the need out change a step, and its owner. */
async function changeOwn(
	db: Db,
	viewer: Viewer,
	needId: string,
	id: string,
	work: (tx: Db, step: StepRecord) => Promise<void>
): Promise<void> {
	await db.transaction(async (tx) => {
		const need = await needOf(tx, viewer, needId);
		const step = await stepOf(tx, id, needId);
		allow(
			works(viewer, need) || step.owner_id === viewer.id,
			'Its owner does this, and those who work the problem out.'
		);
		await work(tx, step);
	});
}

async function stepOf(tx: Db, id: string, needId: string): Promise<StepRecord> {
	const found = await row<StepRecord>(
		tx,
		sql`select id, need_id, option, title, owner_id, done_at is not null as done, version
			from need_step where id = ${id} and need_id = ${needId} for update`
	);
	if (!found) throw notFound('This step does not exist any more.');
	return found;
}
