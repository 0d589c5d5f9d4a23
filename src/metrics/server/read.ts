import { allow } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { linePage, presentLine, type ItemFilter, type LineRow } from '#src/core/items/server/list.ts';
import { readItem } from '#src/core/items/server/post.ts';
import { iso } from '#src/core/items/server/present.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { chartOf } from '../chart.ts';
import type { Mark, Point } from '../metric.ts';
import { plotOf } from '../plot.ts';
import type { AsideView, IntakeView, MetricRow, MetricView } from '../views.ts';
import { marksOf } from './marks.ts';
import { canKeep, KEEPERS, metricOf, pointsOf, type MetricRecord } from './record.ts';

interface Line extends LineRow, Pick<MetricRow, 'unit' | 'better' | 'every' | 'counts' | 'points' | 'latest'> {
	owner_id: string;
	owner_name: string;
}

/** Figures the viewer may read, those of the work before those of activity, the liveliest first. */
export const listMetrics = (db: Db, viewer: Viewer, filter: ItemFilter) =>
	linePage<Line, MetricRow>(
		db,
		viewer,
		filter,
		{
			columns: sql`m.unit, m.better, m.every, m.counts, m.owner_id, o.name as owner_name,
				(select count(*)::int from metric_point p where p.metric_id = i.id) as points,
				(select json_build_object('day', p.day, 'value', p.value) from metric_point p
					where p.metric_id = i.id order by p.day desc limit 1) as latest`,
			join: sql`join metric m on m.item_id = i.id join person o on o.id = m.owner_id`
		},
		(line) => ({
			...presentLine(viewer, line),
			...{ unit: line.unit, better: line.better, every: line.every, counts: line.counts },
			...{ owner: { id: line.owner_id, name: line.owner_name }, points: line.points, latest: line.latest }
		})
	);

const TABLE = 30;

/**
 * A figure with its comments, what the chart says, and a page of its values.
 * @param before the table holds values before this day
 * @throws Failure not_found
 */
export async function readMetric(db: Db, viewer: Viewer, id: string, before?: string): Promise<MetricView> {
	return (await read(db, viewer, id, before)).view;
}

/** The same with its plots: for a page that is wide, and for a phone. */
export async function readMetricPage(
	db: Db,
	viewer: Viewer,
	id: string,
	before?: string
): Promise<MetricView & { plots: { wide: string; narrow: string } | null }> {
	const { view, points, marks } = await read(db, viewer, id, before);
	const about = {
		title: view.title,
		unit: view.unit,
		every: view.every,
		points,
		marks,
		chart: chartOf(points, view.every, marks)
	};
	const plots = points.length > 0 ? { wide: plotOf(about, 760), narrow: plotOf(about, 380) } : null;
	return { ...view, plots };
}

async function read(
	db: Db,
	viewer: Viewer,
	id: string,
	before?: string
): Promise<{ view: MetricView; points: Point[]; marks: Mark[] }> {
	const { provenance: _, ...item } = await readItem(db, viewer, id, 'figure');
	const metric = await metricOf(db, viewer, id);
	const [points, marks] = [await pointsOf(db, id), await marksOf(db, viewer, id)];
	const keeps = canKeep(viewer, metric);
	const { limits, signals, gaps, told } = chartOf(points, metric.every, marks);
	const end = before ? points.findLastIndex(({ day }) => day < before) + 1 : points.length;
	const from = Math.max(0, end - TABLE);
	const view = {
		...item,
		...factsOf(metric),
		...{ owner: { id: metric.owner_id, name: metric.owner_name }, canKeep: keeps, points: points.length },
		...{ first: points[0]?.day ?? null, latest: told(points.length - 1), limits, signals, gaps, marks },
		table: Array.from({ length: end - from }, (_, at) => told(end - 1 - at)!),
		before: from > 0 ? points[from]!.day : null,
		aside: keeps ? await countAside(db, id) : null
	};
	return { view, points, marks };
}

const factsOf = ({ unit, better, every, counts, people, least, most, zone }: MetricRecord) => ({
	...{ unit, better, every, counts, people, least, most, zone }
});

const countAside = async (db: Db, id: string) =>
	(await row<{ count: number }>(db, sql`select count(*)::int as count from metric_aside where metric_id = ${id}`))!
		.count;

/** A figure as its form begins. @throws Failure forbidden for who does not look after it */
export async function metricToEdit(db: Db, viewer: Viewer, id: string) {
	const metric = await metricOf(db, viewer, id);
	allow(canKeep(viewer, metric), KEEPERS);
	const text = (await row<{ body_md: string; tags: string[]; version: number }>(
		db,
		sql`select body_md, tags, version from item where id = ${id}`
	))!;
	const fixed = (await row(db, sql`select from metric_point where metric_id = ${id} limit 1`)) !== undefined;
	return {
		id,
		title: metric.title,
		bodyMd: text.body_md,
		tags: text.tags,
		version: text.version,
		...factsOf(metric),
		fixed
	};
}

const ASIDE = 50;

/** How values come to a figure: what came in last, and what was put aside. @throws Failure forbidden for who does not look after it */
export async function readIntake(
	db: Db,
	viewer: Viewer,
	id: string
): Promise<
	{ id: string; title: string; aside: AsideView[]; asideCount: number; intakes: IntakeView[] } & ReturnType<
		typeof factsOf
	>
> {
	const metric = await metricOf(db, viewer, id);
	allow(canKeep(viewer, metric), KEEPERS);
	const aside = await rows<Omit<AsideView, 'at'> & { created_at: string }>(
		db,
		sql`select id, line, given_day as day, given_value as value, why, day is not null and value is not null as "canTake", created_at
			from metric_aside where metric_id = ${id} order by id desc limit ${ASIDE}`
	);
	const intakes = await rows<Omit<IntakeView, 'at'> & { created_at: string }>(
		db,
		sql`select n.id, n.way, n.source, case when p.id is not null then json_build_object('id', p.id, 'name', p.name) end as person,
				n.taken, n.replaced, n.repeated, n.aside, n.created_at
			from metric_intake n left join person p on p.id = n.person_id
			where n.metric_id = ${id} order by n.id desc limit 20`
	);
	return {
		...{ id, title: metric.title, ...factsOf(metric), asideCount: await countAside(db, id) },
		aside: aside.map(({ created_at, ...line }) => ({ ...line, at: iso(created_at) })),
		intakes: intakes.map(({ created_at, ...intake }) => ({ ...intake, at: iso(created_at) }))
	};
}
