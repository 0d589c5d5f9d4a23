/**
 * A web of feeds for `bench/feeds-round.ts`, on every address of this machine (127.x.y.z), each a host of its own.
 * Most servers know what they sent last; `POST /new?share=` lets a share of the feeds say something new.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { seeded } from '#src/testing/stories/random.ts';

const POSTS = Number(process.env.POSTS ?? 8);
/** One in so many servers sends all each time. */
const FORGETFUL = 21;
const WORDS =
	'harbour crane shift pallet label noon list town ship weather driver cab gate coffee rain map rule salt tea timber glass copper rope tide'.split(
		' '
	);

let share = 0;
const count = { asked: 0, whole: 0, unchanged: 0, notModified: 0, most: 0 };
const underWay = new Map<string, number>();
const served = new Set<string>();

const numberOf = (url: string) => Number(url.split('/').pop());
const isNew = (feed: number) => share > 0 && feed % Math.round(1 / share) === 0;

function feedOf(host: string, feed: number): string {
	const posts = Array.from({ length: POSTS + (isNew(feed) ? 1 : 0) }, (_, at) => {
		const random = seeded(feed * 100 + at);
		const text = Array.from(
			{ length: 8 },
			() => `<p>${Array.from({ length: 30 }, () => `${random.pick(WORDS)}${random.upTo(50)}`).join(' ')}.</p>`
		).join('');
		const day = new Date(Date.now() - (POSTS - at) * 86_400_000).toDateString();
		return `<item><title>Post ${at} of ${feed}</title><guid isPermaLink="false">${feed}-${at}</guid><link>/${feed}/${at}</link><pubDate>${new Date(day).toUTCString()}</pubDate><description><![CDATA[${text}]]></description></item>`;
	}).reverse();
	return `<rss version="2.0"><channel><title>Feed ${feed}</title><link>http://${host}/</link>${posts.join('')}</channel></rss>`;
}

function answer(request: IncomingMessage, response: ServerResponse): void {
	const feed = numberOf(request.url!);
	const tag = `"${createHash('sha1')
		.update(`${feed} ${isNew(feed)}`)
		.digest('hex')}"`;
	const isSame = served.has(`${feed} ${isNew(feed)}`);
	served.add(`${feed} ${isNew(feed)}`);
	count.asked += 1;
	if (isSame) count.unchanged += 1;
	const remembers = feed % FORGETFUL !== 0;
	if (remembers && request.headers['if-none-match'] === tag) {
		count.notModified += 1;
		response.writeHead(304, { etag: tag }).end();
		return;
	}
	count.whole += 1;
	const headers = { 'content-type': 'application/rss+xml', ...(remembers && { etag: tag }) };
	response.writeHead(200, headers).end(feedOf(request.headers.host!, feed));
}

const server = createServer((request, response) => {
	const url = new URL(request.url!, 'http://web');
	if (url.pathname === '/count') return void response.end(JSON.stringify(count));
	if (url.pathname === '/new') {
		share = Number(url.searchParams.get('share'));
		Object.assign(count, { asked: 0, whole: 0, unchanged: 0, notModified: 0 });
		return void response.end();
	}
	const host = request.headers.host!;
	underWay.set(host, (underWay.get(host) ?? 0) + 1);
	count.most = Math.max(count.most, underWay.get(host)!);
	response.once('close', () => underWay.set(host, underWay.get(host)! - 1));
	// What a server of the web takes to answer.
	setTimeout(() => answer(request, response), 100 + (numberOf(request.url!) % 20) * 20);
});
server.listen(0, '0.0.0.0', () => console.log((server.address() as AddressInfo).port));
process.once('SIGTERM', () => process.exit(0));
