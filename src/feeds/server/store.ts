import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { countWords, paragraphsOf } from '#src/core/web/server/page.ts';
import { urlKey } from '#src/core/web/url.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import type { KnownPosts, Post } from './reading/post.ts';
import { findInEntries } from './rules/find.ts';
import { findStories, isRecent, rememberTold } from './same/find.ts';
import { LOOKED_THROUGH, toldBy, type Told } from './same/text.ts';
import { feedEntry, feedPost } from './schema.ts';

interface Known {
	guid: string;
	digest: string;
	raw: string;
	own_id: string;
}

/** What a feed's posts came to. */
export interface Stored {
	added: number;
	changed: number;
}

/** What a feed said lately, by the hash of how it came. */
export async function postsAsTheyCame(db: Db, feedId: string): Promise<KnownPosts> {
	const found = await rows<{ raw: string; guid: string }>(
		db,
		sql`select raw, guid from feed_post where feed_id = ${feedId} and raw <> '' order by found_at desc limit 1000`
	);
	return new Map(found.map(({ raw, guid }) => [raw, guid]));
}

/**
 * Writes down what a feed says: new posts become entries, or join the story that another feed has told already (the
 * same address, however spelled, or the same text); changed ones change their words. A post that its feed no longer
 * holds stays.
 * @param isFirst the feed was never read before: what it says now is as old as it says
 */
export async function storePosts(tx: Db, feedId: string, said: Post[], isFirst: boolean): Promise<Stored> {
	const known = await knownPosts(tx, feedId, said);
	// One that went between look and writing comes again with the next.
	const posts = said.filter(({ guid, isKnown }) => !isKnown || known.has(guid));
	if (posts.length === 0) return { added: 0, changed: 0 };
	const read = posts.filter(({ isKnown }) => !isKnown);
	const changed = read.filter((post) => known.has(post.guid) && known.get(post.guid)!.digest !== digestOf(post));
	for (const post of changed) await change(tx, feedId, known.get(post.guid)!, post);
	await findInEntries(
		tx,
		feedId,
		changed.map((post) => ({ ...post, id: known.get(post.guid)!.own_id }))
	);
	await noteRaw(
		tx,
		feedId,
		read.filter(({ guid, raw }) => raw && known.has(guid) && known.get(guid)!.raw !== raw)
	);
	const fresh = read.filter(({ guid }) => !known.has(guid));
	const added = await add(tx, feedId, await withoutRenamed(tx, feedId, posts, fresh), posts, isFirst);
	return { added, changed: changed.length };
}

async function knownPosts(tx: Db, feedId: string, posts: Post[]): Promise<Map<string, Known>> {
	const guids = posts.map(({ guid }) => guid);
	const found = await rows<Known>(
		tx,
		sql`select guid, digest, raw, own_id from feed_post where feed_id = ${feedId} and guid = any(${array(guids, 'text')})`
	);
	return new Map(found.map((each) => [each.guid, each]));
}

async function noteRaw(tx: Db, feedId: string, posts: Post[]): Promise<void> {
	if (posts.length === 0) return;
	await tx.execute(
		sql`update feed_post p set raw = came.raw from unnest(${array(
			posts.map(({ guid }) => guid),
			'text'
		)}, ${array(
			posts.map(({ raw }) => raw!),
			'text'
		)}) came (guid, raw) where p.feed_id = ${feedId} and p.guid = came.guid`
	);
}

async function change(tx: Db, feedId: string, { guid, own_id }: Known, post: Post): Promise<void> {
	await tx
		.update(feedPost)
		.set({ guid: post.guid, digest: digestOf(post), raw: post.raw })
		.where(and(eq(feedPost.feedId, feedId), eq(feedPost.guid, guid)));
	await tx
		.update(feedEntry)
		.set({ ...wordsOf(post), changedAt: sql`now()` })
		.where(eq(feedEntry.id, own_id));
}

/**
 * Some feeds name their posts anew with each look: one that leads where a known one leads, says the very same, or has
 * the title and time of a known one, is that one.
 */
