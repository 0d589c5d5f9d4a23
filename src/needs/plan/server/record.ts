import type { Viewer } from '#src/core/access/server/viewer.ts';
import { whoReads } from '#src/core/access/server/visibility.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { invalid, notFound } from '#src/platform/server/errors.ts';
import { lockNeed, type NeedRecord } from '../../server/record.ts';

/** A plan as the database has it. */
export interface PlanRecord {
	owner_id: string;
	owner_name: string;
	hypothesis: string;
	metric_id: string | null;
	figure: string;
	baseline: number;
	baseline_on: string;
	baseline_source: string;
	target: number;
	review_on: string | null;
	currency: string;
	budget: number;
	saves: number;
	funds_id: string | null;
	funds_note: string;
	version: number;
}

export const planOf = (db: Db, needId: string): Promise<PlanRecord | undefined> =>
	row<PlanRecord>(
		db,
		sql`select a.owner_id, p.name as owner_name, a.hypothesis, a.metric_id, a.figure, a.baseline, a.baseline_on::text,
				a.baseline_source, a.target, a.review_on::text, a.currency, a.budget, a.saves, a.funds_id, a.funds_note, a.version
			from need_plan a join person p on p.id = a.owner_id where a.need_id = ${needId}`
	);

/** A need that has a plan, locked for those who work it out. @throws Failure invalid before there is a baseline */
export async function lockPlan(
	tx: Db,
	viewer: Viewer,
	needId: string
): Promise<{ need: NeedRecord; plan: PlanRecord }> {
	const need = await lockNeed(tx, viewer, needId);
	const plan = await planOf(tx, needId);
	if (!plan) throw notFound('There is no plan yet: it begins with the baseline.');
	return { need, plan };
}

/** Nobody gets a task about what they cannot open. @throws Failure invalid */
export async function expectReader(tx: Db, spaceId: string, personId: string, field = 'ownerId'): Promise<void> {
	const reads = await row(tx, sql`select 1 from (${whoReads([personId])}) w where ${spaceId}::uuid = any(w.readable)`);
	if (!reads) throw invalid({ [field]: 'must be somebody who reads the space' });
}
