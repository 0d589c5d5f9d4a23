import { canEdit, canWriteIn } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';
import type { Point } from '../metric.ts';
import type { MetricFacts } from '../views.ts';

/** A figure as it stands in the database. */
export interface MetricRecord extends MetricFacts {
	id: string;
	space_id: string;
	author_id: string;
	title: string;
	owner_id: string;
	owner_name: string;
}

export const metricColumns = sql`i.id, i.space_id, i.author_id, i.title, m.unit, m.better, m.every, m.counts, m.people, m.least, m.most, m.zone,
	m.owner_id, o.name as owner_name`;
export const metricTables = sql`metric m join item i on i.id = m.item_id join person o on o.id = m.owner_id`;

export const KEEPERS = 'Its owner, its author and the stewards of the space look after this figure.';

/** Who looks after a figure: brings values, marks what was done, changes what it is. */
export const canKeep = (viewer: Viewer, { space_id, author_id, owner_id }: MetricRecord): boolean =>
	canEdit(viewer, { spaceId: space_id, authorId: author_id }) ||
	(owner_id === viewer.id && canWriteIn(viewer, { spaceId: space_id }));

/** @throws Failure not_found, also for what the viewer may not read */
export async function metricOf(db: Db, viewer: Viewer, id: string): Promise<MetricRecord> {
	const found = isId(id)
		? await row<MetricRecord>(
				db,
				sql`select ${metricColumns} from ${metricTables} where m.item_id = ${id} and ${visibleItems(viewer, 'i')}`
			)
		: undefined;
	if (!found) throw notFound('There is no such figure, or it is not open to you.');
	return found;
}

/** The same, locked: who brings values comes one after the other. */
export async function lockMetric(tx: Db, viewer: Viewer, id: string): Promise<MetricRecord> {
	if (isId(id)) await tx.execute(sql`select from metric where item_id = ${id} for update`);
	return metricOf(tx, viewer, id);
}

/** A figure that values come to by themselves: what may bring them was decided when that was set up. */
export async function lockForValues(tx: Db, id: string): Promise<MetricRecord | undefined> {
	await tx.execute(sql`select from metric where item_id = ${id} for update`);
	return row<MetricRecord>(
		tx,
		sql`select ${metricColumns} from ${metricTables} where m.item_id = ${id} and i.state = 'open'`
	);
}

/** All values of a figure that may be read, in their order. */
export const pointsOf = (db: Db, id: string): Promise<Point[]> =>
	rows<Point>(
		db,
		sql`select day::text as day, value from metric_point where metric_id = ${id} order by metric_point.day`
	);