async function withoutRenamed(tx: Db, feedId: string, posts: Post[], fresh: Post[]): Promise<Post[]> {
	if (fresh.length === 0) return fresh;
	const keys = [...lonelyKeys(fresh).keys()];
	const found = await rows<Known & { key: string; title: string; time: number | null }>(
		tx,
		sql`select p.guid, p.digest, p.raw, p.own_id, e.key, e.title, (extract(epoch from e.published_at) * 1000)::float8 as time
			from feed_post p join feed_entry e on e.id = p.own_id
			where p.feed_id = ${feedId} and p.guid <> all(${array(
				posts.map(({ guid }) => guid),
				'text'
			)}) and (e.key = any(${array(keys, 'text')}) or p.digest = any(${array(fresh.map(digestOf), 'text')})
				or (e.title, e.published_at) in (select * from unnest(${array(
					fresh.map(({ title }) => title),
					'text'
				)}, ${array(
					fresh.map(({ publishedAt }) => (publishedAt ?? new Date(0)).toISOString()),
					'timestamptz'
				)})))
			order by p.found_at desc limit 1000`
	);
	const lonely = lonelyKeys(fresh);
	const left = new Set(found);
	const renamed = new Set<Post>();
	for (const post of fresh) {
		const before = [...left].find(
			({ digest, key, title, time }) =>
				digest === digestOf(post) ||
				lonely.get(key) === post ||
				(title !== '' && title === post.title && time === post.publishedAt?.getTime())
		);
		if (!before) continue;
		left.delete(before);
		renamed.add(post);
		if (before.digest === digestOf(post)) await rename(tx, feedId, before, post);
		else await change(tx, feedId, before, post);
	}
	return fresh.filter((post) => !renamed.has(post));
}

const rename = (tx: Db, feedId: string, { guid }: Known, post: Post) =>
	tx
		.update(feedPost)
		.set({ guid: post.guid, raw: post.raw })
		.where(and(eq(feedPost.feedId, feedId), eq(feedPost.guid, guid)));

type Fresh = { post: Post; told: Told; foundAt: Date };

async function add(tx: Db, feedId: string, posts: Post[], beside: Post[], isFirst: boolean): Promise<number> {
	if (posts.length === 0) return 0;
	// Two feeds that tell the same story at the same moment: the second finds what the first has written.
	await tx.execute(sql`select pg_advisory_xact_lock(hashtext('feed entries'))`);
	const told = toldBy(posts, [
		...beside.filter((post) => !post.isKnown && !posts.includes(post)),
		...(await textsOf(tx, feedId, beside))
	]);
	const foundAt = ({ publishedAt }: Post) => (isFirst && publishedAt ? publishedAt : new Date());
	const fresh: Fresh[] = posts.map((post, at) => ({ post, told: told[at]!, foundAt: foundAt(post) }));
	const stories = await toldElsewhere(tx, feedId, fresh);
	const entries = fresh.map((each) => ({ ...each, id: newId(), story: stories.get(each) }));
	await tx.insert(feedEntry).values(entries.map(({ post, id, foundAt }) => ({ id, ...wordsOf(post), foundAt })));
	await tx.insert(feedPost).values(
		entries.map(({ post, id, story, foundAt }) => ({
			...{ feedId, guid: post.guid, entryId: story ?? id, ownId: id, digest: digestOf(post), raw: post.raw, foundAt }
		}))
	);
	await rememberTold(
		tx,
		entries.filter(({ story }) => !story)
	);
	await findInEntries(
		tx,
		feedId,
		entries.map(({ id, post }) => ({ ...post, id }))
	);
	return entries.length;
}

/** What posts said that were not read again. */
async function textsOf(tx: Db, feedId: string, posts: Post[]): Promise<Pick<Post, 'title' | 'html'>[]> {
	const guids = posts.flatMap(({ guid, isKnown }) => (isKnown ? [guid] : [])).slice(0, LOOKED_THROUGH);
	return rows(
		tx,
		sql`select e.title, e.html from feed_post p join feed_entry e on e.id = p.own_id
			where p.feed_id = ${feedId} and p.guid = any(${array(guids, 'text')})`
	);
}

/** Stories of other feeds that lead to the same page, or are the same text. */
async function toldElsewhere(tx: Db, feedId: string, fresh: Fresh[]): Promise<Map<Fresh, string>> {
	const byAddress = await withTheirAddress(
		tx,
		feedId,
		fresh.map(({ post }) => post)
	);
	const found = new Map(
		fresh.flatMap((each): [Fresh, string][] => (byAddress.has(each.post) ? [[each, byAddress.get(each.post)!]] : []))
	);
	const taken = new Set(found.values());
	const others = fresh.filter((each) => !found.has(each) && isRecent(each.foundAt));
	for (const [each, id] of await findStories(tx, feedId, others)) if (!taken.has(id)) found.set(each, id);
	return found;
}

async function withTheirAddress(tx: Db, feedId: string, posts: Post[]): Promise<Map<Post, string>> {
	const keys = lonelyKeys(posts);
	const found = await rows<{ key: string; id: string }>(
		tx,
		sql`select distinct on (e.key) e.key, p.entry_id as id from feed_entry e join feed_post p on p.own_id = e.id
			where e.key = any(${array([...keys.keys()], 'text')})
				and not exists (select from feed_post o where o.entry_id = p.entry_id and o.feed_id = ${feedId})
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
