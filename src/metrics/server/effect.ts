import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import type { EffectFilter } from '../input.ts';
import { effectAgainst, effectSince, type Effect, type Series } from '../effect.ts';
import type { Mark } from '../metric.ts';
import { plotOf, type Plotted } from '../plot.ts';
import type { EffectView, Named } from '../views.ts';
import { marksOf } from './marks.ts';
import { metricOf, pointsOf, type MetricRecord } from './record.ts';

/**
 * Whether what was done shows in a figure: against its own past, or against another figure.
 * @throws Failure not_found for a mark or a figure that is not there, or not open to the viewer
 */
export async function readEffect(db: Db, viewer: Viewer, id: string, asked: EffectFilter): Promise<EffectView> {
	return (await reckon(db, viewer, id, asked)).view;
}

/** The same with its plots and what else can be compared with, for its page. */
export async function readEffectPage(db: Db, viewer: Viewer, id: string, asked: EffectFilter) {
	const { view, series, marks } = await reckon(db, viewer, id, asked);
	const { effect } = view;
	const plotted: Plotted = { ...series, marks, chart: { limits: null, rules: new Map() } };
	if (effect?.kind === 'reckoned') {
		const line = (which: 'fitted' | 'without') =>
			effect.lines.map((each) => ({ period: each.period, value: each[which] }));
		const since = effect.lines.length - effect.window.after;
		plotted.overlays = [
			...(view.against ? [] : [{ label: 'As it was', dashed: false, values: line('fitted').slice(0, since) }]),
			...(view.against ? [] : [{ label: 'As it was since', dashed: false, values: line('fitted').slice(since) }]),
			{ label: 'As it would have been', dashed: true, values: line('without').slice(Math.max(0, since - 1)) }
		];
	}
	const plots = series.points.length > 0 ? { wide: plotOf(plotted, 760), narrow: plotOf(plotted, 380) } : null;
	return { ...view, plots, others: await comparable(db, viewer, id, view) };
}

async function reckon(
	db: Db,
	viewer: Viewer,
	id: string,
	asked: EffectFilter
): Promise<{ view: EffectView; series: Series; marks: Mark[] }> {
	const metric = await metricOf(db, viewer, id);
	const marks = await marksOf(db, viewer, id);
	const mark = asked.mark ? marks.find((each) => each.id === asked.mark) : marks.at(-1);
	if (asked.mark && !mark) throw notFound('There is no such mark.');
	const other = asked.against ? await metricOf(db, viewer, asked.against) : undefined;
	const series = await seriesOf(db, metric);
	const effect = mark ? await effectOf(db, series, other, mark, marks) : null;
	const { title, unit, every, better, counts } = metric;
	const against = other ? { id: other.id, name: other.title } : null;
	return {
		view: { id, title, unit, every, better, counts, marks, mark: mark ?? null, against, effect },
		series,
		marks
	};
}

async function effectOf(
	db: Db,
	series: Series,
	other: MetricRecord | undefined,
	mark: Mark,
	marks: readonly Mark[]
): Promise<Effect> {
	return other ? effectAgainst(series, await seriesOf(db, other), mark, marks) : effectSince(series, mark, marks);
}

const seriesOf = async (db: Db, { id, title, unit, every, better }: MetricRecord): Promise<Series> => ({
	...{ title, unit, every, better },
	points: await pointsOf(db, id)
});

/** Figures of the same rhythm and unit that the viewer may read. */
const comparable = (db: Db, viewer: Viewer, id: string, { every, unit }: EffectView): Promise<Named[]> =>
	rows<Named>(
		db,
		sql`select i.id, i.title as name from metric m join item i on i.id = m.item_id
			where m.every = ${every} and lower(m.unit) = ${unit.toLowerCase()} and i.id <> ${id} and i.state = 'open'
				and ${visibleItems(viewer, 'i')} order by i.title limit 200`
	);
