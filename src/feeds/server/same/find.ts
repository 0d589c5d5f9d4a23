import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import { marksOf, shinglesOf } from './marks.ts';
import type { Told } from './text.ts';
import { sameStory } from './verdict.ts';

/** A story is told within so many days. */
const DAYS = 21;
/** Entries looked up by one mark, the newest first: what everybody writes must not cost more. */
const OF_A_MARK = 20;
/** Entries whose words are compared with those of a new one. */
const COMPARED = 5;

/** A post that may tell what is told already. */
export interface Asked {
	told: Told;
	foundAt: Date;
}

/**
 * For each post the entry that tells its story, if another feed has told it: found by marks that both texts have, then
 * compared by their words. What this costs does not depend on how many entries there are.
 */
export async function findStories<T extends Asked>(tx: Db, feedId: string, posts: T[]): Promise<Map<T, string>> {
	const asked = posts.flatMap((post, at) => marksOf(shinglesOf(post.told.words)).map((mark) => ({ at, mark, post })));
	if (asked.length === 0) return new Map();
	const candidates = await rows<{ at: number; id: string; title: string; words: string }>(
		tx,
		sql`select c.at, c.id, t.title, t.words from (
				select w.at, m.entry_id as id, row_number() over (partition by w.at order by count(*) desc, m.entry_id) as place
				from unnest(${array(
					asked.map(({ at }) => `${at}`),
					'int'
				)}, ${array(
					asked.map(({ mark }) => `${mark}`),
					'int'
				)},
					${array(
						asked.map(({ post }) => post.foundAt.toISOString()),
						'timestamptz'
					)}) w(at, mark, found_at)
				cross join lateral (
					select entry_id from feed_mark m where m.mark = w.mark
						and m.found_at between w.found_at - make_interval(days => ${DAYS}) and w.found_at + make_interval(days => ${DAYS})
					order by m.found_at desc limit ${OF_A_MARK}
				) m
				where not exists (select from feed_post p where p.entry_id = m.entry_id and p.feed_id = ${feedId})
				group by w.at, m.entry_id
			) c join feed_told t on t.entry_id = c.id where c.place <= ${COMPARED} order by c.at, c.place`
	);
	return best(posts, candidates);
}

/** One feed tells a story once: of two posts that resemble an entry the closer one joins it. */
function best<T extends Asked>(
	posts: T[],
	candidates: { at: number; id: string; title: string; words: string }[]
): Map<T, string> {
	const likely = candidates
		.map(({ at, id, title, words }) => ({
			...{ post: posts[at]!, id },
			share: sameStory(posts[at]!.told, { title: split(title), words: split(words) })
		}))
		.filter(({ share }) => share > 0)
		.sort((a, b) => b.share - a.share);
	const found = new Map<T, string>();
	const taken = new Set<string>();
	for (const { post, id } of likely) {
		if (found.has(post) || taken.has(id)) continue;
		found.set(post, id);
		taken.add(id);
	}
	return found;
}

const split = (words: string) => (words ? words.split(' ') : []);

/** Keeps what new entries tell, so that others find it. */
export async function rememberTold(tx: Db, entries: (Asked & { id: string })[]): Promise<void> {
	const telling = entries.filter(({ told, foundAt }) => told.words.length > 0 && isRecent(foundAt));
	if (telling.length === 0) return;
	const found = (each: Asked) => each.foundAt.toISOString();
	await tx.execute(sql`insert into feed_told (entry_id, title, words)
		select * from unnest(${array(
			telling.map(({ id }) => id),
			'uuid'
		)},
			${array(
				telling.map(({ told }) => told.title.join(' ')),
				'text'
			)},
			${array(
				telling.map(({ told }) => told.words.join(' ')),
				'text'
			)})
		on conflict (entry_id) do update set title = excluded.title, words = excluded.words`);
	const marks = telling.flatMap((each) =>
		marksOf(shinglesOf(each.told.words)).map((mark) => ({ mark, id: each.id, at: found(each) }))
	);
	await tx.execute(sql`insert into feed_mark (mark, entry_id, found_at)
		select * from unnest(${array(
			marks.map(({ mark }) => `${mark}`),
			'int'
		)}, ${array(
			marks.map(({ id }) => id),
			'uuid'
		)},
			${array(
				marks.map(({ at }) => at),
				'timestamptz'
			)}) on conflict do nothing`);
}

/** What is older is compared with nothing new. */
export const isRecent = (foundAt: Date) => Date.now() - foundAt.getTime() < 2 * DAYS * 86_400_000;

/** Forgets what nothing new is compared with. */
export async function forgetTold(db: Db): Promise<void> {
	await db.execute(sql`delete from feed_mark where found_at < now() - make_interval(days => ${2 * DAYS})`);
	await db.execute(
		sql`delete from feed_told t where not exists (select from feed_mark m where m.entry_id = t.entry_id)`
	);
}
