import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { countWords, paragraphsOf } from '#src/core/web/server/page.ts';
import { urlKey } from '#src/core/web/url.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import type { Post } from './reading/post.ts';
import { feedEntry, feedPost } from './schema.ts';

interface Known {
	guid: string;
	digest: string;
	entry_id: string;
	/** The entry is this feed's alone: its words may follow the feed's. */
	alone: boolean;
}

/** What a feed's posts came to. */
export interface Stored {
	added: number;
	changed: number;
}

/**
 * Writes down what a feed says: new posts become entries, or join one that another feed has told already (the same
 * address, however spelled); changed ones change theirs. A post that its feed no longer holds stays.
 * @param isFirst the feed was never read before: what it says now is as old as it says
 */
export async function storePosts(tx: Db, feedId: string, posts: Post[], isFirst: boolean): Promise<Stored> {
	if (posts.length === 0) return { added: 0, changed: 0 };
	const known = await knownPosts(tx, feedId, posts);
	const changed = posts.filter((post) => known.has(post.guid) && known.get(post.guid)!.digest !== digestOf(post));
	for (const post of changed) await change(tx, feedId, known.get(post.guid)!, post);
	const fresh = posts.filter(({ guid }) => !known.has(guid));
	const added = await add(tx, feedId, await withoutRenamed(tx, feedId, fresh), isFirst);
	return { added, changed: changed.length };
}

async function knownPosts(tx: Db, feedId: string, posts: Post[]): Promise<Map<string, Known>> {
	const guids = posts.map(({ guid }) => guid);
	const found = await rows<Known>(
		tx,
		sql`select p.guid, p.digest, p.entry_id,
				not exists (select from feed_post o where o.entry_id = p.entry_id and o.feed_id <> p.feed_id) as alone
			from feed_post p where p.feed_id = ${feedId} and p.guid = any(${array(guids, 'text')})`
	);
	return new Map(found.map((each) => [each.guid, each]));
}

async function change(tx: Db, feedId: string, { entry_id, alone }: Known, post: Post): Promise<void> {
	await tx
		.update(feedPost)
		.set({ digest: digestOf(post) })
		.where(and(eq(feedPost.feedId, feedId), eq(feedPost.guid, post.guid)));
	if (!alone) return;
	await tx
		.update(feedEntry)
		.set({ ...wordsOf(post), changedAt: sql`now()` })
		.where(eq(feedEntry.id, entry_id));
}

/** Some feeds name their posts anew with each look: one that leads where a known one leads is that one. */
async function withoutRenamed(tx: Db, feedId: string, posts: Post[]): Promise<Post[]> {
	const keys = lonelyKeys(posts);
	const found = await rows<{ key: string; guid: string }>(
		tx,
		sql`select e.key, min(p.guid) as guid from feed_post p join feed_entry e on e.id = p.entry_id
			where p.feed_id = ${feedId} and e.key = any(${array([...keys.keys()], 'text')})
			group by e.key having count(*) = 1`
	);
	for (const { key, guid } of found)
		await tx
			.update(feedPost)
			.set({ guid: keys.get(key)!.guid, digest: digestOf(keys.get(key)!) })
			.where(and(eq(feedPost.feedId, feedId), eq(feedPost.guid, guid)));
	const renamed = new Set(found.map(({ key }) => keys.get(key)));
	return posts.filter((post) => !renamed.has(post));
}

async function add(tx: Db, feedId: string, posts: Post[], isFirst: boolean): Promise<number> {
	if (posts.length === 0) return 0;
	// Two feeds that tell the same story at the same moment: the second finds what the first has written.
	await tx.execute(sql`select pg_advisory_xact_lock(hashtext('feed entries'))`);
	const told = await toldElsewhere(tx, feedId, posts);
	const foundAt = ({ publishedAt }: Post) => (isFirst && publishedAt ? publishedAt : new Date());
	const entries = posts.map((post) => ({ post, id: told.get(post) ?? newId() }));
	const isNew = entries.filter(({ post }) => !told.has(post));
	if (isNew.length > 0)
		await tx.insert(feedEntry).values(isNew.map(({ post, id }) => ({ id, ...wordsOf(post), foundAt: foundAt(post) })));
	await tx.insert(feedPost).values(
		entries.map(({ post, id }) => ({
			...{ feedId, guid: post.guid, entryId: id, digest: digestOf(post), foundAt: foundAt(post) }
		}))
	);
	return entries.length;
}

/** Entries of other feeds that lead to the same page. */
async function toldElsewhere(tx: Db, feedId: string, posts: Post[]): Promise<Map<Post, string>> {
	const keys = lonelyKeys(posts);
	const found = await rows<{ key: string; id: string }>(
		tx,
		sql`select distinct on (e.key) e.key, e.id from feed_entry e
			where e.key = any(${array([...keys.keys()], 'text')})
				and not exists (select from feed_post p where p.entry_id = e.id and p.feed_id = ${feedId})
			order by e.key, e.found_at`
	);
	return new Map(found.map(({ key, id }) => [keys.get(key)!, id]));
}

/** Posts by their address, where it is theirs alone and more than the front page of a site. */
function lonelyKeys(posts: Post[]): Map<string, Post> {
	const times = Map.groupBy(posts, keyOf);
	return new Map(
		[...times].filter(([key, all]) => key.includes('/') && all.length === 1).map(([key, [post]]) => [key, post!])
	);
}

const keyOf = ({ url }: Post) => (url ? urlKey(new URL(url)) : '');

function wordsOf(post: Post) {
	const { url, title, author, html, media, tags, publishedAt, oddDate } = post;
	const words = countWords(paragraphsOf(html));
	return { url, key: keyOf(post), title, author, html, words, media, tags, publishedAt, oddDate };
}

const digestOf = ({ url, title, author, html }: Post) =>
	createHash('sha256')
		.update(JSON.stringify([url, title, author, html]))
		.digest('base64url');
