import { and, eq, inArray, lt } from 'drizzle-orm';
import { putParts } from '#src/core/search/server/parts.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { enqueue } from '#src/platform/server/jobs.ts';
import { politely } from '#src/platform/server/polite.ts';
import type { Fetch } from '#src/platform/server/safe-fetch.ts';
import './checks.ts';
import { partsOf } from './keep.ts';
import { lookAt, type Look } from '#src/core/web/server/look.ts';
import { mergeIntoEarlier } from './merge.ts';
import { keepPicture } from './picture.ts';
import { LOST_AFTER, nextLook } from './schedule.ts';
import { link, linkSnapshot } from './schema.ts';
import { LOOK, untitled } from './share.ts';
import { hasDrifted } from './similar.ts';

type LinkRow = typeof link.$inferSelect;

/** Looks at the page of some links that all lead to it, and writes down for each what came of it. */
export async function refreshLinks(db: Db, itemIds: string[], fetch: Fetch = politely(db)): Promise<void> {
	const links = await db.select().from(link).where(inArray(link.itemId, itemIds));
	const [first] = links;
	if (!first) return;
	// Sent again only if it changed; whoever lacks a text needs it whole.
	const known = links.every(({ snapshot }) => snapshot > 0) && links.length === 1 ? first : undefined;
	const look = await lookAt(first.url, { known, fetch });
	for (const each of links) await write(db, each, look, fetch);
}

async function write(db: Db, before: LinkRow, look: Look, fetch: Fetch): Promise<void> {
	if (look.kind === 'same') return rested(db, before);
	if (look.kind === 'failed' && look.reason === 'rests') return putOff(db, before, look.wait);
	if (look.kind !== 'page') return missed(db, before, look);
	// Pages that are gone often lead to their site's front page.
	if (before.snapshot > 0 && isFrontPage(look.url) && !isFrontPage(before.url))
		return missed(db, before, { kind: 'gone', status: 302 });
	const imageId = await pictureOf(db, before, look.facts.image, fetch);
	await db.transaction((tx) => found(tx, before, look, imageId));
}

const isFrontPage = (url: string) => new URL(url).pathname === '/' && new URL(url).search === '';

/** Its host is to be left alone for now: nothing is known of the page itself. */
async function putOff(db: Db, { itemId }: LinkRow, wait = 0): Promise<void> {
	const nextLookAt = sql`now() + make_interval(secs => ${wait / 1000})`;
	await db.update(link).set({ nextLookAt }).where(eq(link.itemId, itemId));
}

/** 304: nothing was sent, so nothing changed. */
async function rested(db: Db, { itemId, everyDays }: LinkRow): Promise<void> {
	const { every, days } = nextLook(everyDays, 'same', 0);
	await db
		.update(link)
		.set({ ...there, state: 'page', ...times(every, days) })
		.where(eq(link.itemId, itemId));
}

const there = { problem: '', failures: 0, lostAt: null, lookedAt: sql`now()`, seenAt: sql`now()` };
const times = (every: number, days: number) => ({
	everyDays: every,
	nextLookAt: sql`now() + make_interval(secs => ${days * 86_400})`
});

/** What is kept stays; after several looks in vain the page counts as lost. */
async function missed(db: Db, before: LinkRow, look: Exclude<Look, { kind: 'page' | 'same' }>): Promise<void> {
	const isThere = look.kind === 'login' || look.kind === 'file';
	const failures = isThere && before.snapshot === 0 ? 0 : before.failures + 1;
	const { every, days } = nextLook(before.everyDays, failures > 0 ? 'failed' : 'same', failures);
	const lost = failures >= LOST_AFTER || (look.kind === 'gone' && (look.status === 410 || failures > 1));
	await db
		.update(link)
		.set({
			...{ state: look.kind, problem: problemOf(look), failures, lookedAt: sql`now()`, ...times(every, days) },
			fileType: look.kind === 'file' ? look.type : before.fileType,
			lostAt: lost ? sql`coalesce(lost_at, now())` : before.lostAt
		})
		.where(eq(link.itemId, before.itemId));
}

/** For whoever opens the link. */
export function problemOf(look: Exclude<Look, { kind: 'page' | 'same' }>): string {
	if (look.kind === 'login')
		return 'The page wants a sign-in, or lets no programs in. Trellis sees only what everybody sees.';
	if (look.kind === 'file') return `This is a file (${look.type}), not a page.`;
	if (look.kind === 'gone')
		return look.status === 302
			? 'The address now leads to the front page of the site.'
			: `The server says that there is no such page (${look.status}).`;
	if (look.reason === 'private') return 'The address is inside a private network, where Trellis does not look.';
	return look.message;
}

