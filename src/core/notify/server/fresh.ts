import { visibleWithin, whoReads } from '#src/core/access/server/visibility.ts';
import { itemAddress } from '#src/core/items/address.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';

export interface Fresh {
	title: string;
	href: string;
	/** Why it is worth a look. */
	why: string;
}

/** A few things that are new in each person's spaces and that they have not seen: the most helpful first. */
export async function newInSpaces(
	db: Db,
	people: readonly string[],
	told: readonly string[]
): Promise<Map<string, Fresh[]>> {
	const found = await rows<FreshRow>(
		db,
		sql`select w.id as person_id, f.* from (${whoReads(people)}) w cross join lateral (
				select i.id, i.kind, i.title, s.name as space, i.helped_count,
					(select count(*)::int from item r where r.parent_id = i.id and r.kind = 'answer' and r.state = 'open') as replies
				from item i join space s on s.id = i.space_id
				where i.parent_id is null and i.state = 'open' and i.title <> '' and i.active_at > now() - interval '4 days'
					and ${visibleWithin(sql`w.readable`, 'i')} and i.space_id = any(w.own) and i.author_id <> w.id
					and not exists (select 1 from notification n
						where n.person_id = w.id and n.page_id = i.id and n.id = any(${array(told, 'uuid')}))
					and not exists (select 1 from seen where seen.person_id = w.id and seen.item_id = i.id and seen.at >= i.active_at)
				order by i.helped_count desc, i.active_at desc limit 5) f`
	);
	const fresh = new Map<string, Fresh[]>();
	for (const line of found) {
		const { id, kind, title, person_id } = line;
		const href = itemAddress({ id, kind, rootId: id, rootKind: kind });
		fresh.set(person_id, [...(fresh.get(person_id) ?? []), { title, href, why: reason(line) }]);
	}
	return fresh;
}

interface FreshRow {
	person_id: string;
	id: string;
	kind: string;
	title: string;
	space: string;
	helped_count: number;
	replies: number;
}

function reason({ space, helped_count, replies }: { space: string; helped_count: number; replies: number }): string {
	if (helped_count > 0)
		return `In ${space}. It helped ${helped_count === 1 ? 'a colleague' : `${helped_count} colleagues`}.`;
	if (replies > 0) return `In ${space}, with ${replies} ${replies === 1 ? 'answer' : 'answers'}.`;
	return `New in ${space}.`;
}
