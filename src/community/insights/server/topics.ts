import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { iso } from '#src/core/items/server/present.ts';
import { array, rows, sql, type Db, type SQL } from '#src/platform/server/db.ts';
import { CALL_DAYS } from '../../calls/call.ts';
import { FEWEST, TOPIC_DAYS, TOPIC_SHARE, TOPICS_SHOWN, type Topic } from '../insight.ts';

/** What is written to be used, beside answers. */
const ARTICLES = ['page', 'aid', 'resource', 'link', 'story', 'faq'];

/**
 * Each useful answer and article of a space in the last 180 days, with its tags (an answer has those of its question)
 * and who wrote it under their name. An answer is useful that helped somebody else or was accepted by somebody else.
 */
const usefulIn = (viewer: Viewer, spaceId: string, since: SQL): SQL => sql`
	select a.id, a.author_id, case when a.kind = 'answer' then q.tags else a.tags end as tags
	from item a left join item q on q.id = a.parent_id
	where a.space_id = ${spaceId} and a.created_at > ${since} and a.helped_count > 0 and a.state = 'open' and not a.anonymous
		and (a.kind = any(${array(ARTICLES, 'text')}) and a.parent_id is null or a.kind = 'answer' and q.state = 'open')
		and ${visibleItems(viewer, 'a')}
	union all
	select a.id, a.author_id, i.tags
	from question q join item a on a.id = q.accepted_answer_id join item i on i.id = q.item_id
	where a.space_id = ${spaceId} and a.created_at > ${since} and a.helped_count = 0 and a.state = 'open' and not a.anonymous
		and i.state = 'open' and a.author_id <> i.author_id and ${visibleItems(viewer, 'a')}`;

interface TopicRow {
	tag: string;
	useful: number;
	mine: number;
	person_id: string;
	name: string;
	is_here: boolean;
	others: number;
	written_at: string | null;
	second_at: string | null;
	asked: number;
	yes: { id: string; name: string }[] | null;
}

/**
 * Topics of a space that hang on one person: five or more useful answers and articles in the last 180 days, and at
 * least seven of ten by the same person. The most useful topics first: people are in no order.
 * @param tag only this one
 */
export async function singleTopics(db: Db, viewer: Viewer, spaceId: string, now: Date, tag?: string): Promise<Topic[]> {
	const since = sql`${now.toISOString()}::timestamptz - make_interval(days => ${TOPIC_DAYS})`;
	const recent = sql`${now.toISOString()}::timestamptz - make_interval(days => ${CALL_DAYS})`;
	const called = (kind: string) => sql`(select max(c.created_at) from community_call c
		where c.space_id = ${spaceId} and c.topic = single.tag and c.kind = ${kind} and c.created_at > ${recent})`;
	const found = await rows<TopicRow>(
		db,
		sql`with useful as (${usefulIn(viewer, spaceId, since)}),
			part as (select t.tag, author_id, count(*)::int as mine from useful, unnest(tags) t (tag)
				where ${tag === undefined ? sql`true` : sql`t.tag = ${tag}`} group by 1, 2),
			single as (
				select tag, author_id, mine, useful from (
					select *, (sum(mine) over (partition by tag))::int as useful,
						row_number() over (partition by tag order by mine desc, author_id) as place from part
				) ranked
				where place = 1 and useful >= ${FEWEST} and mine * 100 >= useful * ${TOPIC_SHARE}
				order by useful desc, tag limit ${TOPICS_SHOWN}
			)
			select single.tag, single.useful, single.mine, p.id as person_id, p.name,
				p.deactivated_at is null and (s.access = 'open' or exists (
					select 1 from space_member m where m.space_id = s.id and m.person_id = p.id)) as is_here,
				(select count(distinct a.author_id)::int from item i join item a on a.parent_id = i.id and a.kind = 'answer'
					where i.tags @> array[single.tag] and i.space_id = ${spaceId} and i.kind = 'question' and i.state = 'open'
						and a.state = 'open' and not a.anonymous and a.author_id <> p.id) as others,
				${called('write')} as written_at, ${called('second')} as second_at,
				(select count(*)::int from community_call c join community_called d on d.call_id = c.id
					where c.space_id = ${spaceId} and c.topic = single.tag and c.kind = 'second' and c.created_at > ${recent}) as asked,
				(select json_agg(distinct jsonb_build_object('id', w.id, 'name', w.name))
					from community_call c join community_called d on d.call_id = c.id and d.answer = 'yes'
					join person w on w.id = d.person_id and w.deactivated_at is null
					where c.space_id = ${spaceId} and c.topic = single.tag and c.kind = 'second') as yes
			from single join person p on p.id = single.author_id join space s on s.id = ${spaceId}
			order by single.useful desc, single.tag`
	);
	return found.map((line) => ({
		...{ tag: line.tag, useful: line.useful, byOne: line.mine, others: line.others, yes: line.yes ?? [] },
		person: { id: line.person_id, name: line.name, isHere: line.is_here, isYou: line.person_id === viewer.id },
		askedToWriteAt: line.written_at && iso(line.written_at),
		soughtAt: line.second_at && iso(line.second_at),
		asked: line.asked >= FEWEST ? line.asked : null
	}));
}
