import type { Viewer } from '#src/core/access/server/viewer.ts';
import { lookAt, type Look } from '#src/core/web/server/look.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid, unavailable } from '#src/platform/server/errors.ts';
import { politely, somebodyWaits } from '#src/platform/server/polite.ts';
import type { Fetch } from '#src/platform/server/safe-fetch.ts';
import type { EntryView } from '../feed.ts';
import { readEntry, tellingsOf } from './entry.ts';
import { feedWhole } from './schema.ts';

/**
 * Reads the whole text of an entry from its page, and keeps it for all who may read the entry. Where several feeds told
 * it, the first that leads to a page.
 * @throws Failure not_found, invalid where it leads to no page, conflict where that holds no more than the feed,
 * unavailable where it cannot be read
 */
export async function readWhole(
	db: Db,
	viewer: Viewer,
	id: string,
	fetch: Fetch = politely(db, somebodyWaits)
): Promise<EntryView> {
	const before = await readEntry(db, viewer, id);
	if (before.whole) return before;
	const telling = (await tellingsOf(db, viewer, id)).find(({ url }) => url !== '');
	if (!telling) throw invalid({ _: 'This entry leads to no page.' }, 'This entry leads to no page.');
	const look = await lookAt(telling.url, { fetch, time: 12_000 });
	if (look.kind !== 'page') throw unavailable(problemOf(look));
	const { html, words } = look.facts;
	if (words <= telling.words) throw conflict('The page holds no more text than the feed told.');
	const found = { html, words, url: look.url };
	await db
		.insert(feedWhole)
		.values({ ownId: telling.id, ...found })
		.onConflictDoUpdate({ target: feedWhole.ownId, set: { ...found, readAt: sql`now()` } });
	return readEntry(db, viewer, id);
}

function problemOf(look: Exclude<Look, { kind: 'page' }>): string {
	if (look.kind === 'login') return 'The page wants a sign-in, or lets no programs in.';
	if (look.kind === 'file') return `This leads to a file (${look.type}), not to a page.`;
	if (look.kind === 'gone') return `The server says that there is no such page (${look.status}).`;
	return look.kind === 'same' ? 'The page sent nothing.' : look.message;
}
