import { allow } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { row, rows, sql, type Db, type SQL } from '#src/platform/server/db.ts';
import { conflict, invalid } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import { MOST_POINTS, type Point } from '../metric.ts';
import { firstDay, periodOf } from '../period.ts';
import type { IntakeView, TakenView } from '../views.ts';
import { canKeep, KEEPERS, lockMetric, type MetricRecord } from './record.ts';
import { inZone } from './taking/day.ts';
import type { Decimal } from './taking/number.ts';
import { sift, type Aside, type Given, type Sifted } from './taking/sift.ts';

/** Where values come from, and how they are read. */
export interface Way {
	way: IntakeView['way'];
	source?: string;
	decimal: Decimal;
	replace: boolean;
}

/** So many lines that were not taken in are kept of one series, and told of at once. */
const MOST_ASIDE = 1000;
const TOLD = 20;

/**
 * Takes values in. What cannot be read, does not fit or contradicts what is there is put aside
 * with the reason; the rest is taken, and the series stays as it was otherwise.
 * @throws Failure forbidden for who does not look after the figure
 */
export async function takeIn(
	db: Db,
	viewer: Viewer,
	id: string,
	lines: readonly Given[],
	way: Way
): Promise<TakenView> {
	return db.transaction(async (tx) => {
		const metric = await lockMetric(tx, viewer, id);
		allow(canKeep(viewer, metric), KEEPERS);
		return takeInto(tx, metric, lines, way, viewer.id);
	});
}

/** The same for a figure that is locked, whoever brings them. */
export async function takeInto(
	tx: Db,
	metric: MetricRecord,
	lines: readonly Given[],
	{ way, source = '', decimal, replace }: Way,
	personId: string | null
): Promise<TakenView> {
	const known = await knownOf(tx, metric.id);
	const sifted = sift(lines, metric, known, { decimal, replace, tomorrow: tomorrowOf(metric) });
	const { taken, replaced, repeated, aside } = sifted;
	if (known.size + taken.length > MOST_POINTS)
		throw invalid({ values: `would make more than ${MOST_POINTS.toLocaleString('en')} of one figure` });
	const id = newId();
	await tx.execute(sql`insert into metric_intake (id, metric_id, way, source, person_id, taken, replaced, repeated, aside)
		values (${id}, ${metric.id}, ${way}, ${source.slice(0, 200)}, ${personId}, ${taken.length}, ${replaced.length}, ${repeated},
			${aside.length})`);
	await putPoints(tx, metric.id, id, sifted);
	await putAside(tx, metric.id, id, [...replaced.map(replacedLine), ...aside]);
	return {
		...{ id, taken: taken.length, replaced: replaced.length, repeated, asideCount: aside.length },
		aside: aside.slice(0, TOLD).map(({ line, day, value, why }) => ({ line, day, value, why }))
	};
}

async function knownOf(tx: Db, id: string): Promise<Map<string, number>> {
	const points = await rows<Point>(tx, sql`select day::text as day, value from metric_point where metric_id = ${id}`);
	return new Map(points.map(({ day, value }) => [day, value]));
}

/** The first day of the period that has not begun, by the clock of the series. */
const tomorrowOf = ({ every, zone }: MetricRecord) => firstDay(periodOf(inZone(new Date(), zone)[0], every) + 1, every);

/** The figure is locked, so that nobody else puts the same periods in meanwhile. */
async function putPoints(
	tx: Db,
	metricId: string,
	intakeId: string,
	{ taken, replaced }: Pick<Sifted, 'taken' | 'replaced'>
): Promise<void> {
	if (taken.length > 0)
		await tx.execute(sql`insert into metric_point (metric_id, day, value, intake_id)
			select ${metricId}, p.day, p.value, ${intakeId} from ${pointRows(taken)} as p (day, value)`);
	if (replaced.length > 0)
		await tx.execute(sql`update metric_point m set value = p.value, intake_id = ${intakeId}
			from ${pointRows(replaced)} as p (day, value) where m.metric_id = ${metricId} and m.day = p.day`);
}

