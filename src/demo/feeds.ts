import { eq } from 'drizzle-orm';
import { loadViewer } from '#src/core/access/server/viewer.ts';
import { urlKey } from '#src/core/web/url.ts';
import { newRule } from '#src/feeds/input.ts';
import { writeLook } from '#src/feeds/server/check.ts';
import { readFeed } from '#src/feeds/server/reading/read-feed.ts';
import { makeRule } from '#src/feeds/server/rules/rules.ts';
import { feed, feedSubscription } from '#src/feeds/server/schema.ts';
import { array, sql, type Db } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { feeds, rules, type DemoFeed } from './content/feeds.ts';
import type { Place } from './organisation.ts';

const HOUR = 3_600_000;
/** There is nothing at these addresses: they are looked at when the example is long gone. */
const NEXT_DAYS = 90;

/** What people of the example read from outside, as if it had just come: read and written down as any feed is. */
export async function addFeeds(tx: Db, places: Place[], cast: Map<string, string>, now: Date): Promise<void> {
	const spaces = new Map(places.map(({ slug, id }) => [slug, id]));
	for (const each of feeds) await addFeed(tx, each, { spaces, cast, now });
	for (const { deed, words, ...rule } of rules) {
		const place = 'space' in rule ? places.find(({ slug }) => slug === rule.space)! : undefined;
		const by = place?.stewards[0] ?? ('by' in rule ? rule.by : '');
		const viewer = (await loadViewer(tx, cast.get(by)!))!;
		const tag = 'tag' in rule ? rule.tag : undefined;
		await makeRule(tx, viewer, newRule.parse({ words, deed, tag, spaceId: place?.id }));
	}
}

interface Around {
	spaces: Map<string, string>;
	cast: Map<string, string>;
	now: Date;
}

async function addFeed(tx: Db, { place, readers, ...said }: DemoFeed, { spaces, cast, now }: Around): Promise<void> {
	const url = new URL(`https://${place}`);
	const values = { id: newId(), url: url.href, key: urlKey(url), host: url.hostname };
	await tx.insert(feed).values(values).onConflictDoNothing();
	const [there] = await tx.select().from(feed).where(eq(feed.key, values.key));
	for (const reader of readers) {
		const whose = 'space' in reader ? { spaceId: spaces.get(reader.space) } : { personId: cast.get(reader.person) };
		const folder = 'folder' in reader ? reader.folder : '';
		const createdAt = new Date(now.getTime() - 60 * 24 * HOUR);
		await tx
			.insert(feedSubscription)
			.values({ id: newId(), feedId: there!.id, folder, createdAt, ...whose })
			.onConflictDoNothing();
	}
	const body = Buffer.from(rssOf(url, said, now));
	const read = readFeed(body, 'application/rss+xml', url.href);
	const seen = { settledUrl: url.href, etag: '', lastModified: '', digest: '', restMinutes: read.restMinutes };
	await writeLook(tx, there!, { kind: 'feed', feed: read, ...seen });
	await tx
		.update(feed)
		.set({ nextCheckAt: new Date(now.getTime() + NEXT_DAYS * 24 * HOUR) })
		.where(eq(feed.id, there!.id));
}

function rssOf(site: URL, { title, posts }: Pick<DemoFeed, 'title' | 'posts'>, now: Date): string {
	const items = posts.map(({ ago, title: name, author = '', text, url, media }) => {
		const at = new Date(now.getTime() - ago * HOUR).toUTCString();
		const page = url ?? `${site.origin}/${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
		const file =
			media && `${site.origin}/media/${page.split('/').at(-1)}.${media.type === 'audio/mpeg' ? 'mp3' : 'mp4'}`;
		const played = media
			? `<enclosure url="${file}" type="${media.type}" length="0"/><itunes:duration>${media.minutes * 60}</itunes:duration>`
			: '';
		return `<item><title>${name}</title><link>${page}</link><guid>${page}#${site.hostname}</guid><pubDate>${at}</pubDate>
			<dc:creator>${author}</dc:creator><description><![CDATA[${text.map((line) => `<p>${line}</p>`).join('')}]]></description>${played}</item>`;
	});
	return `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>${title}</title><link>${site.origin}</link>${items.join('')}</channel></rss>`;
}

/** Takes them away where nobody else reads them. */
export async function removeFeeds(tx: Db): Promise<void> {
	const keys = feeds.map(({ place }) => urlKey(new URL(`https://${place}`)));
	await tx.execute(sql`delete from feed f where key = any(${array(keys, 'text')})
		and not exists (select from feed_subscription s where s.feed_id = f.id)`);
}
