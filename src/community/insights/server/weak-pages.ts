import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { itemAddress } from '#src/core/items/address.ts';
import { iso } from '#src/core/items/server/present.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import { CALL_DAYS } from '../../calls/call.ts';
import { HELPS_ONE_IN, MANY_READERS, PAGES_SHOWN, READER_DAYS, stepOf, type WeakPage } from '../insight.ts';

const KINDS = ['page', 'aid', 'resource', 'link', 'faq', 'story'];

/** Of what was read most, so many are looked at by how many people read it. */
const LOOKED_AT = 25;

interface WeakRow {
	id: string;
	kind: string;
	title: string;
	readers: number;
	author_id: string;
	author: string;
	is_here: boolean;
	asked_at: string | null;
}

/**
 * What twenty people or more read in the last 90 days while fewer than one in twenty said that it helped.
 * @param only this item
 */
export async function weakPages(
	db: Db,
	viewer: Viewer,
	spaceId: string,
	now: Date,
	only?: string
): Promise<WeakPage[]> {
	const until = sql`${now.toISOString()}::timestamptz`;
	const since = sql`${until} - make_interval(days => ${READER_DAYS})`;
	const read = sql`r.verb = 'read' and r.space_id = ${spaceId} and r.at > ${since} and r.at <= ${until}`;
	const found = await rows<WeakRow>(
		db,
		// Readings are counted first, which is quick, and people only of what was read most.
		sql`with often as materialized (
				select r.item_id, count(*) as times from signal r where ${read} and ${only ? sql`r.item_id = ${only}` : sql`true`}
				group by r.item_id having count(*) >= ${MANY_READERS}
			),
			most as (
				select i.id from often join item i on i.id = often.item_id and i.parent_id is null and i.state = 'open'
					and not i.anonymous and i.kind = any(${array(KINDS, 'text')}) and ${visibleItems(viewer, 'i')}
				where often.times > ${HELPS_ONE_IN} * (select count(*) from helped h where h.item_id = i.id and h.created_at > ${since})
				order by often.times desc, i.id limit ${LOOKED_AT}
			),
			much as (select r.item_id, count(distinct r.actor_id)::int as readers from signal r
				where ${read} and r.item_id in (select id from most) group by r.item_id
				having count(distinct r.actor_id) >= ${MANY_READERS})
			select i.id, i.kind, i.title, much.readers, p.id as author_id, p.name as author,
				p.deactivated_at is null and (s.access = 'open' or exists (
					select 1 from space_member m where m.space_id = s.id and m.person_id = p.id)) as is_here,
				(select max(c.created_at) from community_call c where c.space_id = s.id and c.topic = i.id::text
					and c.kind = 'improve' and c.created_at > ${until} - make_interval(days => ${CALL_DAYS})) as asked_at
			from much join item i on i.id = much.item_id join person p on p.id = i.author_id join space s on s.id = i.space_id
			where ${HELPS_ONE_IN} * (select count(*) from helped h where h.item_id = i.id and h.created_at > ${since}) < much.readers
			order by much.readers desc, i.id limit ${PAGES_SHOWN}`
	);
	return found.map(({ id, kind, title, readers, author_id, author, is_here, asked_at }) => ({
		...{ id, kind, title, readers: stepOf(readers), askedAt: asked_at && iso(asked_at) },
		href: itemAddress({ id, kind, rootId: id, rootKind: kind }),
		author: { id: author_id, name: author, isHere: is_here, isYou: author_id === viewer.id }
	}));
}