async function pictureOf(db: Db, before: LinkRow, url: string | null, fetch: Fetch) {
	if (!url) return null;
	if (url === before.imageUrl) return before.imageId;
	const owner = await row<{ author_id: string }>(db, sql`select author_id from item where id = ${before.itemId}`);
	const kept = owner && (await keepPicture(db, { itemId: before.itemId, authorId: owner.author_id, url }, fetch));
	return kept ?? before.imageId;
}

type Page = Extract<Look, { kind: 'page' }>;

async function found(tx: Db, seen: LinkRow, look: Page, imageId: string | null): Promise<void> {
	const [before] = await tx.select().from(link).where(eq(link.itemId, seen.itemId)).for('update');
	if (!before || before.snapshot !== seen.snapshot) return;
	const { facts } = look;
	const change = await keepText(tx, before, look);
	const { every, days } = nextLook(before.everyDays, change === 'first' ? 'same' : change, 0);
	await tx
		.update(link)
		.set({
			...{ ...there, state: 'page', cut: look.cut, etag: look.etag, lastModified: look.lastModified, imageId },
			...{ site: facts.site, author: facts.author, description: facts.description, language: facts.language },
			...{ words: facts.words, fileType: '', imageUrl: facts.image ?? '' },
			snapshot: change === 'same' ? before.snapshot : before.snapshot + 1,
			publishedAt: facts.published ? new Date(facts.published) : null,
			...(change === 'first' ? times(before.everyDays, before.everyDays) : times(every, days))
		})
		.where(eq(link.itemId, before.itemId));
	const retitled = !before.titled && facts.title !== '' && (await retitle(tx, before, facts.title));
	if (change === 'changed') await emit(tx, 'link.drifted', { itemId: before.itemId });
	if (change !== 'same') await putParts(tx, before.itemId, partsOf(facts.text));
	else if (retitled) await emit(tx, 'item.parts_changed', { itemId: before.itemId });
	if (change === 'first') await mergeIntoEarlier(tx, before, look);
}

/** Texts that are kept of one page: the first, and the newest. */
const MOST_TEXTS = 10;

/** Keeps the text when it is the first, or no longer the one that was kept last. */
async function keepText(tx: Db, { itemId, snapshot }: LinkRow, { facts }: Page): Promise<'first' | 'same' | 'changed'> {
	const { title, html, text } = facts;
	if (snapshot > 0) {
		const last = await row<{ text: string }>(
			tx,
			sql`select text from link_snapshot where item_id = ${itemId} and version = ${snapshot}`
		);
		// A page that says nothing all at once shows an error or a spinner: what was read before is worth more.
		if (!last || text === '' || !hasDrifted(last.text, text)) return 'same';
	}
	await tx.insert(linkSnapshot).values({ itemId, version: snapshot + 1, title, html, text });
	if (snapshot === 0) return 'first';
	await tx
		.delete(linkSnapshot)
		.where(and(eq(linkSnapshot.itemId, itemId), sql`version > 1`, lt(linkSnapshot.version, snapshot + 3 - MOST_TEXTS)));
	return 'changed';
}

/** The page's own title, until a person gives the link another one. @returns whether it is new */
async function retitle(tx: Db, { itemId, url }: LinkRow, title: string): Promise<boolean> {
	const changed = await rows(
		tx,
		sql`with changed as (
				update item set title = ${title} where id = ${itemId} and title <> ${title} and (version = 1 or title = ${untitled(url)})
				returning version)
			update revision r set title = ${title} from changed where r.item_id = ${itemId} and r.version = changed.version returning 1`
	);
	return changed.length > 0;
}

/** Links looked at in one round: more wait for the next. */
const ROUND = 2000;

/** Queues a look at each page that is due, once for all links to it. @returns how many pages */
export async function queueDue(db: Db): Promise<number> {
	return db.transaction(async (tx) => {
		// Put off first: a round that comes before the looks are done takes none of them twice.
		const due = await rows<{ item_ids: string[] }>(
			tx,
			sql`with due as (
					select l.item_id, l.key from link l join item i on i.id = l.item_id
					where l.next_look_at <= now() and i.state = 'open' order by l.next_look_at limit ${ROUND} for update of l skip locked
				), taken as (
					update link l set next_look_at = now() + interval '6 hours' from due where l.item_id = due.item_id
				)
				select array_agg(item_id) as item_ids from due group by key`
		);
		for (const { item_ids: itemIds } of due) await enqueue(tx, LOOK, { itemIds });
		return due.length;
	});
}
