import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import { invalid } from '#src/platform/server/errors.ts';
import { perLabels } from '../../metric.ts';
import { canKeep, metricColumns, metricTables, type MetricRecord } from '../../server/record.ts';
import type { Placeable } from '../rollout.ts';

/** Figures that may be places of one roll-out: what they count is said alike. */
const ALIKE = ['unit', 'every', 'better', 'counts', 'zone'] as const;

/**
 * That figures can be the places of a roll-out.
 * @returns how all of them are counted
 * @throws Failure invalid for what is not there, not the viewer's to look after, or counted otherwise
 */
export async function placesToRollOut(db: Db, viewer: Viewer, ids: readonly string[]): Promise<MetricRecord> {
	const found = await rows<MetricRecord>(
		db,
		sql`select ${metricColumns} from ${metricTables} where m.item_id = any(${array(ids, 'uuid')}) and i.state = 'open'
			and ${visibleItems(viewer, 'i')} order by m.item_id`
	);
	if (found.length < ids.length) throw invalid({ places: 'must be figures that are here and open to you' });
	const others = found.filter((metric) => !canKeep(viewer, metric));
	if (others.length > 0)
		throw invalid({ places: `must be figures that you look after; you do not look after ${titles(others)}` });
	for (const name of ALIKE) {
		const odd = found.filter((metric) => metric[name].toLowerCase() !== found[0]![name].toLowerCase());
		if (odd.length > 0)
			throw invalid({
				places: `must all be counted alike; ${titles(odd)} and “${found[0]!.title}” differ in their ${WORDS[name]}`
			});
	}
	return found[0]!;
}

const WORDS = { unit: 'unit', every: 'rhythm', better: 'direction', counts: 'kind', zone: 'time zone' };

const titles = (metrics: readonly MetricRecord[]) => metrics.map(({ title }) => `“${title}”`).join(', ');

/** Figures that the viewer looks after and so can be places, those alike together. */
export async function placeable(db: Db, viewer: Viewer): Promise<Placeable[]> {
	const found = await rows<MetricRecord & { space: string }>(
		db,
		sql`select ${metricColumns}, s.name as space from ${metricTables} join space s on s.id = i.space_id
			where i.state = 'open' and ${visibleItems(viewer, 'i')}
			order by lower(m.unit), m.every, m.better, i.title limit 1000`
	);
	return found
		.filter((metric) => canKeep(viewer, metric))
		.map(({ id, title, unit, every, better, space }) => ({
			...{ id, name: title, space },
			counted: `${unit} ${perLabels[every]}, ${better} is better`
		}));
}
