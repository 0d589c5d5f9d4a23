/// <reference lib="webworker" />
/**
 * Shows job aids without a network, and nothing else: its scope is /aids/, and all it keeps
 * are the run pages it is told of, with the scripts, styles and pictures these name. A copy
 * belongs to one person: the next one's word deletes it, and so do signing out and the sign-in page.
 */
const worker = self as unknown as ServiceWorkerGlobalScope;
const cacheOf = (person: string) => `aids:${person}`;

/** How long a slow network may take before the copy is shown. */
const PATIENCE = 4_000;
/** Copies at most; the oldest give way. */
const MOST_PAGES = 60;

worker.addEventListener('install', () => void worker.skipWaiting());
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener('message', (event) => {
	const { keep, person } = (event.data ?? {}) as { keep?: unknown; person?: unknown };
	if (typeof keep !== 'string' || typeof person !== 'string' || !isRun(keep)) return;
	event.waitUntil(keepPage(keep, person).then(() => event.source?.postMessage({ kept: keep })));
});

worker.addEventListener('fetch', (event) => {
	const { request } = event;
	const url = new URL(request.url);
	if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
	if (request.mode === 'navigate') {
		if (isRun(url.pathname) || isAid(url.pathname)) event.respondWith(page(request, url.pathname));
	} else if (isPart(url.pathname)) event.respondWith(part(request));
});

const isRun = (path: string) => /^\/aids\/[0-9a-f-]{36}\/run$/.test(path);
const isAid = (path: string) => /^\/aids\/[0-9a-f-]{36}$/.test(path);
/** What a page is made of: hashed scripts and styles, files, and the script of aids. */
const isPart = (path: string) => /^\/(_app\/immutable|files)\//.test(path) || path === SCRIPT;
/** The script of the pages: the one part that changes beneath its address. */
const SCRIPT = '/aids/device.js';

async function keepPage(path: string, person: string): Promise<void> {
	for (const name of await caches.keys())
		if (name.startsWith('aids:') && name !== cacheOf(person)) await caches.delete(name);
	const cache = await caches.open(cacheOf(person));
	const answer = await fetch(path, { headers: { accept: 'text/html' } }).catch(() => undefined);
	if (!answer) return;
	if (!isOwn(answer)) return void (await cache.delete(path));
	const html = await answer.clone().text();
	await Promise.all(partsOf(html, path).map((part) => keepPart(cache, part)));
	await cache.delete(path);
	await cache.put(path, answer);
	await dropOldest(cache);
}

/** The page itself, not the way to the sign-in page. */
const isOwn = (answer: Response) => answer.ok && !answer.redirected && answer.type === 'basic';

/** Addresses of this house that a page names: in links, pictures and its first script. */
function partsOf(html: string, path: string): string[] {
	const named = [...html.matchAll(/(?:href|src)="([^"]+)"|import\("([^"]+)"\)|(\/files\/[\w./%?~!*-]+)/g)];
	const base = new URL(path, worker.location.origin);
	const urls = named.flatMap(([, link, script, file]) => {
		const url = URL.parse((link ?? script ?? file)!.replaceAll('&amp;', '&'), base);
		return url && url.origin === base.origin && isPart(url.pathname) ? [url.pathname + url.search] : [];
	});
	return [...new Set(urls)];
}

async function keepPart(cache: Cache, address: string): Promise<void> {
	if (address !== SCRIPT && (await cache.match(address))) return;
	const answer = await fetch(address).catch(() => undefined);
	if (answer && isOwn(answer) && answer.status === 200) await cache.put(address, answer);
}

async function dropOldest(cache: Cache): Promise<void> {
	const pages = (await cache.keys()).filter(({ url }) => isRun(new URL(url).pathname));
	for (const request of pages.slice(0, -MOST_PAGES)) await cache.delete(request);
}

/** The network first; without one, or with one that is too slow, the copy. */
async function page(request: Request, path: string): Promise<Response> {
	const run = isRun(path) ? path : `${path}/run`;
	const network = fetch(request).then(async (answer) => {
		// Gone, or not theirs any more: then no copy stays.
		if (answer.status === 403 || answer.status === 404) await eachCache((cache) => cache.delete(run));
		return answer;
	});
	const copy = copyOf(run);
	const slow = new Promise<'slow'>((done) => setTimeout(() => done('slow'), PATIENCE));
	const first = await Promise.race([network.catch(() => 'away' as const), slow]);
	if (typeof first !== 'string') return first;
	return (await copy) ?? (first === 'slow' ? network.catch(nothingKept) : nothingKept());
}

async function part(request: Request): Promise<Response> {
	const copy = await copyOf(request.url);
	if (!copy) return fetch(request);
	if (new URL(request.url).pathname === SCRIPT) return fetch(request).catch(() => copy);
	const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get('range') ?? '');
	return range ? slice(copy, Number(range[1]), range[2] ? Number(range[2]) : undefined) : copy;
}

/** A part of a copy, as films are asked for. */
async function slice(copy: Response, from: number, to?: number): Promise<Response> {
	const whole = await copy.blob();
	const end = Math.min(to ?? whole.size - 1, whole.size - 1);
	const headers = { 'content-type': whole.type, 'content-range': `bytes ${from}-${end}/${whole.size}` };
	return from > end
		? new Response(null, { status: 416 })
		: new Response(whole.slice(from, end + 1), { status: 206, headers });
}

async function copyOf(address: string): Promise<Response | undefined> {
	for (const name of await caches.keys()) {
		if (!name.startsWith('aids:')) continue;
		const found = await (await caches.open(name)).match(address);
		if (found) return found;
	}
	return undefined;
}

async function eachCache(work: (cache: Cache) => Promise<unknown>): Promise<void> {
	for (const name of await caches.keys()) if (name.startsWith('aids:')) await work(await caches.open(name));
}

/** Says what there is on this device, in place of the browser's own page. */
async function nothingKept(): Promise<Response> {
	const links: string[] = [];
	await eachCache(async (cache) => {
		for (const { url } of await cache.keys()) {
			const { pathname } = new URL(url);
			if (!isRun(pathname)) continue;
			const html = await (await cache.match(url))!.text();
			const title = /<title>([^<]*)<\/title>/.exec(html)?.[1]?.replace(/ · Trellis$/, '') ?? pathname;
			links.push(`<li><a href="${pathname}">${title}</a></li>`);
		}
	});
	const kept = links.length > 0 ? `<p>These job aids are kept on this device:</p><ul>${links.join('')}</ul>` : '';
	const body = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>No network · Trellis</title><main><h1>No network</h1><p>This page was not opened on this device before.</p>${kept}</main></html>`;
	const headers = {
		'content-type': 'text/html; charset=utf-8',
		'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'"
	};
	return new Response(body, { status: 503, headers });
}
