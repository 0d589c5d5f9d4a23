import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';
import { isId } from '#src/platform/server/ids.ts';

export interface Suggestion {
	id: string;
	label: string;
	hint: string;
}

export interface Asked {
	/** What has been typed so far. */
	q: string;
	/** The space that is written in. */
	space?: string;
}

/** No name and no tag is longer. */
const typed = (q: string) => q.slice(0, 60).replace(/[\\%_]/g, '\\$&');

/**
 * People to mention, by the beginning of a part of their name; members of the space
 * first. In a closed or secret space only its members can read the text, so nobody else
 * is suggested; of a space the viewer may not read, nobody.
 */
export async function suggestPeople(db: Db, viewer: Viewer, { q, space }: Asked): Promise<Suggestion[]> {
	if (space && (!isId(space) || !viewer.readableSpaces.includes(space))) return [];
	const member = space
		? sql`exists (select 1 from space_member m where m.space_id = ${space} and m.person_id = p.id)`
		: sql`p.id is not null`;
	const reader = space ? sql`(${member} or (select access from space where id = ${space}) = 'open')` : sql`true`;
	return rows<Suggestion>(
		db,
		sql`select p.id, p.name as label, p.headline as hint from person p
			where p.deactivated_at is null and p.id <> ${viewer.id} and ${reader}
			and (p.name ilike ${`${typed(q)}%`} or p.name ilike ${`% ${typed(q)}%`})
			order by ${member} desc, p.name limit 8`
	);
}

/** Tags that begin as typed, the most used first, as the newest items the viewer may read have them. */
export async function suggestTags(db: Db, viewer: Viewer, { q }: Asked): Promise<Suggestion[]> {
	return rows<Suggestion>(
		db,
		sql`select tag as id, '#' || tag as label, count(*) || case count(*) when 1 then ' time' else ' times' end as hint
			from (
				select tags from item i where ${visibleItems(viewer, 'i')} and i.tags <> '{}' order by i.id desc limit 3000
			) newest, unnest(tags) tag
			where tag like ${`${typed(q).toLowerCase()}%`}
			group by tag order by count(*) desc, tag limit 8`
	);
}
