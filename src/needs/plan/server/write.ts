import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { figures } from '#src/core/figures/server/figures.ts';
import { isFirst } from '#src/core/items/server/submission.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import { lastConclusion } from '../../server/content.ts';
import { lockNeed } from '../../server/record.ts';
import type { NewReview, PlanEdit } from '../input.ts';
import { expectReader, lockPlan, planOf } from './record.ts';

/**
 * Writes the plan of a need whose analysis came to something. The baseline is captured with it, so that
 * nothing is begun before.
 * @returns the new version
 * @throws Failure conflict before the analysis is recorded, and on a stale edit
 */
export async function writePlan(db: Db, viewer: Viewer, needId: string, edit: PlanEdit): Promise<number> {
	return db.transaction(async (tx) => {
		const need = await lockNeed(tx, viewer, needId);
		const current = await planOf(tx, needId);
		if ((current?.version ?? 0) !== edit.version)
			throw conflict('Somebody changed the plan while you were writing. Yours is kept; look at theirs first.', {
				current: { ...current, version: current?.version ?? 0 }
			});
		if ((await lastConclusion(tx, needId))?.decision !== 'act')
			throw conflict('The analysis comes first: record what is recommended.');
		await expectReader(tx, need.space_id, edit.ownerId);
		await expectDays(tx, edit, current?.review_on ?? null);
		const base = await baselineOf(tx, viewer, edit);
		const funds = await fundedBy(tx, viewer, needId, edit.fundsId);
		await tx.execute(sql`insert into need_plan (need_id, owner_id, hypothesis, metric_id, figure, baseline, baseline_on,
				baseline_source, target, review_on, currency, budget, saves, funds_id, funds_note)
			values (${needId}, ${edit.ownerId}, ${edit.hypothesis}, ${edit.metricId ?? null}, ${base.figure}, ${base.value},
				${base.on}, ${base.source}, ${edit.target}, ${edit.reviewOn}, ${need.currency}, ${edit.budget}, ${edit.saves},
				${funds}, ${edit.fundsNote})
			on conflict (need_id) do update set owner_id = excluded.owner_id, hypothesis = excluded.hypothesis,
				metric_id = excluded.metric_id, figure = excluded.figure, baseline = excluded.baseline,
				baseline_on = excluded.baseline_on, baseline_source = excluded.baseline_source, target = excluded.target,
				review_on = excluded.review_on, currency = excluded.currency, budget = excluded.budget, saves = excluded.saves,
				funds_id = excluded.funds_id, funds_note = excluded.funds_note, version = need_plan.version + 1`);
		return edit.version + 1;
	});
}

/** A baseline lies behind us; a review that is set anew lies before us. */
async function expectDays(tx: Db, { baselineOn, reviewOn }: PlanEdit, before: string | null): Promise<void> {
	const { past, ahead, ordered } = (await row<{ past: boolean; ahead: boolean; ordered: boolean }>(
		tx,
		sql`select coalesce(${baselineOn ?? null}::date <= current_date + 1, true) as past, ${reviewOn}::date > current_date as ahead,
			coalesce(${baselineOn ?? null}::date <= ${reviewOn}::date, true) as ordered`
	))!;
	if (!past) throw invalid({ baselineOn: 'must not lie before us: it is what was, before anything is done' });
	if (!ahead && reviewOn !== before) throw invalid({ reviewOn: 'must lie before us' });
	if (!ordered) throw invalid({ reviewOn: 'must not be before the baseline' });
}

/** As it was typed, or the newest value of a figure that is kept here. */
async function baselineOf(tx: Db, viewer: Viewer, edit: PlanEdit) {
	const kept = edit.metricId ? await figures().read(tx, viewer, edit.metricId) : undefined;
	if (edit.metricId && !kept) throw invalid({ metricId: 'must be a figure that is open to you' });
	const figure = edit.figure || kept?.title || '';
	if (edit.baseline !== undefined)
		return { figure, value: edit.baseline, on: edit.baselineOn!, source: edit.baselineSource };
	if (!kept?.latest)
		throw invalid({ metricId: 'holds no value yet: type the baseline in, with its day and where it was read' });
	return { figure, value: kept.latest.value, on: kept.latest.day, source: `${kept.title}, in ${kept.unit}` };
}

/** Another need, that what is saved pays for. */
async function fundedBy(tx: Db, viewer: Viewer, needId: string, fundsId: string | undefined): Promise<string | null> {
	if (!fundsId) return null;
	const found =
		fundsId === needId
			? undefined
			: await row(
					tx,
					sql`select 1 from item i where i.id = ${fundsId} and i.kind = 'need' and ${visibleItems(viewer, 'i')}`
				);
	if (!found) throw invalid({ fundsId: 'must be the address of another problem at work that is open to you' });
	return fundsId;
}

/** Records what was seen on the day of review, and when to look again. @returns its id */
export async function reviewPlan(
	db: Db,
	viewer: Viewer,
	needId: string,
	{ submission, value, verdict, says, next }: NewReview
): Promise<string> {
	return db.transaction(async (tx) => {
		await lockPlan(tx, viewer, needId);
		if (submission && !(await isFirst(tx, viewer, submission))) {
			const first = await row<{ id: string }>(
				tx,
				sql`select id from need_review where need_id = ${needId} order by id desc limit 1`
			);
			if (first) return first.id;
		}
		const ahead = await row<{ ahead: boolean }>(
			tx,
			sql`select coalesce(${next ?? null}::date > current_date, true) as ahead`
		);
		if (!ahead!.ahead) throw invalid({ next: 'must lie before us' });
		const id = newId();
		await tx.execute(sql`insert into need_review (id, need_id, seen_on, value, verdict, says, reviewed_by)
			values (${id}, ${needId}, current_date, ${value}, ${verdict}, ${says}, ${viewer.id})`);
		await tx.execute(
			sql`update need_plan set review_on = ${next ?? null}, version = version + 1 where need_id = ${needId}`
		);
		await tx.execute(sql`update item set active_at = now() where id = ${needId}`);
		return id;
	});
}
