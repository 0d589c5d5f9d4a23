import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { linePage, presentLine, type ItemFilter, type LineRow } from '#src/core/items/server/list.ts';
import { readItem } from '#src/core/items/server/post.ts';
import { iso } from '#src/core/items/server/present.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import { todayIn } from '#src/platform/day.ts';
import type { Point } from '../../metric.ts';
import { countOrders, groupSizes } from '../../statistics/orders.ts';
import { cellsOf } from '../cells.ts';
import { effectOfRollout, type Known } from '../outcome.ts';
import {
	dayOfStep,
	partsOf,
	type Departure,
	type Part,
	type Place,
	type RolloutRow,
	type RolloutView
} from '../rollout.ts';
import { departuresOf } from './departures.ts';
import { canCurate, placesOf, rolloutOf, scheduleOf, type RolloutRecord } from './record.ts';

/** Roll-outs the viewer may read, the liveliest first. */
export const listRollouts = (db: Db, viewer: Viewer, filter: ItemFilter) =>
	linePage<LineRow & { starts_on: string; places: number; drawn: boolean }, RolloutRow>(
		db,
		viewer,
		filter,
		{
			columns: sql`r.starts_on::text, r.drawn is not null as drawn,
				(select count(*)::int from rollout_place p where p.rollout_id = i.id) as places`,
			join: sql`join rollout r on r.item_id = i.id`
		},
		(line) => ({
			...presentLine(viewer, line),
			...{ startsOn: line.starts_on, places: line.places, drawn: line.drawn }
		})
	);

/** A roll-out with its wedge, who comes next, what differs from the draw, and what it changed. @throws Failure not_found */
export async function readRollout(db: Db, viewer: Viewer, id: string): Promise<RolloutView> {
	const { provenance: _, ...item } = await readItem(db, viewer, id, 'rollout');
	const rollout = await rolloutOf(db, viewer, id);
	const schedule = scheduleOf(rollout);
	const parts = partsOf(schedule);
	const ids = await placesOf(db, rollout);
	const figures = await figuresOf(db, viewer, id, ids, parts);
	const places = ids.map((place): Place => placeOf(rollout, parts, place, figures.get(place)));
	const titles = new Map(places.map((place) => [place.id, place.title ?? HIDDEN]));
	const departures = (await departuresOf(db, id)).map((line) => ({ ...line, title: titles.get(line.place) ?? HIDDEN }));
	const today = todayIn('UTC');
	const curates = canCurate(viewer, rollout);
	const { drawn, drawn_at, drawn_by, drawn_name } = rollout;
	return {
		...item,
		...{ unit: rollout.unit, better: rollout.better, ...schedule, endsOn: parts.at(-1)!.to },
		parts: parts.map(({ from, to }) => ({ from, to })),
		...{ places, departures, seedHash: rollout.seed_hash },
		orders: countOrders(groupSizes(ids.length, schedule.steps)),
		drawn: drawn && {
			...{ seed: drawn.seed, at: iso(drawn_at!), by: drawn_by ? { id: drawn_by, name: drawn_name! } : null }
		},
		next: nextOf(rollout, places, today),
		...{ canKeep: curates, canDraw: curates && !drawn && schedule.startsOn > today },
		effect: drawn && effectOf(rollout, parts, places, departures, figures, today)
	};
}

const HIDDEN = 'a place that is not open to you';

interface Figure {
	title: string;
	definition: string;
	points: Point[];
	/** Other marks than this roll-out's within its time. */
	marks: number;
}

/** Those of the figures that the viewer may read, with their values within the time. */
async function figuresOf(
	db: Db,
	viewer: Viewer,
	rolloutId: string,
	ids: readonly string[],
	parts: readonly Part[]
): Promise<Map<string, Figure & { id: string }>> {
	const [from, to] = [parts[0]!.from, parts.at(-1)!.to];
	const found = await rows<Figure & { id: string }>(
		db,
		sql`select i.id, i.title, i.body_md as definition,
				coalesce((select json_agg(json_build_object('day', p.day, 'value', p.value) order by p.day) from metric_point p
					where p.metric_id = i.id and p.day between ${from}::date and ${to}::date), '[]') as points,
				(select count(*)::int from metric_mark k where k.metric_id = i.id and k.day between ${from}::date and ${to}::date
					and k.about_id is distinct from ${rolloutId}) as marks
			from item i where i.id = any(${array(ids, 'uuid')}) and i.kind = 'figure' and ${visibleItems(viewer, 'i')}`
	);
	return new Map(found.map((figure) => [figure.id, figure]));
}

function placeOf(rollout: RolloutRecord, parts: readonly Part[], id: string, figure: Figure | undefined): Place {
	const schedule = scheduleOf(rollout);
	const step = rollout.drawn?.places.find((place) => place.id === id)?.step ?? null;
	return {
		...{ id, step, title: figure?.title ?? null },
		day: step === null ? null : dayOfStep(step, schedule),
		cells: figure ? cellsOf(figure.points, parts, schedule.every, step) : null
	};
}

/** Who gets it next. */
function nextOf({ drawn }: RolloutRecord, places: readonly Place[], today: string): RolloutView['next'] {
	const ahead = drawn ? places.filter(({ day }) => day! > today) : [];
	if (ahead.length === 0) return null;
	const day = ahead.map((place) => place.day!).sort()[0]!;
	return { day, places: ahead.filter((place) => place.day === day).map(({ title }) => title ?? HIDDEN) };
}

function effectOf(
	rollout: RolloutRecord,
	parts: readonly Part[],
	places: readonly Place[],
	departures: readonly Departure[],
	figures: ReadonlyMap<string, Figure>,
	today: string
) {
	const known = places.map(({ id, step, cells }): Known | null => {
		const figure = figures.get(id);
		if (!figure) return null;
		const last = departures.find(({ place, counts }) => counts && place === id);
		const departed = last && last.beganOn !== dayOfStep(step!, scheduleOf(rollout)) ? last : undefined;
		const redefined = figure.definition !== rollout.drawn!.places.find((place) => place.id === id)!.definition;
		return { title: figure.title, step: step!, cells: cells!, departed, redefined, marks: figure.marks };
	});
	const { unit, better } = rollout;
	const drawnOn = iso(rollout.drawn_at!).slice(0, 10);
	return effectOfRollout({ ...scheduleOf(rollout), unit, better, drawnOn, today }, parts, known);
}
