import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { rows, sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { testWeb } from '#src/testing/web.ts';
import { entryFilter, type EntryFilter } from '../input.ts';
import { markAllRead, markRead, undoMark } from './reads.ts';
import { readEntry } from './entry.ts';
import { readEntries } from './stream.ts';
import { editSubscription, muteFeed, subscribe, unmuteFeed, unsubscribe } from './subscribe.ts';
import { mySubscriptions } from './subscriptions.ts';

const { db } = await testDatabase();
const web = await testWeb();
const spaceId = await aSpace(db, { name: 'Warehouse' });
const ana = await aPerson(db, { spaces: [spaceId] });
const ben = await aPerson(db, { spaces: [spaceId] });
const steward = await aPerson(db, { spaces: [spaceId], steward: true });
const stranger = await aPerson(db);

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toUTCString();
const post = (title: string, hours: number, link = `/${title}`) =>
	`<item><title>${title}</title><link>${link}</link><pubDate>${hoursAgo(hours)}</pubDate><description>About ${title}.</description></item>`;
function serve(place: string, ...posts: string[]) {
	const body = `<rss version="2.0"><channel><title>${place.split('.')[0]}</title>${posts.join('')}</channel></rss>`;
	web.pages.set(place, (_request: unknown, response: ServerResponse) =>
		response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(body)
	);
	return web.url(place);
}
const follow = (viewer: typeof ana, url: string, more: { spaceId?: string; folder?: string } = {}) =>
	subscribe(db, viewer, { url, title: '', folder: '', ...more }, web.fetch);
const filter = (more: Partial<EntryFilter> = {}): EntryFilter => ({ ...entryFilter.parse({}), ...more });
const titles = async (viewer: typeof ana, more: Partial<EntryFilter> = {}) =>
	(await readEntries(db, viewer, filter(more))).items.map(({ title }) => title);

const busy = serve('busy.example/feed', ...Array.from({ length: 20 }, (_, at) => post(`busy-${at}`, at + 1)));
const rare = serve('rare.example/feed', ...[2, 9, 16, 23].map((days) => post(`rare-${days}`, days * 24)));

test('a rare voice stays up longer than a busy one, and says why', async () => {
	await follow(ana, busy);
	await follow(ana, rare);
	const { items } = await readEntries(db, ana, filter());
	expect(items.slice(0, 3).map(({ title }) => title)).toEqual(['rare-2', 'busy-0', 'rare-9']);
	expect(items[0]?.why).toBe('rare posts about every week: a rare voice stays up longer.');
	expect((await titles(ana, { order: 'newest' }))[0]).toBe('busy-0');
});

test('all else equal, fewer posts never rank lower', async () => {
	const person = await aPerson(db);
	const gaps = [10, 60, 300, 1440, 5000, 20_000, 200_000];
	for (const gap of gaps) {
		await follow(person, serve(`gap${gap}.example/feed`, post(`gap-${gap}`, 5)));
		await db.execute(sql`update feed set gap_minutes = ${gap} where host = ${`gap${gap}.example`}`);
	}
	await db.execute(
		sql`update feed_post set found_at = date_trunc('hour', now()) where feed_id in (select id from feed where host like 'gap%')`
	);
	const order = (await titles(person)).map((title) => Number(title.slice(4)));
	expect(order.filter((gap) => gap >= 30 && gap <= 129_600)).toEqual([20_000, 5000, 1440, 300, 60]);
});

test('a story that two feeds tell is one entry, and what is read in one is read in all', async () => {
	const person = await aPerson(db);
	const story = 'https://paper.example/strike';
	await follow(person, serve('one.example/feed', post('Strike', 2, story)));
	await follow(person, serve('two.example/feed', post('The strike', 1, `${story}?utm_source=two`)));
	const { items } = await readEntries(db, person, filter());
	expect(items).toHaveLength(1);
	expect(items[0]?.sources.map(({ title }) => title)).toEqual(['one', 'two']);
	await markRead(db, person, { ids: [items[0]!.id], read: true });
	expect(await titles(person)).toEqual([]);
	expect((await mySubscriptions(db, person)).map(({ unread }) => unread)).toEqual([0, 0]);
	expect(await titles(person, { show: 'all' })).toEqual(['Strike']);
	await markRead(db, person, { ids: [items[0]!.id], read: false });
	expect(await titles(person)).toEqual(['Strike']);
});

test('all is marked at once, but nothing that came after it was shown; and taken back at once', async () => {
	const before = new Date().toISOString();
	const all = await titles(ana, { limit: 100 });
	const { batch, count } = await markAllRead(db, ana, { until: before });
	expect(count).toBe(all.length);
	expect(await titles(ana)).toEqual([]);
	await undoMark(db, ben, batch);
	expect(await titles(ana)).toEqual([]);
	await undoMark(db, ana, batch);
	expect(await titles(ana, { limit: 100 })).toEqual(all);
	expect((await markAllRead(db, ana, { until: '2020-01-01T00:00:00Z' })).count).toBe(0);
});

test('stewards choose what a space reads; each member may put it away and take it up again', async () => {
	const url = serve('trade.example/feed', post('Pallets', 1));
	await expect(follow(ben, url, { spaceId })).rejects.toMatchObject({ kind: 'forbidden' });
	const id = await follow(steward, url, { spaceId });
	expect(await follow(steward, url, { spaceId })).toBe(id);
	expect(await titles(ben)).toEqual(['Pallets']);
	expect(await titles(stranger)).toEqual([]);
	await muteFeed(db, ben, id, { days: 7 });
	expect(await titles(ben)).toEqual([]);
	expect(await titles(steward)).toEqual(['Pallets']);
	expect((await mySubscriptions(db, ben))[0]).toMatchObject({ title: 'trade', canEdit: false, space: { id: spaceId } });
	await unmuteFeed(db, ben, id);
	expect(await titles(ben)).toEqual(['Pallets']);
	await expect(unsubscribe(db, ben, id)).rejects.toMatchObject({ kind: 'forbidden' });
	await expect(unsubscribe(db, stranger, id)).rejects.toMatchObject({ kind: 'not_found' });
	await db.execute(sql`delete from space_member where person_id = ${ben.id}`);
	expect(await titles(await viewerOf(db, ben.id))).toEqual([]);
});

test('what only others read is nobody’s business', async () => {
	const secret = serve('private.example/feed?token=1', post('Secret', 1));
	const own = await follow(ana, secret);
	const [entry] = (await readEntries(db, ana, filter({ subscription: own }))).items;
	expect((await readEntry(db, ana, entry!.id)).html).toBe('About Secret.');
	await expect(readEntry(db, stranger, entry!.id)).rejects.toMatchObject({ kind: 'not_found' });
	expect(await titles(stranger, { subscription: own })).toEqual([]);
	await markRead(db, stranger, { ids: [entry!.id], read: true });
	expect(await rows(db, sql`select 1 from feed_read where person_id = ${stranger.id}`)).toEqual([]);
	await expect(editSubscription(db, stranger, own, { title: 'Mine', folder: '' })).rejects.toMatchObject({
		kind: 'not_found'
	});
	await editSubscription(db, ana, own, { title: 'Tool news', folder: 'Tools' });
	expect(await titles(ana, { folder: 'Tools' })).toEqual(['Secret']);
});

test('a page leads to its feed, to several, to where sites keep them, or nowhere', async () => {
	const link = (href: string, title = '') =>
		`<link rel="alternate" type="application/rss+xml" href="${href}" title="${title}">`;
	serve('site.example/all.rss', post('Hello', 1));
	web.pages.set('site.example/', `<!doctype html><head>${link('/all.rss')}</head>`);
	const person = await aPerson(db);
	await follow(person, web.url('site.example/'));
	expect(await titles(person)).toEqual(['Hello']);
	web.pages.set('many.example/', `<!doctype html><head>${link('/a.rss', 'News')}${link('/b.rss', 'Comments')}</head>`);
	await expect(follow(person, web.url('many.example/'))).rejects.toMatchObject({
		fields: { url: expect.stringContaining('/b.rss') }
	});
	web.pages.set('usual.example/', '<!doctype html><title>Blog</title>');
	serve('usual.example/rss.xml', post('Usual', 1));
	await follow(person, web.url('usual.example/'));
	expect((await mySubscriptions(db, person)).map(({ title }) => title)).toEqual(['site', 'usual']);
	web.pages.set('none.example/', '<!doctype html><title>Nothing</title>');
	await expect(follow(person, web.url('none.example/'))).rejects.toMatchObject({
		fields: { url: expect.stringContaining('names no feed') }
	});
	await expect(follow(person, 'http://printer.inside/feed')).rejects.toMatchObject({
		fields: { url: expect.stringContaining('not on the public internet') }
	});
});
