import { lineOf } from '#src/core/web/server/page.ts';
import { lookAt } from '#src/core/web/server/look.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { politely } from '#src/platform/server/polite.ts';
import type { Fetch } from '#src/platform/server/safe-fetch.ts';

/** Looks at the page of a find and takes what nobody has told of it; what a person wrote stays. */
export async function lookAtFind(db: Db, findId: string, fetch: Fetch = politely(db)): Promise<void> {
	const found = await row<{ url: string }>(db, sql`select url from reading_find where id = ${findId}`);
	if (!found) return;
	const look = await lookAt(found.url, { fetch });
	if (look.kind !== 'page') return;
	const { title, author, site, published } = look.facts;
	const day = /^\d{4}-\d\d-\d\d/.exec(published ?? '')?.[0] ?? null;
	await db.execute(sql`update reading_find set title = coalesce(nullif(title, ''), ${lineOf(title, 300)}),
		author = coalesce(nullif(author, ''), ${lineOf(author, 200)}), published_on = coalesce(published_on, ${day}::date),
		site = case when ${site} = '' then site else ${lineOf(site, 200)} end
		where id = ${findId} and version = 1`);
}
