import { inArray } from 'drizzle-orm';
import type { Db } from '#src/platform/server/db.ts';
import type { LinkPreview } from './markdown-rules.ts';
import { linkPreview } from './schema.ts';

/** What is known of linked pages, by address; pages that say nothing of themselves are left out. */
export async function previewsOf(db: Db, urls: string[]): Promise<Map<string, LinkPreview>> {
	if (urls.length === 0) return new Map();
	const found = await db.select().from(linkPreview).where(inArray(linkPreview.url, urls));
	return new Map(found.flatMap(({ url, title, ...rest }) => (title === null ? [] : [[url, { title, ...rest }]])));
}
