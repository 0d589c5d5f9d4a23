import type { ServerResponse } from 'node:http';
import { beforeEach, expect, test } from 'vitest';
import { testDatabase } from '#src/testing/database.ts';
import { startNode } from '#src/testing/processes.ts';
import { testWeb } from '#src/testing/web.ts';
import { rows, sql } from './db.ts';
import { politely, retryAfterSeconds, sweepHosts } from './polite.ts';

const { db, url: databaseUrl } = await testDatabase();
const web = await testWeb();
const bounds = { types: ['text/html'], maxBytes: 1000 };
const fetch = politely(db, { allowance: web.allowance, pause: 1 });
const visit = (place: string) => fetch(web.url(place), bounds);
const html = { 'content-type': 'text/html' };

/** How many requests each host has under way, and the most it ever had. */
const now = new Map<string, number>();
const most = new Map<string, number>();
function slow(place: string, end = (response: ServerResponse) => response.writeHead(200, html).end('there')) {
	const host = place.split('/')[0]!;
	web.pages.set(place, (_request, response) => {
		now.set(host, (now.get(host) ?? 0) + 1);
		most.set(host, Math.max(most.get(host) ?? 0, now.get(host)!));
		setTimeout(() => {
			now.set(host, now.get(host)! - 1);
			end(response);
		}, 20);
	});
}
const hosts = () =>
	rows<{ host: string; left: number; failures: number; busy: boolean }>(
		db,
		sql`select host, extract(epoch from free_at - now())::float8 as left, failures, busy_until is not null as busy from web_host order by host`
	);
beforeEach(async () => {
	await db.execute(sql`delete from web_host`);
	web.asked.length = 0;
});

test('one host is asked once at a time by all processes, with a pause; others meanwhile', async () => {
	slow('a.example/');
	const { port } = new URL(web.url('a.example/'));
	const children = [1, 2, 3].map(() =>
		startNode(['src/testing/polite-child.ts', databaseUrl, web.url('a.example/'), port])
	);
	const ended = await Promise.all(children.map((child) => child.ended()));
	expect([ended, children.map((child) => child.output()).join('')]).toEqual([[0, 0, 0], '']);
	expect(web.asked).toHaveLength(18);
	expect(most.get('a.example')).toBe(1);
	slow('b.example/');
	slow('c.example/');
	await Promise.all([visit('b.example/'), visit('b.example/'), visit('c.example/')]);
	expect(web.asked.slice(-3)).toEqual(expect.arrayContaining(['c.example/']));
	expect(web.asked.at(-1)).toBe('b.example/');
	expect(most.get('b.example')).toBe(1);
});

test('a host on the way has its turn too, and the time of waiting for it does not count', async () => {
	slow('end.example/');
	web.pages.set('start.example/', (_request, response) =>
		response.writeHead(302, { location: web.url('end.example/') }).end()
	);
	web.pages.set('start.example/within', (_request, response) => response.writeHead(301, { location: '/' }).end());
	const short = (place: string) => fetch(web.url(place), { ...bounds, timeout: 400 });
	const all = await Promise.all(Array.from({ length: 30 }, () => short('start.example/within')));
	expect(new Set(all.map(({ url, settledUrl }) => `${url} ${settledUrl}`))).toEqual(
		new Set([`${web.url('end.example/')} ${web.url('start.example/')}`])
	);
	expect(most.get('end.example')).toBe(1);
});

test('a pause lies between two visits', async () => {
	slow('calm.example/');
	const calmly = politely(db, { allowance: web.allowance, pause: 300 });
	const begin = performance.now();
	await calmly(web.url('calm.example/'), bounds);
	await calmly(web.url('calm.example/'), bounds);
	expect(performance.now() - begin).toBeGreaterThan(300);
});

