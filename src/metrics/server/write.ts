import { allow } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { once } from '#src/core/items/server/submission.ts';
import { createItem, editItem } from '#src/core/items/server/write.ts';
import { record } from '#src/core/signals/server/record.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { invalid } from '#src/platform/server/errors.ts';
import type { MetricEdit, NewMetric } from '../input.ts';
import type { Named } from '../views.ts';
import { canKeep, KEEPERS, lockMetric, metricOf, type MetricRecord } from './record.ts';

/**
 * Says what is counted, in a space. Who says it owns it until it is handed over.
 * @returns its id
 * @throws Failure forbidden for people outside the space
 */
export async function makeMetric(db: Db, viewer: Viewer, input: NewMetric): Promise<string> {
	const { submission, spaceId, title, bodyMd, tags } = input;
	return db.transaction((tx) =>
		once(tx, viewer, submission, async () => {
			const id = await createItem(tx, viewer, { kind: 'figure', spaceId, title, bodyMd, tags });
			await tx.execute(sql`insert into metric (item_id, unit, better, every, counts, people, owner_id, least, most, zone)
				values (${id}, ${input.unit}, ${input.better}, ${input.every}, ${input.counts}, ${input.people}, ${viewer.id},
					${input.least ?? null}, ${input.most ?? null}, ${input.zone})`);
			await record(tx, viewer.id, 'shared', { itemId: id, spaceId });
			return id;
		})
	);
}

/**
 * Changes what a figure says of itself. Unit, period and time zone stay once it has values:
 * the values would mean something else.
 * @returns the new version
 * @throws Failure conflict with `current` on a stale edit; invalid for what may not change any more
 */
export async function editMetric(db: Db, viewer: Viewer, id: string, edit: MetricEdit): Promise<number> {
	return db.transaction(async (tx) => {
		const metric = await lockMetric(tx, viewer, id);
		allow(canKeep(viewer, metric), KEEPERS);
		await expectSame(tx, metric, edit);
		const { title, bodyMd, tags, note, version: seen } = edit;
		const version = await editItem(tx, viewer, id, { title, bodyMd, tags, note, version: seen }, () => true);
		await tx.execute(sql`update metric set unit = ${edit.unit}, better = ${edit.better}, every = ${edit.every},
			counts = ${edit.counts}, people = ${edit.people}, least = ${edit.least ?? null}, most = ${edit.most ?? null},
			zone = ${edit.zone} where item_id = ${id}`);
		return version;
	});
}

async function expectSame(tx: Db, metric: MetricRecord, edit: MetricEdit): Promise<void> {
	const changed = (['unit', 'every', 'zone'] as const).find((name) => metric[name] !== edit[name]);
	if (!changed || !(await hasValues(tx, metric.id))) return;
	throw invalid({ [changed]: `stays ${metric[changed]}, since there are values. Begin another figure for that` });
}

const hasValues = async (tx: Db, id: string) =>
	(await row(tx, sql`select from metric_point where metric_id = ${id} limit 1`)) !== undefined;

/** Hands a figure over to somebody of its space. @throws Failure invalid for others */
export async function handOver(db: Db, viewer: Viewer, id: string, { ownerId }: { ownerId: string }): Promise<void> {
	await db.transaction(async (tx) => {
		const metric = await lockMetric(tx, viewer, id);
		allow(canKeep(viewer, metric), KEEPERS);
		const found = await row(
			tx,
			sql`select from space_member m join person p on p.id = m.person_id
				where m.space_id = ${metric.space_id} and m.person_id = ${ownerId} and p.deactivated_at is null`
		);
		if (!found) throw invalid({ ownerId: 'must be somebody of its space' });
		await tx.execute(sql`update metric set owner_id = ${ownerId} where item_id = ${id}`);
	});
}

/** Whom a figure can be handed over to: the people of its space. */
export async function possibleOwners(db: Db, viewer: Viewer, id: string): Promise<Named[]> {
	const metric = await metricOf(db, viewer, id);
	allow(canKeep(viewer, metric), KEEPERS);
	return rows<Named>(
		db,
		sql`select p.id, p.name from space_member m join person p on p.id = m.person_id
			where m.space_id = ${metric.space_id} and p.deactivated_at is null order by p.name limit 300`
	);
}
