import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { politely } from '#src/platform/server/polite.ts';
import { rows, sql } from '#src/platform/server/db.ts';
import { aPerson } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { testWeb } from '#src/testing/web.ts';
import { entryFilter } from '../input.ts';
import { bringOpml } from './opml.ts';
import { checkDue } from './round.ts';
import { readEntries } from './stream.ts';
import { subscribe } from './subscribe.ts';
import { mySubscriptions } from './subscriptions.ts';

const { db } = await testDatabase();
const web = await testWeb();
const fetch = politely(db, { allowance: web.allowance, pause: 1 });
const ana = await aPerson(db);
const xml = { 'content-type': 'application/rss+xml' };
const rss = (items: string, doctype = '') =>
	`<?xml version="1.0"?>${doctype}<rss version="2.0"><channel><title>Yard</title>${items}</channel></rss>`;
const entities = Array.from({ length: 12 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('');
const send =
	(body: string | Buffer, headers: Record<string, string> = xml) =>
	(_request: IncomingMessage, response: ServerResponse) =>
		response.writeHead(200, headers).end(body);
const lead =
	(to: string, status = 302) =>
	(_request: IncomingMessage, response: ServerResponse) =>
		response.writeHead(status, { location: to }).end();

/** 100 MB, as fast as they are taken. */
function endless(_request: IncomingMessage, response: ServerResponse): void {
	const item = Buffer.from(`<item><title>Again</title><description>${'word '.repeat(20_000)}</description></item>`);
	let left = 1000;
	const more = () => {
		while (left-- > 0 && !response.destroyed) if (!response.write(item)) return void response.once('drain', more);
		response.end();
	};
	response.writeHead(200, xml).write('<rss version="2.0"><channel><title>Long</title>');
	more();
}

/** Each bad feed by its host: what it answers, and what its reader is told. */
const bad: Record<string, [Parameters<typeof web.pages.set>[1], string]> = {
	'broken.example': [
		send('<rss version="2.0"><channel><title>Yard</title><item><titel>x</channel'),
		'This feed is broken: not even its first entry can be read.'
	],
	'soup.example': [
		send('<b>Today<p>News <i>and</b> more</i>', { 'content-type': 'text/html' }),
		'This is not a feed: neither RSS, Atom nor JSON Feed.'
	],
	'login.example': [
		send('<!doctype html><html><form><input name="p" type="password"></form></html>', { 'content-type': 'text/html' }),
		'A page to sign in stands where the feed was.'
	],
	'page.example': [send('<!doctype html><title>Welcome</title><p>Hello'), 'This is a web page, not a feed.'],
	'endless.example': [endless, 'The feed is longer than 8 MB.'],
	'packed.example': [
		send(gzipSync(Buffer.alloc(100_000_000)), { ...xml, 'content-encoding': 'gzip' }),
		'The feed is longer than 8 MB.'
	],
	'loop.example': [(request, response) => lead(`${request.url}x`)(request, response), 'The address leads on and on.'],
	'inside.example': [lead('http://169.254.169.254/latest/meta-data'), 'The address is not on the public internet.'],
	'named.inside': ['', 'The address is not on the public internet.'],
	'password.example': [lead('http://me:secret@other.example/'), 'An address with a password in it is not fetched.'],
	'file.example': [lead('file:///etc/passwd'), 'Only http and https can be fetched.'],
	'deaf.example': [(_request, response) => response.destroy(), 'The server could not be reached: it hung up.'],
	'picture.example': [
		send(Buffer.from([0x89, 0x50]), { 'content-type': 'image/png' }),
		'The content is image/png, which is not wanted here.'
	],
	'missing.example': [
		(_request, response) => response.writeHead(404, xml).end(),
		'The server says that there is no such feed (404).'
	],
	'gone.example': [
		(_request, response) => response.writeHead(410, xml).end(),
		'The server says that this feed is gone for good (410).'
	],
	'tired.example': [
		(_request, response) => response.writeHead(429, { ...xml, 'retry-after': '9000' }).end(),
		'The server asks for fewer visits (429).'
	]
};
/** Those that are odd, and read all the same: what they answer, and the titles that are read from it. */
const odd: Record<string, [Parameters<typeof web.pages.set>[1], string[]]> = {
	'cut.example': [
		send(rss('<item><title>Whole</title></item><item><title>Cut o').replace(/<\/channel>.*/, '')),
		['Whole']
	],
	'latin.example': [
		send(Buffer.from(rss('<item><title>Größe</title></item>'), 'latin1'), {
			'content-type': 'text/xml; charset=utf-8'
		}),
		['Größe']
	],
	'untold.example': [send(Buffer.from(`\ufeff${rss('<item><title>Breit</title></item>')}`, 'utf16le'), {}), ['Breit']],
	'bomb.example': [
		send(rss('<item><title>Fuse &l12;</title></item>', `<!DOCTYPE rss [<!ENTITY l0 "lol">${entities}]>`)),
		['Fuse &l12;']
	],
	'deep.example': [send(rss(`<item><title>Deep</title></item><item>${'<a>'.repeat(100_000)}</item>`)), ['Deep']],
	'dates.example': [
		send(
			rss(
				[
					'0001-01-01T00:00:00Z',
					'Fri, 13 Jan 1899 00:00:00 GMT',
					'32 Nov 2026',
					'9999-12-31',
					'275760-09-14',
					'yesterday'
				]
					.map((date, at) => `<item><title>Date ${at}</title><pubDate>${date}</pubDate></item>`)
					.join('')
			)
		),
		['Date 0', 'Date 1', 'Date 2', 'Date 3', 'Date 4', 'Date 5']
	],
	'moved.example': [lead(web.url('settled.example/feed'), 301), []],
	'settled.example': [send(rss('<item><title>Settled</title></item>')), ['Settled']]
};

test('bad feeds are each told in a sentence, odd ones are read, and none holds up another', async () => {
	let times = 0;
	web.pages.set('renames.example/feed', (_request, response) => {
		times += 1;
		response.writeHead(200, xml).end(rss(`<item><guid>${times}</guid><title>Same</title><link>/same</link></item>`));
	});
	const hosts = [...Object.keys(bad), ...Object.keys(odd), 'renames.example'];
	for (const [host, [answer]] of Object.entries({ ...bad, ...odd }))
		if (host === 'loop.example')
			for (let at = 0; at < 9; at += 1) web.pages.set(`${host}/feed${'x'.repeat(at)}`, answer);
		else web.pages.set(`${host}/feed`, answer);
	const outlines = hosts.map((host) => `<outline text="${host}" type="rss" xmlUrl="${web.url(`${host}/feed`)}"/>`);
	await bringOpml(db, ana, Buffer.from(`<opml version="2.0"><body>${outlines.join('')}</body></opml>`));
	const before = process.memoryUsage().rss;
	expect(await checkDue(db, Date.now() + 60_000, fetch)).toBeGreaterThanOrEqual(hosts.length);
	expect((process.memoryUsage().rss - before) / 1e6).toBeLessThan(200);
	const mine = await mySubscriptions(db, ana);
	const told = Object.fromEntries(mine.map(({ title, problem }) => [title, problem]));
	expect(told).toMatchObject(Object.fromEntries(Object.entries(bad).map(([host, [, problem]]) => [host, problem])));
	const { items } = await readEntries(db, ana, { ...entryFilter.parse({ limit: 100 }), order: 'newest' });
	const titles = Map.groupBy(items, ({ sources }) => sources[0]!.title);
	for (const [host, [, expected]] of Object.entries(odd))
		if (expected.length > 0)
			expect([
				host,
				titles
					.get(host)
					?.map(({ title }) => title)
					.sort()
			]).toEqual([host, expected]);
	expect(titles.get('dates.example')!.every(({ publishedAt, oddDate }) => publishedAt === null && oddDate !== '')).toBe(
		true
	);
	expect(told['moved.example']).toBeUndefined();
	// Nothing is left under way, and what rests is not asked again.
	expect(
		await rows(
			db,
			sql`select host from feed where busy_until is not null union all select host from web_host where busy_until is not null`
		)
	).toEqual([]);
	expect(await checkDue(db, Date.now() + 60_000, fetch)).toBe(0);
	await db.execute(sql`update feed set next_check_at = now() where host in ('tired.example', 'renames.example')`);
	expect(await checkDue(db, Date.now() + 60_000, fetch)).toBe(1);
	const again = await readEntries(db, ana, { ...entryFilter.parse({ limit: 100 }), order: 'newest' });
	expect([times, again.items.filter(({ title }) => title === 'Same').length]).toEqual([2, 1]);
	const tired = (await mySubscriptions(db, ana)).find(({ title }) => title === 'tired.example')!;
	expect((Date.parse(tired.nextCheckAt) - Date.now()) / 1000).toBeGreaterThan(8900);
});

test('who adds a bad feed hears what is wrong with it, and none is kept', async () => {
	const ben = await aPerson(db);
	const add = (host: string) => subscribe(db, ben, { url: web.url(`${host}/other`), title: '', folder: '' }, fetch);
	web.pages.set('html.example/other', '<p>No feed here.');
	web.pages.set('empty.example/other', send(''));
	await expect(add('html.example')).rejects.toMatchObject({
		fields: { url: expect.stringMatching(/names no feed|neither RSS/) }
	});
	await expect(add('empty.example')).rejects.toMatchObject({
		fields: { url: expect.stringContaining('neither RSS, Atom nor JSON') }
	});
	await expect(add('named.inside')).rejects.toMatchObject({
		fields: { url: expect.stringContaining('public internet') }
	});
	await expect(add('tired.example')).rejects.toMatchObject({
		fields: { url: expect.stringMatching(/left alone for another 3 hours|150 minutes/) }
	});
	expect(await mySubscriptions(db, ben)).toEqual([]);
});
