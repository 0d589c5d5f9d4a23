import type { Viewer } from '#src/core/access/server/viewer.ts';
import { linePage, presentLine, type LineRow } from '#src/core/items/server/list.ts';
import { readItem } from '#src/core/items/server/post.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { evidenceOf } from '../evidence/server/evidence.ts';
import type { NeedFilter } from '../input.ts';
import type { Conclusion, NeedRow, NeedView } from '../need.ts';
import { restsOf } from '../rests/server/rests.ts';
import { yearlyCost } from '../worth.ts';
import { lastConclusion } from './content.ts';
import { editorsOf } from './editors.ts';
import { costsOf, needOf, works, type NeedRecord } from './record.ts';

/** A need with what it came to and its comments. @throws Failure not_found */
export async function readNeed(db: Db, viewer: Viewer, id: string): Promise<NeedView> {
	const { provenance: _, ...item } = await readItem(db, viewer, id, 'need');
	const need = await needOf(db, viewer, id);
	const costs = costsOf(need);
	const conclusion = await lastConclusion(db, id);
	return {
		...item,
		...{ who: need.who, wanted: need.wanted, figure: need.figure, costs, yearly: yearlyCost(costs) },
		...{ editors: await editorsOf(db, id), canWork: works(viewer, need) },
		conclusion,
		rests: conclusion && (await restsOf(db, viewer, id, conclusion.id)),
		evidence: await evidenceOf(db, viewer, id)
	};
}

type Line = LineRow &
	Pick<NeedRecord, 'who' | 'people' | 'times_month' | 'minutes_each' | 'hour_cost' | 'other_month' | 'currency'> & {
		looked: number;
		decision: Conclusion['decision'] | null;
	};

/** Needs the viewer may read, the liveliest first. */
export function listNeeds(db: Db, viewer: Viewer, { show, ...filter }: NeedFilter) {
	const states = { all: sql`true`, open: sql`last.decision is null`, concluded: sql`last.decision is not null` };
	return linePage<Line, NeedRow>(
		db,
		viewer,
		filter,
		{
			columns: sql`n.who, n.people, n.times_month, n.minutes_each, n.hour_cost, n.other_month, n.currency, last.decision,
				(select count(*)::int from need_cause c where c.need_id = i.id) as looked`,
			join: sql`join need n on n.item_id = i.id left join lateral (
				select c.decision from need_conclusion c where c.need_id = i.id order by c.number desc limit 1) last on true`,
			where: states[show]
		},
		(line) => ({
			...presentLine(viewer, line),
			...{ who: line.who, currency: line.currency, looked: line.looked, decision: line.decision },
			yearly: yearlyCost(costsOf(line))
		})
	);
}
