import type { IncomingMessage, ServerResponse } from 'node:http';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { urlKey } from '#src/core/web/url.ts';
import { rows, sql } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { testDatabase } from '#src/testing/database.ts';
import { testWeb } from '#src/testing/web.ts';
import { checkFeed } from './check.ts';
import { checkDue } from './round.ts';
import { feed, feedAddress } from './schema.ts';

const { db } = await testDatabase();
const web = await testWeb();

async function aFeed(place: string) {
	const url = new URL(web.url(place));
	const values = { id: newId(), url: url.href, key: urlKey(url), host: url.hostname };
	await db.insert(feed).values(values);
	return values.id;
}
const now = async (id: string) => (await db.select().from(feed).where(eq(feed.id, id)))[0]!;
const check = async (id: string) => checkFeed(db, await now(id), web.fetch);
const titles = async (id: string) =>
	(
		await rows<{ title: string }>(
			db,
			sql`select e.title from feed_post p join feed_entry e on e.id = p.entry_id where p.feed_id = ${id} order by e.title`
		)
	).map(({ title }) => title);
const post = (title: string, { guid = title, link = `/${title}`, date = '' } = {}) =>
	`<item><title>${title}</title><guid isPermaLink="false">${guid}</guid><link>${link}</link>${date && `<pubDate>${date}</pubDate>`}<description>About ${title}.</description></item>`;
const rss = (...posts: string[]) => `<rss version="2.0"><channel><title>Yard</title>${posts.join('')}</channel></rss>`;
const serve = (place: string, body: string, headers = {}) =>
	web.pages.set(place, (_request: IncomingMessage, response: ServerResponse) =>
		response.writeHead(200, { 'content-type': 'application/rss+xml', ...headers }).end(body)
	);

test('what is new is added, what was said anew is changed, and an unchanged feed costs nothing', async () => {
	const id = await aFeed('yard.example/feed');
	serve('yard.example/feed', rss(post('one'), post('two')));
	expect(await check(id)).toEqual({ added: 2, changed: 0 });
	expect(await check(id)).toEqual({ added: 0, changed: 0 });
	serve('yard.example/feed', rss(post('three'), post('One', { guid: 'one', link: '/one' }), post('two')));
	expect(await check(id)).toEqual({ added: 1, changed: 1 });
	expect(await titles(id)).toEqual(['One', 'three', 'two']);
	expect(await now(id)).toMatchObject({ state: 'live', title: 'Yard', failures: 0 });
});

test('a server is asked only for what is new', async () => {
	const id = await aFeed('etag.example/feed');
	const asked: IncomingMessage['headers'][] = [];
	web.pages.set('etag.example/feed', (request, response) => {
		asked.push(request.headers);
		if (request.headers['if-none-match'] === '"7"') response.writeHead(304).end();
		else response.writeHead(200, { 'content-type': 'text/xml', etag: '"7"' }).end(rss(post('a')));
	});
	await check(id);
	expect(await check(id)).toEqual({ added: 0, changed: 0 });
	expect(asked[1]).toMatchObject({ 'if-none-match': '"7"' });
});

test('the same story in two feeds is one entry; a site’s front page is no story', async () => {
	const [a, b] = [await aFeed('a.example/feed'), await aFeed('b.example/feed')];
	const story = 'https://paper.example/2026/strike';
	serve(
		'a.example/feed',
		rss(post('Strike', { link: `${story}?utm_source=a` }), post('Home', { link: 'https://paper.example/' }))
	);
	serve(
		'b.example/feed',
		rss(
			post('A strike', { link: story.replace('https://', 'http://www.') }),
			post('Front', { link: 'https://paper.example/' })
		)
	);
	await check(a);
	await check(b);
	const shared = await rows(
		db,
		sql`select e.title from feed_entry e join feed_post p on p.entry_id = e.id where p.feed_id in (${a}, ${b}) group by e.id having count(*) = 2`
	);
	expect(shared).toEqual([{ title: 'Strike' }]);
});

test('a feed that names its posts anew each time adds none', async () => {
	const id = await aFeed('renames.example/feed');
	serve('renames.example/feed', rss(post('x', { guid: 'x-1' }), post('y', { guid: 'y-1' })));
	await check(id);
	serve('renames.example/feed', rss(post('x', { guid: 'x-2' }), post('y', { guid: 'y-2' })));
	expect(await check(id)).toEqual({ added: 0, changed: 0 });
	expect(await titles(id)).toEqual(['x', 'y']);
});

test('it is looked at as often as it posts, and not sooner than it asks', async () => {
	const id = await aFeed('daily.example/feed');
	const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toUTCString();
	const daily = [0, 1, 2, 3].map((days) => post(`day-${days}`, { date: ago(days) }));
	serve('daily.example/feed', rss(...daily));
	await check(id);
	expect(await now(id)).toMatchObject({ gapMinutes: 1440, everyMinutes: 360 });
	serve('daily.example/feed', rss(...daily, post('more')), { 'cache-control': 'max-age=36000' });
	await check(id);
	expect(await now(id)).toMatchObject({ restMinutes: 600, everyMinutes: 600 });
});

