import { row, sql, type Db } from '#src/platform/server/db.ts';

/**
 * Counts that a page was opened. Whoever sends a form on it gets it once more, which is no new look.
 * @param pageId the id of a ranking or a tool that the viewer may read
 */
export async function countOpened(
	db: Db,
	pageId: string,
	{ request, url }: { request: Request; url: URL }
): Promise<void> {
	const from = request.headers.get('referer');
	if (from && URL.canParse(from) && new URL(from).pathname === url.pathname) return;
	await db.execute(sql`insert into ranking_opened (page_id) values (${pageId})
		on conflict (page_id, day) do update set times = ranking_opened.times + 1`);
}

/** How often a page was opened. */
export async function timesOpened(db: Db, pageId: string): Promise<number> {
	const found = await row<{ times: number }>(
		db,
		sql`select coalesce(sum(times), 0)::int as times from ranking_opened where page_id = ${pageId}`
	);
	return found!.times;
}