test.each([
	['429 with seconds', { 'retry-after': '7200' }, 429, 7200],
	['503 with a date', {}, 503, 600],
	['429 without a time', {}, 429, 60],
	['a time of years', { 'retry-after': '999999999' }, 429, 86_400]
])('a host that answers %s rests, and is asked for nothing meanwhile', async (_name, headers, status, seconds) => {
	web.pages.set('tired.example/', (_request, response) => {
		const date = { 'retry-after': new Date(Date.now() + seconds * 1000).toUTCString() };
		response.writeHead(status, { ...html, ...headers, ...(status === 503 && date) }).end();
	});
	web.pages.set('tired.example/other', 'there');
	web.pages.set('leads.example/', (_request, response) =>
		response.writeHead(302, { location: web.url('tired.example/other') }).end()
	);
	expect((await visit('tired.example/')).status).toBe(status);
	const [tired] = await hosts();
	expect(tired!.left).toBeGreaterThan(seconds - 3);
	expect(tired!.left).toBeLessThanOrEqual(seconds + 1);
	const before = web.asked.length;
	if (seconds > 60) {
		await expect(visit('tired.example/other')).rejects.toMatchObject({ reason: 'rests', message: /left alone for/ });
		await expect(visit('leads.example/')).rejects.toMatchObject({ reason: 'rests' });
		expect(web.asked.slice(before)).toEqual(['leads.example/']);
	}
	await db.execute(sql`update web_host set free_at = now()`);
	await visit('tired.example/other');
	expect((await hosts()).find(({ host }) => host === 'tired.example')).toMatchObject({ failures: 0, busy: false });
});

test('a host that does not answer three times rests, longer each time; one that is refused is not counted', async () => {
	web.pages.set('dead.example/', (_request, response) => response.destroy());
	for (const left of [0, 0, 60, 120]) {
		await expect(visit('dead.example/')).rejects.toMatchObject({ reason: 'unreachable' });
		const [dead] = await hosts();
		expect(dead!.left).toBeGreaterThan(left - 5);
		expect(dead!.left).toBeLessThanOrEqual(left + 1);
		await db.execute(sql`update web_host set free_at = now()`);
	}
	await db.execute(sql`delete from web_host`);
	await expect(visit('wiki.inside/')).rejects.toMatchObject({ reason: 'private' });
	expect(await hosts()).toMatchObject([{ host: 'wiki.inside', failures: 0, busy: false }]);
});

test('whoever waits for a page goes first, and hears soon that it takes long', async () => {
	slow('busy.example/1');
	slow('busy.example/2');
	slow('busy.example/watched');
	const watched = politely(db, { allowance: web.allowance, pause: 1, patience: 5_000 });
	const others = [visit('busy.example/1'), visit('busy.example/2')];
	await watched(web.url('busy.example/watched'), bounds);
	await Promise.all(others);
	expect(web.asked).toEqual(['busy.example/1', 'busy.example/watched', 'busy.example/2']);
	await db.execute(sql`update web_host set free_at = now() + interval '30 seconds'`);
	const brief = politely(db, { allowance: web.allowance, patience: 100 });
	await expect(brief(web.url('busy.example/1'), bounds)).rejects.toMatchObject({ message: /try again soon/ });
});

test('a turn that its holder never gave back ends by itself', async () => {
	slow('left.example/');
	await db.execute(
		sql`insert into web_host (host, holder, busy_until) values ('left.example', gen_random_uuid(), now() + interval '300 milliseconds')`
	);
	const begin = performance.now();
	expect((await visit('left.example/')).status).toBe(200);
	expect(performance.now() - begin).toBeGreaterThan(200);
	await db.execute(sql`update web_host set free_at = now() - interval '2 days'`);
	await sweepHosts(db);
	expect(await hosts()).toEqual([]);
});

test('Retry-After in its two forms, and what is none', () => {
	expect(
		['120', ' 5 ', '', 'soon', '-3', '1e9', new Date(Date.now() - 5000).toUTCString()].map(retryAfterSeconds)
	).toEqual([120, 5, 0, 0, 0, 0, 0]);
});
