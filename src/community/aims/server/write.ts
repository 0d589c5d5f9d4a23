import type { Viewer } from '#src/core/access/server/viewer.ts';
import { figures } from '#src/core/figures/server/figures.ts';
import { isFirst } from '#src/core/items/server/submission.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import type { Scope } from '../aim.ts';
import type { AimEdit, NewAim, NewAimReview, PurposeEdit } from '../input.ts';
import { aimToWrite, aimOf, scopeToWrite } from './scope.ts';

const STALE = 'Somebody changed this while you were writing. Yours is kept; look at theirs first.';

const columnOf = (kind: Scope['kind']) => (kind === 'space' ? sql`space_id` : sql`area_id`);

/** The plan of a space or an area, locked; two who begin one at once get the same. */
async function lockPlan(
	tx: Db,
	{ kind, id }: Scope
): Promise<{ id: string; purpose: string; version: number } | undefined> {
	// Before there is a plan, those who begin one come one after the other here.
	await tx.execute(sql`select 1 from ${kind === 'space' ? sql`space` : sql`area`} where id = ${id} for no key update`);
	return row(tx, sql`select id, purpose, version from community_plan where ${columnOf(kind)} = ${id} for update`);
}

/** Says what a space or an area is looked after for. @returns the new version @throws Failure conflict on a stale edit */
export async function writePurpose(db: Db, viewer: Viewer, of: Scope, edit: PurposeEdit): Promise<number> {
	return db.transaction(async (tx) => {
		await scopeToWrite(tx, viewer, of);
		const there = await lockPlan(tx, of);
		if ((there?.version ?? 0) !== edit.version)
			throw conflict(STALE, { current: { purpose: there?.purpose ?? '', version: there?.version ?? 0 } });
		await tx.execute(
			there
				? sql`update community_plan set purpose = ${edit.purpose}, version = version + 1, written_by = ${viewer.id},
						written_at = now() where id = ${there.id}`
				: sql`insert into community_plan (id, ${columnOf(of.kind)}, purpose, written_by)
						values (${newId()}, ${of.id}, ${edit.purpose}, ${viewer.id})`
		);
		return edit.version + 1;
	});
}

/** Adds an aim to a plan. Its figure's newest value is captured with it. @returns its id @throws Failure conflict before there is a purpose */
export async function addAim(db: Db, viewer: Viewer, of: Scope, aim: NewAim): Promise<string> {
	return db.transaction(async (tx) => {
		await scopeToWrite(tx, viewer, of);
		const plan = await lockPlan(tx, of);
		if (!plan) throw conflict('The purpose comes first: say in a sentence what it is looked after for.');
		if (aim.submission && !(await isFirst(tx, viewer, aim.submission))) {
			const first = await row<{ id: string }>(
				tx,
				sql`select id from community_aim where plan_id = ${plan.id} and title = ${aim.title} order by id desc limit 1`
			);
			if (first) return first.id;
		}
		await expectAhead(tx, aim.reviewOn, 'reviewOn');
		const base = await baselineOf(tx, viewer, aim.metricId);
		const id = newId();
		await tx.execute(sql`insert into community_aim (id, plan_id, title, seen, metric_id, baseline, baseline_on, target, review_on, created_by)
			values (${id}, ${plan.id}, ${aim.title}, ${aim.seen}, ${aim.metricId ?? null}, ${base?.value ?? null}, ${base?.day ?? null},
				${aim.target ?? null}, ${aim.reviewOn}, ${viewer.id})`);
		return id;
	});
}

/** Changes an aim; a figure that is chosen anew brings its baseline along. @throws Failure conflict on a stale edit */
export async function editAim(db: Db, viewer: Viewer, id: string, edit: AimEdit): Promise<number> {
	return db.transaction(async (tx) => {
		const aim = await aimToWrite(tx, viewer, id);
		if (aim.version !== edit.version) throw conflict(STALE, { current: { title: aim.title, version: aim.version } });
		if (edit.reviewOn !== aim.review_on) await expectAhead(tx, edit.reviewOn, 'reviewOn');
		const same = edit.metricId !== undefined && edit.metricId === aim.metric_id;
		const base = same ? { value: aim.baseline, day: aim.baseline_on } : await baselineOf(tx, viewer, edit.metricId);
		await tx.execute(sql`update community_aim set title = ${edit.title}, seen = ${edit.seen}, metric_id = ${edit.metricId ?? null},
				baseline = ${base?.value ?? null}, baseline_on = ${base?.day ?? null}, target = ${edit.target ?? null},
				review_on = ${edit.reviewOn}, version = version + 1
			where id = ${id}`);
		return aim.version + 1;
	});
}

/** Takes an aim out that nobody has reviewed yet; one that was reviewed is dropped in a review, so that what was learnt stays. */
export async function removeAim(db: Db, viewer: Viewer, id: string): Promise<void> {
	await db.transaction(async (tx) => {
		await aimToWrite(tx, viewer, id);
		const reviewed = await row(tx, sql`select from community_review where aim_id = ${id} limit 1`);
		if (reviewed) throw conflict('It was reviewed: say in a review that it is dropped, so that what was learnt stays.');
		await tx.execute(sql`delete from community_aim where id = ${id}`);
	});
}

/** Records what was learnt and how it goes on. @returns its id */
export async function reviewAim(db: Db, viewer: Viewer, id: string, review: NewAimReview): Promise<string> {
	return db.transaction(async (tx) => {
		const aim = await aimToWrite(tx, viewer, id);
		if (review.submission && !(await isFirst(tx, viewer, review.submission))) {
			const first = await row<{ id: string }>(
				tx,
				sql`select id from community_review where aim_id = ${id} order by id desc limit 1`
			);
			if (first) return first.id;
		}
		const next = review.state === 'open' ? review.next! : null;
		if (next) await expectAhead(tx, next, 'next');
		const figure = aim.metric_id ? await figures().read(tx, viewer, aim.metric_id) : undefined;
		const made = newId();
		await tx.execute(sql`insert into community_review (id, aim_id, seen_on, value, state, learnt, reviewed_by)
			values (${made}, ${id}, current_date, ${figure?.latest?.value ?? null}, ${review.state}, ${review.learnt}, ${viewer.id})`);
		await tx.execute(
			sql`update community_aim set state = ${review.state}, review_on = ${next}, version = version + 1 where id = ${id}`
		);
		return made;
	});
}

/** Keeps a review off the viewer's home page until its next day. */
export async function quietAim(db: Db, viewer: Viewer, id: string): Promise<void> {
	const { review_on } = await aimOf(db, viewer, id);
	if (!review_on) return;
	await db.execute(sql`insert into community_aim_quiet (aim_id, person_id, review_on) values (${id}, ${viewer.id}, ${review_on})
		on conflict (aim_id, person_id) do update set review_on = excluded.review_on`);
}

async function expectAhead(tx: Db, day: string, field: string): Promise<void> {
	const found = (await row<{ ahead: boolean }>(tx, sql`select ${day}::date > current_date as ahead`))!;
	if (!found.ahead) throw invalid({ [field]: 'must lie before us' });
}

/** The newest value of a figure that is kept here. @throws Failure invalid for one that is not open, or holds no value */
async function baselineOf(tx: Db, viewer: Viewer, metricId: string | undefined) {
	if (!metricId) return undefined;
	const found = await figures().read(tx, viewer, metricId);
	if (!found) throw invalid({ metricId: 'must be a figure that is open to you' });
	if (!found.latest) throw invalid({ metricId: 'holds no value yet: what it is now is captured first' });
	return found.latest;
}
