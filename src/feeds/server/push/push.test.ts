import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { eq } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { Live } from '#src/core/notify/server/live.ts';
import { connect, sql } from '#src/platform/server/db.ts';
import { openVault } from '#src/platform/server/vault.ts';
import { Failure } from '#src/platform/server/errors.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { until } from '#src/testing/smtp.ts';
import { testWeb } from '#src/testing/web.ts';
import { entryFilter } from '../../input.ts';
import { feed, feedPush } from '../schema.ts';
import { readEntries } from '../stream.ts';
import { subscribe, unsubscribe } from '../subscribe.ts';
import { mySubscriptions } from '../subscriptions.ts';
import { takePush, verifyIntent } from './arrive.ts';
import { askHubs, openPush } from './ask.ts';

const { db, url: databaseUrl } = await testDatabase();
const web = await testWeb();
openVault({ SECRET: 'a secret of at least thirty-two letters', DATA_DIR: '' });

/** Our own door for hubs, as the route stands before the same commands. */
const door = createServer((request, response) => {
	const url = new URL(request.url!, 'http://door');
	const id = url.pathname.split('/').at(-1)!;
	const answer = async () => {
		if (request.method === 'GET') return response.end(await verifyIntent(db, id, url.searchParams));
		const body = Buffer.from(await text(request));
		const header = (name: string) => String(request.headers[name] ?? '');
		await takePush(db, id, { body, contentType: header('content-type'), signature: header('x-hub-signature') });
		response.writeHead(202).end();
	};
	answer().catch((error) => response.writeHead(error instanceof Failure ? error.status : 500).end());
});
await new Promise<void>((done) => door.listen(0, '127.0.0.1', done));
openPush(`http://127.0.0.1:${(door.address() as AddressInfo).port}`);

/** A hub: takes wishes, asks back at the address given, and pushes what a publisher hands it. */
interface Wish {
	callback: string;
	secret: string;
	lease: number;
}
const wishes = new Map<string, Wish>();
const heard: string[] = [];
web.pages.set('hub.example/', async (request: IncomingMessage, response) => {
	const form = new URLSearchParams(await text(request));
	const [mode, topic] = [form.get('hub.mode')!, form.get('hub.topic')!];
	heard.push(mode);
	response.writeHead(202).end();
	const callback = new URL(form.get('hub.callback')!);
	const challenge = `c-${heard.length}`;
	for (const [name, value] of Object.entries({
		...{ 'hub.mode': mode, 'hub.topic': topic, 'hub.challenge': challenge, 'hub.lease_seconds': '3600' }
	}))
		callback.searchParams.set(name, value);
	const answer = await fetch(callback);
	if ((await answer.text()) !== challenge || !answer.ok) return;
	if (mode === 'unsubscribe') wishes.delete(topic);
	else wishes.set(topic, { callback: form.get('hub.callback')!, secret: form.get('hub.secret')!, lease: 3600 });
});
async function publish(topic: string, body: string, { secret = wishes.get(topic)!.secret, method = 'sha256' } = {}) {
	const signature = `${method}=${createHmac(method, secret).update(body).digest('hex')}`;
	const headers = { 'content-type': 'application/rss+xml', 'x-hub-signature': signature };
	return (await fetch(wishes.get(topic)!.callback, { method: 'POST', headers, body })).status;
}

const hub = `<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="hub" href="${web.url('hub.example/')}"/>`;
const rss = (head: string, ...titles: string[]) =>
	`<rss version="2.0"><channel><title>Yard</title>${head}${titles.map((title) => `<item><title>${title}</title><link>/${title}</link></item>`).join('')}</channel></rss>`;
function serve(place: string, body: string, headers = {}) {
	web.pages.set(place, (_request, response) =>
		response.writeHead(200, { 'content-type': 'application/rss+xml', ...headers }).end(body)
	);
	return web.url(place);
}

const live = new Live(db);
const listening = connect(databaseUrl, 2);
await live.listen(listening.client);
afterAll(async () => {
	live.end();
	await listening.close();
	door.closeAllConnections();
	door.close();
});

const spaceId = await aSpace(db);
const steward = await aPerson(db, { spaces: [spaceId], steward: true });
const member = await aPerson(db, { spaces: [spaceId] });
const stranger = await aPerson(db);
const topic = serve('pushed.example/feed', rss(hub, 'first'));
const subscription = await subscribe(db, steward, { url: topic, title: '', folder: '', spaceId }, web.fetch);
const pushOf = async () => (await db.select().from(feedPush))[0]!;
const titles = async () =>
	(await readEntries(db, member, { ...entryFilter.parse({}), order: 'newest' })).items.map(({ title }) => title);

