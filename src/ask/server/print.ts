import type { SQL } from 'drizzle-orm';
import type postgres from 'postgres';
import { canWriteIn, isSteward } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleWithin } from '#src/core/access/server/visibility.ts';
import { inRounds } from '#src/platform/server/rounds.ts';
import { queryText, sql, toArrayLiteral } from '#src/platform/server/db.ts';
import { stamp } from '#src/platform/server/stamp.ts';

/**
 * The print of a question as a viewer sees it: a text that is another one as soon as
 * anything they are shown is another. It names the row versions (`xmin`) of the question,
 * its duplicates, answers, comments and outcome, their authors, its space and relatives, and what the viewer has
 * to do with them. So an answer that was made before may be sent again to everybody for
 * whom the print is the same, and nobody has to tell that it has become old. Rows that
 * come in another order only make a print nobody has kept.
 * Long as it is, it is hashed, and begins with the id of its space. Null for what the
 * viewer may not read.
 * @param id of the question @param me the viewer's id @param spaces those the viewer may read
 */
export function printQuery(id: SQL, me: SQL, spaces: SQL): SQL {
	const open = (alias: string) => visibleWithin(spaces, alias);
	return sql`
		with top as (
			select i.id, i.xmin as version, i.author_id from item i where i.id = ${id} and ${open('i')}
			union all
			select i.id, i.xmin, i.author_id from question q join item i on i.id = q.item_id
			where q.duplicate_of = ${id} and ${open('i')}
		), post as (
			select * from top
			union all
			select a.id, a.xmin, a.author_id from top join item a on a.parent_id = top.id where a.kind = 'answer' and ${open('a')}
		), shown as (
			select * from post
			union all
			select c.id, c.xmin, c.author_id from post join item c on c.parent_id = post.id
			where c.kind in ('comment', 'outcome') and c.state <> 'removed'
		)
		select concat(i.space_id, '|', encode(sha256(convert_to(concat(
			s.xmin, '|', q.xmin, '|',
			(select string_agg(shown.id::text || shown.version::text || ' ' || p.xmin::text || (shown.author_id = ${me})::text
					|| (h.item_id is not null)::text || coalesce(k.id::text, ''), ',')
				from shown join person p on p.id = shown.author_id
					left join helped h on h.item_id = shown.id and h.person_id = ${me}
					left join kept k on k.item_id = shown.id and k.person_id = ${me} and k.removed_at is null), '|',
			(select string_agg(f.id::text || f.xmin::text || (f.person_id = ${me})::text, ',')
				from post join flag f on f.item_id = post.id and f.settled_at is null), '|',
			(select concat(count(*), ' ', count(*) filter (where f.person_id = ${me}))
				from follow f where f.target_kind = 'item' and f.target = ${id}::text), '|',
			(select string_agg(r.id::text || r.xmin::text, ',') from (
				select to_id as id from item_link where from_id = ${id} and relation = 'derived_from'
				union all select from_id from item_link where to_id = ${id} and relation = 'derived_from'
			) l join item r on r.id = l.id where ${open('r')})
		), 'UTF8')), 'base64')) as print
		from item i join question q on q.item_id = i.id join space s on s.id = i.space_id
		where i.id = ${id} and ${open('i')}`;
}

/** One row for each that is asked, in their order; null for what the viewer may not read. */
const text = queryText(sql`
	select ${stamp} as stamp, (${printQuery(sql`asked.id`, sql`asked.me`, sql`asked.spaces::uuid[]`)}) as print
	from unnest($1::uuid[], $2::uuid[], $3::text[]) with ordinality as asked(id, me, spaces, place) order by asked.place`);

interface Asked {
	id: string;
	viewer: Viewer;
}

/** A print with the stamp of the database it was read as of. */
export interface Printed {
	print: string;
	stamp: string;
}

/** The print by itself, for who has kept an answer and asks whether it still holds. Undefined for what the viewer may not read. */
export type ReadPrint = (viewer: Viewer, id: string) => Promise<Printed | undefined>;

/** Prints of questions; those that are asked at the same time are read together. */
export function questionPrints(client: postgres.Sql): ReadPrint {
	const read = inRounds((asked: Asked[]) => {
		const values = [
			asked.map(({ id }) => id),
			asked.map(({ viewer }) => viewer.id),
			asked.map(({ viewer }) => toArrayLiteral(viewer.readableSpaces))
		].map(toArrayLiteral);
		return client.unsafe<{ print: string | null; stamp: string }[]>(text, values, { prepare: true });
	});
	return async (viewer, id) => {
		const { print, stamp } = await read({ viewer, id });
		return print === null ? undefined : { print: withRights(viewer, print), stamp };
	};
}

/** What the viewer may do in the space belongs to the print too; rights are in memory, not in the query. */
export function withRights(viewer: Viewer, print: string): string {
	const spaceId = print.slice(0, print.indexOf('|'));
	const rights = [isSteward(viewer, spaceId), canWriteIn(viewer, { spaceId }), viewer.archivedSpaces.has(spaceId)];
	return `${print}|${rights.join(' ')}`;
}
