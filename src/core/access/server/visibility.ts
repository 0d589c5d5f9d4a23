import type { SQL } from 'drizzle-orm';
import { array, sql } from '#src/platform/server/db.ts';
import type { Viewer } from './viewer.ts';

/**
 * The one visibility predicate: which items a viewer may read. Every query over items
 * carries it, whatever the kind.
 * @param alias the table alias of `item` in the query
 * @example sql`select i.id from item i where ${visibleItems(viewer, 'i')}`
 */
export function visibleItems(viewer: Viewer, alias = 'item'): SQL {
	return visibleWithin(array(viewer.readableSpaces, 'uuid'), alias);
}

/** The same, where the query is written once for all viewers: `spaces` holds those the viewer may read. */
export function visibleWithin(spaces: SQL, alias: string): SQL {
	const table = sql.raw(alias);
	return sql`(${table}.state <> 'removed' and ${table}.space_id = any(${spaces}))`;
}

/** Which spaces a viewer may know of: all but secret ones of others. */
export function visibleSpaces(viewer: Viewer, alias = 'space'): SQL {
	return spacesWithin(array([...viewer.memberships.keys()], 'uuid'), alias);
}

/** The same for a query about many viewers: `own` holds the spaces the viewer is in. */
export function spacesWithin(own: SQL, alias: string): SQL {
	const table = sql.raw(alias);
	return sql`(${table}.access <> 'secret' or ${table}.id = any(${own}))`;
}

/** A query of active people with the spaces each may read (`readable`) and is in (`own`): `loadViewer` for many. */
export const whoReads = (people: readonly string[]): SQL => sql`select p.id,
	array(select s.id from space s where s.access = 'open'
		or exists (select 1 from space_member m where m.space_id = s.id and m.person_id = p.id)) as readable,
	array(select space_id from space_member where person_id = p.id) as own
	from person p where p.id = any(${array(people, 'uuid')}) and p.deactivated_at is null`;