/** What an open page hears. */
async function open(viewer: typeof member): Promise<{ text: string }> {
	const page = { text: '' };
	const stream = await live.open(viewer, {});
	void (async () => {
		const decoder = new TextDecoder();
		for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) page.text += decoder.decode(chunk);
	})();
	await until(() => page.text.includes('event: count'));
	return page;
}

test('a feed with a hub is asked for once, by a wish that the hub proves to be ours', async () => {
	expect(await askHubs(db, web.fetch)).toBe(1);
	await until(async () => (await pushOf()).state === 'on');
	expect(wishes.get(topic)?.secret).toMatch(/^[0-9a-f]{64}$/);
	expect((await pushOf()).secret).not.toContain(wishes.get(topic)!.secret);
	expect(await askHubs(db, web.fetch)).toBe(0);
	const { id } = await pushOf();
	const asking = (more: Record<string, string>) =>
		verifyIntent(db, id, new URLSearchParams({ 'hub.topic': topic, 'hub.challenge': 'x', ...more }));
	await expect(asking({ 'hub.mode': 'unsubscribe' })).rejects.toMatchObject({ kind: 'not_found' });
	await expect(asking({ 'hub.mode': 'subscribe', 'hub.topic': 'https://other.example/' })).rejects.toMatchObject({
		kind: 'not_found'
	});
	expect((await mySubscriptions(db, member))[0]?.pace).toBe(
		'It tells of news at once, and is looked at every 6 hours besides.'
	);
});

test('what is pushed is there at once, and the open pages of its readers hear of it', async () => {
	const [members, strangers] = [await open(member), await open(stranger)];
	expect(await publish(topic, rss('', 'second'))).toBe(202);
	expect(await titles()).toEqual(['second', 'first']);
	await until(() => members.text.includes('event: feeds'));
	expect(strangers.text).not.toContain('event: feeds');
	expect(await publish(topic, rss('', 'second'), { method: 'sha1' })).toBe(202);
	expect(await titles()).toEqual(['second', 'first']);
});

test('what is not signed with our secret is not taken; what is no feed makes us look', async () => {
	expect(await publish(topic, rss('', 'forged'), { secret: 'guessed' })).toBe(403);
	expect((await fetch(wishes.get(topic)!.callback, { method: 'POST', body: rss('', 'forged') })).status).toBe(403);
	expect(await titles()).toEqual(['second', 'first']);
	await db.update(feed).set({ nextCheckAt: new Date(Date.now() + 3_600_000) });
	expect(await publish(topic, 'ping')).toBe(202);
	expect((await db.select().from(feed))[0]!.nextCheckAt.getTime()).toBeLessThanOrEqual(Date.now() + 1000);
});

test('the lease is renewed before it ends, with the same secret', async () => {
	const before = wishes.get(topic)!;
	await db.execute(
		sql`update feed_push set lease_until = now() + interval '20 minutes', asked_at = now() - interval '40 minutes'`
	);
	expect(await askHubs(db, web.fetch)).toBe(1);
	await until(async () => (await pushOf()).leaseUntil!.getTime() > Date.now() + 3_000_000);
	expect(wishes.get(topic)).toEqual(before);
});

test('a hub that refuses or never answers is left alone after a while, and the feed is looked at as others are', async () => {
	const other = serve('deaf.example/feed', rss('', 'third'), {
		link: `<${web.url('nobody.example/')}>; rel="hub", </feed>; rel=self`
	});
	await subscribe(db, member, { url: other, title: '', folder: '' }, web.fetch);
	const deaf = async () => (await db.select().from(feedPush).where(eq(feedPush.topic, other)))[0]!;
	for (let time = 0; time < 7; time += 1) {
		await askHubs(db, web.fetch);
		await db.execute(sql`update feed_push set asked_at = now() - interval '3 days' where topic = ${other}`);
	}
	expect(await deaf()).toMatchObject({ state: 'refused', failures: 6 });
	expect((await mySubscriptions(db, member)).find(({ url }) => url === other)?.pace).toMatch(/^Looked at/);
});

test('where nobody reads it any more, the hub is told, and proves that too', async () => {
	await unsubscribe(db, steward, subscription);
	await askHubs(db, web.fetch);
	await until(() => !wishes.has(topic));
	await until(async () => (await db.select().from(feedPush).where(eq(feedPush.topic, topic))).length === 0);
	expect(heard.at(-1)).toBe('unsubscribe');
});