const pointRows = (points: readonly Point[]): SQL =>
	sql`unnest(${sql.param(`{${points.map(({ day }) => day).join(',')}}`)}::date[], ${sql.param(`{${points.map(({ value }) => value).join(',')}}`)}::float8[])`;

const replacedLine = ({ day, value, before }: Point & { before: number }): Aside => ({
	...{ line: 0, day, value: String(before), point: { day, value: before } },
	why: `was replaced by ${value}`
});

/** Kept for a person to look at, the newest of a series. */
async function putAside(tx: Db, metricId: string, intakeId: string, aside: readonly Aside[]): Promise<void> {
	if (aside.length === 0) return;
	const lines = aside.slice(0, MOST_ASIDE).map((each) => ({ id: newId(), ...each }));
	await tx.execute(sql`insert into metric_aside (id, metric_id, intake_id, line, given_day, given_value, why, day, value)
		select l.id, ${metricId}, ${intakeId}, l.line, l.day, l.value, l.why, (l.point ->> 'day')::date, (l.point ->> 'value')::float8
		from jsonb_to_recordset(${JSON.stringify(lines)}::text::jsonb)
			as l (id uuid, line int, day text, value text, why text, point jsonb)`);
	await tx.execute(sql`delete from metric_aside where metric_id = ${metricId} and id < (
		select id from metric_aside where metric_id = ${metricId} order by id desc offset ${MOST_ASIDE - 1} limit 1)`);
}

/** Takes a line in that was put aside, in place of what stands there. @throws Failure conflict where it cannot be read */
export async function takeAside(db: Db, viewer: Viewer, id: string, asideId: string): Promise<void> {
	await db.transaction(async (tx) => {
		const line = await lockAside(tx, viewer, id, asideId);
		if (line.day === null || line.value === null)
			throw conflict('This line cannot be read: put it right where it comes from.');
		const before = await row<{ value: number }>(
			tx,
			sql`select value from metric_point where metric_id = ${id} and day = ${line.day}::date`
		);
		const point = { day: line.day, value: line.value };
		await putPoints(
			tx,
			id,
			line.intake_id,
			before ? { taken: [], replaced: [{ ...point, before: before.value }] } : { taken: [point], replaced: [] }
		);
		await tx.execute(sql`delete from metric_aside where id = ${asideId}`);
		if (before && before.value !== line.value)
			await putAside(tx, id, line.intake_id, [replacedLine({ ...point, before: before.value })]);
	});
}

/** Throws a line away that was put aside. */
export async function dropAside(db: Db, viewer: Viewer, id: string, asideId: string): Promise<void> {
	await db.transaction(async (tx) => {
		await lockAside(tx, viewer, id, asideId);
		await tx.execute(sql`delete from metric_aside where id = ${asideId}`);
	});
}

async function lockAside(tx: Db, viewer: Viewer, id: string, asideId: string) {
	const metric = await lockMetric(tx, viewer, id);
	allow(canKeep(viewer, metric), KEEPERS);
	const line = await row<{ day: string | null; value: number | null; intake_id: string }>(
		tx,
		sql`select day::text as day, value, intake_id from metric_aside where id = ${asideId} and metric_id = ${id} for update`
	);
	if (!line) throw conflict('This line is not there any more.');
	return line;
}

/** Takes a value out of a series. It is kept aside, so that it can come back. @throws Failure conflict where there is none */
export async function removePoint(db: Db, viewer: Viewer, id: string, day: string): Promise<void> {
	await db.transaction(async (tx) => {
		const metric = await lockMetric(tx, viewer, id);
		allow(canKeep(viewer, metric), KEEPERS);
		const gone = await row<{ value: number; intake_id: string }>(
			tx,
			sql`delete from metric_point where metric_id = ${id} and day = ${day}::date returning value, intake_id`
		);
		if (!gone) throw conflict('There is no value of this day.');
		const line = { line: 0, day, value: String(gone.value), why: 'was taken out', point: { day, value: gone.value } };
		await putAside(tx, id, gone.intake_id, [line]);
	});
}
