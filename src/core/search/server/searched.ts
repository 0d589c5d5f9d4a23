import type { Viewer } from '#src/core/access/server/viewer.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';

/**
 * Adds a search to the person's own record, which nobody else reads. Coming back to its page within
 * ten minutes is no new search.
 * @param hits how many results the first page shows
 */
export async function noteSearch(db: Db, viewer: Viewer, text: string, hits: number): Promise<void> {
	const query = text.trim().slice(0, 300).toWellFormed().replaceAll('\0', ' ');
	if (query === '') return;
	await db.execute(sql`insert into signal (id, actor_id, verb, result)
		select ${newId()}::uuid, ${viewer.id}::uuid, 'searched', jsonb_build_object('query', ${query}::text, 'hits', ${hits}::int)
		where not exists (select from signal where actor_id = ${viewer.id} and at > now() - interval '10 minutes'
			and verb = 'searched' and result ->> 'query' = ${query})`);
}
