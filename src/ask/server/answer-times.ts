import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import type { AnswerTimes } from '../answer-times.ts';

/**
 * How long the space's questions of the last 90 days waited for a useful answer: one that
 * was accepted, or marked as helpful by somebody else. Those that still wait count as
 * longer than all others, so a quantile that lies among them is not known.
 */
export async function answerTimes(db: Db, viewer: Viewer, spaceId: string): Promise<AnswerTimes> {
	const found = await row<{ n: number; answered: number; p50: number | null; p90: number | null }>(
		db,
		sql`with asked as (
				select extract(epoch from q.useful_at - i.created_at) / 60 as minutes
				from item i join question q on q.item_id = i.id
				where i.space_id = ${spaceId} and i.created_at > now() - interval '90 days'
					and i.state = 'open' and q.status <> 'duplicate' and ${visibleItems(viewer, 'i')}
			)
			select count(*)::int as n, count(minutes)::int as answered,
				percentile_disc(0.5) within group (order by coalesce(minutes, 'infinity')) as p50,
				percentile_disc(0.9) within group (order by coalesce(minutes, 'infinity')) as p90
			from asked`
	);
	const { n, answered, p50, p90 } = found!;
	return { questions: n, answered, p50Minutes: known(p50), p90Minutes: known(p90) };
}

const known = (minutes: number | null) =>
	minutes !== null && Number.isFinite(Number(minutes)) ? Math.max(0, Number(minutes)) : null;
