import { feed } from '#src/feeds/server/schema.ts';
import { storePosts } from '#src/feeds/server/store.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { labelledSet, type LabelledPair, type LabelledPost } from './index.ts';
import { seeded } from './random.ts';

/** How the labelled set came out. */
export interface Merging {
	pairs: number;
	precision: number;
	recall: number;
	/** Pairs of one story that stayed apart. */
	missed: LabelledPair[];
	/** Posts of two stories that became one entry: labelled as a pair or not. */
	wrong: [LabelledPost, LabelledPost][];
}

/**
 * Lets the feeds of the labelled set be read in an order of their own, and compares what has become one entry with what
 * should have.
 */
export async function mergeLabelled(db: Db, order = 1): Promise<Merging> {
	const { posts, pairs } = labelledSet();
	const entries = new Map<LabelledPost, string>();
	const feeds = Map.groupBy(posts, ({ feed }) => feed);
	for (const name of seeded(order).shuffled([...feeds.keys()])) {
		const told = await read(db, `${name} ${order}`, feeds.get(name)!);
		for (const [post, entry] of told) entries.set(post, entry);
	}
	const isOne = ({ one, other }: { one: LabelledPost; other: LabelledPost }) => entries.get(one) === entries.get(other);
	const same = pairs.filter((pair) => pair.same);
	const missed = same.filter((pair) => !isOne(pair));
	const wrong = [...Map.groupBy(posts, (post) => entries.get(post)!).values()].flatMap((together) =>
		together.flatMap((one, at) =>
			together
				.slice(at + 1)
				.flatMap((other): [LabelledPost, LabelledPost][] => (one.story === other.story ? [] : [[one, other]]))
		)
	);
	const found = same.length - missed.length;
	return {
		...{ pairs: pairs.length, missed, wrong },
		...{ precision: found / (found + wrong.length), recall: found / same.length }
	};
}

/** A feed on a host of its own, read for the first time. */
async function read(db: Db, name: string, posts: LabelledPost[]): Promise<[LabelledPost, string][]> {
	const id = newId();
	const host = `${name.replace(/\W+/g, '-')}.example`;
	await db.insert(feed).values({ id, url: `https://${host}/feed`, key: `${host}/feed`, host, title: name });
	const said = posts.map(({ title, html, age }, at) => ({
		...{ guid: `${at}`, url: `https://${host}/posts/${at}`, title, author: '', html },
		...{ publishedAt: new Date(Date.now() - age * 3_600_000), oddDate: '', media: [], tags: [] }
	}));
	await db.transaction((tx) => storePosts(tx, id, said, true));
	const found = await rows<{ guid: string; entry_id: string }>(
		db,
		sql`select guid, entry_id from feed_post where feed_id = ${id}`
	);
	return found.map(({ guid, entry_id }) => [posts[Number(guid)]!, entry_id]);
}
