import { isDeepStrictEqual } from 'node:util';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import type { CauseView, Conclusion, ConclusionContent, PathView } from '../need.ts';
import { yearlyCost } from '../worth.ts';
import { costsOf, type NeedRecord } from './record.ts';

/** What a conclusion records: the whole analysis, so that it can be read as it stood. */
export function contentOf(
	need: NeedRecord,
	causes: readonly CauseView[],
	paths: readonly PathView[],
	summary: string
): ConclusionContent {
	const costs = costsOf(need);
	return {
		...{ title: need.title, happens: need.body_md, who: need.who, wanted: need.wanted, figure: need.figure },
		...{ costs, yearly: yearlyCost(costs), noQuick: need.no_quick, summary },
		causes: causes.map(({ cause, answer, shows }) => ({ cause, answer, shows })),
		paths: paths.map(({ id: _, version: __, worth: ___, ...path }) => path)
	};
}

/** Whether two say the same; the order of names in JSON is no difference. */
export const sameContent = (one: ConclusionContent, other: ConclusionContent): boolean => isDeepStrictEqual(one, other);

interface ConclusionRow extends Omit<Conclusion, 'by' | 'at'> {
	by_id: string;
	by_name: string;
	at: string;
}

const columns = sql`c.id, c.number, c.decision, c.lacks_knowledge as "lacksKnowledge", c.content, c.concluded_at as at,
	p.id as by_id, p.name as by_name`;

const present = ({ by_id, by_name, at, ...rest }: ConclusionRow): Conclusion => ({
	...rest,
	...{ by: { id: by_id, name: by_name }, at: new Date(at).toISOString() }
});

/** What the analysis came to last; null before the first time. */
export async function lastConclusion(db: Db, needId: string): Promise<Conclusion | null> {
	const found = await row<ConclusionRow>(
		db,
		sql`select ${columns} from need_conclusion c join person p on p.id = c.concluded_by
			where c.need_id = ${needId} order by c.number desc limit 1`
	);
	return found ? present(found) : null;
}