test('a sign-in in its place, an error, a wish for fewer visits: told, tried later, nothing lost; 410 is the end', async () => {
	const id = await aFeed('moody.example/feed');
	serve('moody.example/feed', rss(post('kept')));
	await check(id);
	serve('moody.example/feed', '<!doctype html><form><input type="password"></form>', { 'content-type': 'text/html' });
	await check(id);
	expect(await now(id)).toMatchObject({
		state: 'failing',
		problem: 'A page to sign in stands where the feed was.',
		failures: 1
	});
	web.pages.set('moody.example/feed', (_request, response) => response.writeHead(429, { 'retry-after': '7200' }).end());
	await check(id);
	const { nextCheckAt, failures } = await now(id);
	expect(failures).toBe(2);
	expect(nextCheckAt.getTime() - Date.now()).toBeGreaterThan(119 * 60_000);
	expect(await titles(id)).toEqual(['kept']);
	web.pages.set('moody.example/feed', (_request, response) => response.writeHead(410).end());
	await check(id);
	expect(await now(id)).toMatchObject({ state: 'gone' });
});

test('one that has moved for good is followed; two that have become one are one', async () => {
	const [old, other] = [await aFeed('old.example/feed'), await aFeed('new.example/feed')];
	const to = web.url('new.example/feed');
	web.pages.set('old.example/feed', (_request, response) => response.writeHead(301, { location: to }).end());
	serve('new.example/feed', rss(post('here')));
	await check(old);
	expect(await now(old)).toBeUndefined();
	const known = await db.select().from(feedAddress).where(eq(feedAddress.feedId, other));
	expect(known).toMatchObject([{ key: urlKey(new URL(web.url('old.example/feed'))) }]);
	const alone = await aFeed('before.example/feed');
	web.pages.set('before.example/feed', (_request, response) =>
		response.writeHead(308, { location: web.url('after.example/feed') }).end()
	);
	serve('after.example/feed', rss(post('there')));
	await check(alone);
	expect(await now(alone)).toMatchObject({ host: 'after.example', state: 'live' });
});

test('a round looks at what is due, one at a time of each host, and goes on past what breaks', async () => {
	await db.update(feed).set({ nextCheckAt: new Date(Date.now() + 3_600_000) });
	let together = 0;
	let most = 0;
	for (const n of [1, 2, 3]) {
		web.pages.set(`same.example/${n}`, (_request, response) => {
			most = Math.max(most, (together += 1));
			setTimeout(() => {
				together -= 1;
				response.writeHead(200, { 'content-type': 'text/xml' }).end(rss(post(`same-${n}`)));
			}, 30);
		});
		await aFeed(`same.example/${n}`);
	}
	const broken = await aFeed('broken.example/feed');
	web.pages.set('broken.example/feed', (_request, response) => response.destroy());
	const looked = await checkDue(db, Date.now() + 20_000, web.fetch);
	expect(looked).toBe(4);
	expect(most).toBe(1);
	expect(await now(broken)).toMatchObject({ state: 'failing', busyUntil: null });
	expect(await checkDue(db, Date.now() + 20_000, web.fetch)).toBe(0);
});

test('posts that come as they came are not read again; what is new beside them and what has changed is', async () => {
	const id = await aFeed('long.example/feed');
	const [one, two] = [post('one'), post('two')];
	serve('long.example/feed', rss(one, two));
	await check(id);
	// A text that no look has given: it stays as long as nobody reads the post anew.
	await db.execute(
		sql`update feed_entry e set html = 'kept' from feed_post p where p.own_id = e.id and p.feed_id = ${id}`
	);
	const htmls = () =>
		rows(
			db,
			sql`select e.title, e.html from feed_post p join feed_entry e on e.id = p.own_id where p.feed_id = ${id} order by e.title`
		);
	serve('long.example/feed', rss(post('three'), one, two));
	expect(await check(id)).toEqual({ added: 1, changed: 0 });
	expect(await htmls()).toMatchObject([{ html: 'kept' }, { title: 'three', html: 'About three.' }, { html: 'kept' }]);
	serve('long.example/feed', rss(post('three'), one.replace('About one.', 'All about one.'), two));
	expect(await check(id)).toEqual({ added: 0, changed: 1 });
	expect(await htmls()).toMatchObject([{ html: 'All about one.' }, {}, { html: 'kept' }]);
	// A post that went meanwhile is not made of nothing.
	await db.execute(sql`delete from feed_post where feed_id = ${id} and guid = 'two'`);
	serve('long.example/feed', rss(post('three'), two));
	expect(await check(id)).toEqual({ added: 1, changed: 0 });
});
