import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { findBrowser } from '../scripts/browser.js';
import { node } from '../scripts/prepare.js';
import { subscribe } from '#src/feeds/server/subscribe.ts';
import { connect, row, sql } from '#src/platform/server/db.ts';
import { enqueue, startJobs, stopJobs } from '#src/platform/server/jobs.ts';
import { safeFetch } from '#src/platform/server/safe-fetch.ts';
import { aCookie, aPerson } from '#src/testing/builders.ts';
import { percentile } from './lib/numbers.ts';
import { startTrellis } from './lib/program.ts';
import type { Measure } from './lib/run.ts';

const MOST_MS = 2000;

const item = (name: string) =>
	`<item><title>${name}</title><guid isPermaLink="false">${name}</guid><description>About ${name}.</description></item>`;
const rss = (hub: string, ...names: string[]) =>
	`<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Pushed</title><atom:link rel="hub" href="${hub}"/>${names.map(item).join('')}</channel></rss>`;

/** A publisher and its hub: takes the wish, asks back, and pushes what it is told to. */
async function startHub() {
	let wish: URLSearchParams | undefined;
	const answer = async (request: IncomingMessage, response: ServerResponse) => {
		if (request.method === 'GET')
			return response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(rss(`${url}/hub`, 'first'));
		const form = new URLSearchParams(await text(request));
		response.writeHead(202).end();
		const callback = new URL(form.get('hub.callback')!);
		for (const name of ['hub.mode', 'hub.topic']) callback.searchParams.set(name, form.get(name)!);
		callback.searchParams.set('hub.challenge', 'yes');
		callback.searchParams.set('hub.lease_seconds', '86400');
		if ((await (await fetch(callback)).text()) === 'yes') wish = form;
	};
	const server = createServer((request, response) => void answer(request, response));
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		url,
		isAsked: () => wish !== undefined,
		async push(name: string) {
			const body = rss(`${url}/hub`, name);
			const signature = createHmac('sha256', wish!.get('hub.secret')!).update(body).digest('hex');
			const headers = { 'content-type': 'application/rss+xml', 'x-hub-signature': `sha256=${signature}` };
			const { status } = await fetch(wish!.get('hub.callback')!, { method: 'POST', headers, body });
			if (status !== 202) throw new Error(`The push was answered with ${status}.`);
		},
		stop: () => (server.closeAllConnections(), server.close())
	};
}

/** A port that is free now: hubs are told the address before the application listens. */
async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((done) => server.listen(0, done));
	const { port } = server.address() as AddressInfo;
	await new Promise((done) => server.close(done));
	return port;
}

export default {
	name: 'feeds-push',
	target: `≤ ${MOST_MS / 1000} s from a push of a hub to the entry in an open page`,
	async run({ full }) {
		const port = await freePort();
		const hub = await startHub();
		const origin = { PORT: `${port}`, ORIGIN: `http://localhost:${port}`, FETCH_ALLOW: '127.0.0.0/8' };
		const trellis = await startTrellis(origin);
		const { db, close } = connect(trellis.databaseUrl, 2);
		const browser = await chromium.launch({
			executablePath: findBrowser(node),
			args: ['--no-sandbox', '--disable-gpu']
		});
		try {
			await db.execute(sql`insert into organisation (name) values ('Bench') on conflict do nothing`);
			const reader = await aPerson(db);
			await subscribe(db, reader, { url: `${hub.url}/feed`, title: '', folder: '' }, (url, options) =>
				safeFetch(url, options, { allow: () => true })
			);
			await startJobs(trellis.databaseUrl, false);
			await enqueue(db, 'feeds.push', {});
			const isOn = () => row(db, sql`select 1 from feed_push where state = 'on'`);
			for (let tries = 0; !(hub.isAsked() && (await isOn())); tries += 1) {
				if (tries > 200) throw new Error('The hub was never asked.');
				await wait(100);
			}
			const context = await browser.newContext();
			await context.addCookies([{ ...(await aCookie(db, reader.id)), url: trellis.url }]);
			const page = await context.newPage();
			await page.goto(`${trellis.url}/feeds?order=newest`);
			await page.getByText('first', { exact: true }).waitFor();
			const times: number[] = [];
			for (let n = 0; n < (full ? 50 : 12); n += 1) {
				await wait(300);
				const begin = performance.now();
				await hub.push(`news ${n}`);
				await page.getByRole('link', { name: `news ${n}`, exact: true }).waitFor({ timeout: 10_000 });
				times.push(performance.now() - begin);
			}
			const most = Math.max(...times);
			const figure = `${(most / 1000).toFixed(2)} s at most, ${(percentile(times, 0.5) / 1000).toFixed(2)} s in the middle (${times.length} pushes)`;
			return { figure, ok: most <= MOST_MS };
		} finally {
			await browser.close();
			await stopJobs();
			await close();
			await trellis.stop();
			hub.stop();
		}
	}
} satisfies Measure;
