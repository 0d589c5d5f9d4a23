import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseAtomFeed } from 'feedsmith';
import { GoogleReaderApi } from 'google-reader-api';
import { afterAll, expect, test, vi } from 'vitest';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { createToken, revokeToken } from '#src/core/api/server/tokens.ts';
import { keptFilter } from '#src/core/keeping/input.ts';
import { listKept } from '#src/core/keeping/server/read.ts';
import { parse } from '#src/platform/server/parse.ts';
import { openFetch } from '#src/platform/server/safe-fetch.ts';
import { readAllowance } from '#src/platform/server/fetch-allow.ts';
import { apiClient } from '#src/testing/api.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { aSpaceFeed } from '#src/testing/feeds.ts';
import { readEntries } from '../stream.ts';
import { mySubscriptions } from '../subscriptions.ts';
import { answerReader } from './answer.ts';

const { db } = await testDatabase();
const api = apiClient(db);

/** The real answers over real HTTP, and a few feeds beside them. */
const server = createServer(async (request, response) => {
	const url = new URL(request.url!, 'http://127.0.0.1');
	if (url.pathname.endsWith('.xml')) return void response.end(aFeed(url.pathname.slice(1, -4)));
	const body = request.method === 'POST' ? Buffer.concat(await request.toArray()) : undefined;
	const asked = new Request(url, { method: request.method!, headers: request.headers as never, body });
	const path = decodeURIComponent(url.pathname.slice('/api/greader.php/'.length));
	const answer = await answerReader(db, asked, path, '127.0.0.1');
	response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;
const base = `http://127.0.0.1:${port}`;
openFetch(readAllowance('127.0.0.1'));
afterAll(() => server.close());

function aFeed(name: string): string {
	const item = (number: number) => {
		const at = new Date(Date.now() - number * 3_600_000).toUTCString();
		return `<item><title>${name} ${number}</title><link>https://${name}.example/${number}</link><guid>${number}</guid>
			<pubDate>${at}</pubDate><description>&lt;p&gt;Text ${number} of ${name}.&lt;/p&gt;</description></item>`;
	};
	return `<rss version="2.0"><channel><title>${name}</title><link>https://${name}.example/</link>
		${[1, 2, 3, 4, 5].map(item).join('')}</channel></rss>`;
}

async function aReader(options: Parameters<typeof aPerson>[1] = {}) {
	const viewer = await aPerson(db, options);
	const { id, token } = await createToken(db, viewer, { name: 'Phone', scopes: ['reader'], days: 30 });
	return { viewer, id, token, client: new GoogleReaderApi(`${base}/api/greader.php`, 'any@example.org', token) };
}

/** A call as readers make it, where the library has none. */
const call = (token: string, path: string, form?: Record<string, string>) =>
	fetch(`${base}/api/greader.php/reader/api/0/${path}`, {
		headers: { authorization: `GoogleLogin auth=${token}` },
		...(form && { method: 'POST', body: new URLSearchParams(form) })
	});

const titles = async (viewer: Viewer, show: 'unread' | 'all' = 'unread') =>
	(await readEntries(db, viewer, { show, order: 'newest', limit: 100 })).items.map(({ title }) => title);

test('a client signs in, takes up a feed, reads it by pages, and what it marks is marked in the page', async () => {
	const { viewer, client, token } = await aReader();
	expect(await client.getUserInfo()).toMatchObject({ userName: viewer.name });
	await client.getPostToken();
	const added = await client.quickAddSubscription(`${base}/harbour.xml`);
	expect(added).toMatchObject({ numResults: 1, streamName: 'harbour' });
	expect(await client.getSubscriptionList()).toMatchObject([{ id: added.streamId, title: 'harbour', categories: [] }]);

	const first = await client.getStreamContents({ streamId: 'user/-/state/com.google/reading-list', itemsPerPage: 3 });
	expect(first.items.map(({ title }) => title)).toEqual(['harbour 1', 'harbour 2', 'harbour 3']);
	expect(first.items[0]).toMatchObject({
		id: expect.stringMatching(/^tag:google\.com,2005:reader\/item\/[0-9a-f]{16}$/),
		alternate: [{ href: 'https://harbour.example/1' }],
		summary: { content: expect.stringContaining('Text 1 of harbour.') },
		origin: { streamId: added.streamId, title: 'harbour', htmlUrl: 'https://harbour.example/' }
	});
	const { continuation } = first;
	const second = await client.getStreamContents({ streamId: added.streamId, itemsPerPage: 3, continuation });
	expect(second.items.map(({ title }) => title)).toEqual(['harbour 4', 'harbour 5']);
	expect(second.continuation).toBeUndefined();

	const [one, two] = first.items.map(({ id }) => id);
	await client.editTag({ editIds: [one!, two!], addIds: ['user/-/state/com.google/read'] });
	expect(await titles(viewer)).toEqual(['harbour 3', 'harbour 4', 'harbour 5']);
	await client.editTag({ editIds: [one!], removeIds: ['user/-/state/com.google/read'] });
	expect(await titles(viewer)).toEqual(['harbour 1', 'harbour 3', 'harbour 4', 'harbour 5']);
	expect((await client.getUnreadCounts()).unreadcounts).toMatchObject([{ count: 4 }, { id: added.streamId, count: 4 }]);

	const unread = await client.getStreamItemIds({
		...{ streamId: 'user/-/state/com.google/reading-list', itemsPerPage: 100 },
		excludeStreamId: 'user/-/state/com.google/read'
	});
	const numbers = unread.itemRefs.map(({ id }) => id);
	expect(numbers.every((id) => /^\d+$/.test(id))).toBe(true);
	const { items } = await client.getStreamItemContents(numbers);
	expect(items.map(({ title }) => title)).toEqual(await titles(viewer));
	const atom = await fetch(`${base}/api/greader.php/reader/atom/${added.streamId}?n=2`, {
		headers: { authorization: `GoogleLogin auth=${token}` }
	});
	const { entries } = parseAtomFeed(await atom.text());
	const marks = entries!.map(({ id, categories }) => [id, categories!.some(({ term }) => term!.endsWith('/read'))]);
	expect(marks).toEqual([
		[one, false],
		[two, true]
	]);
	await client.markAllAsRead({ streamId: added.streamId });
	expect(await titles(viewer)).toEqual([]);
});

test('folders come and go, a feed of a space is put away for its reader alone', async () => {
	const spaceId = await aSpace(db, { name: 'Yard team' });
	const { feeds } = await aSpaceFeed(db, spaceId);
	const { viewer, client, token } = await aReader({ spaces: [spaceId] });
	const other = await aPerson(db, { spaces: [spaceId] });
	await client.getPostToken();
	const [label, renamed] = ['user/-/label/At work', 'user/-/label/Work'];
	const feed = `${base}/docks.xml`;
	await client.editSubscription({
		action: 'subscribe',
		streamId: `feed/${feed}`,
		title: 'My docks',
		categoryId: label
	});
	const list = await client.getSubscriptionList();
	expect(list.map(({ title, categories }) => [title, categories[0]?.label])).toEqual([
		['My docks', 'At work'],
		['Yard', 'Yard team']
	]);
	const inFolder = await client.getStreamContents({ streamId: encodeURIComponent(label) });
	expect(inFolder.items).toHaveLength(5);
	expect(inFolder.items[0]!.categories).toContain(label);
	await call(token, 'rename-tag', { s: label, dest: renamed });
	expect((await client.getTagList()).map(({ id }) => id)).toEqual([
		...['user/-/state/com.google/starred', renamed, 'user/-/label/Yard team']
	]);
	await call(token, 'mark-all-as-read', { s: renamed, ts: String(Date.now() * 1000) });
	expect(await titles(viewer)).toEqual(['What changes for pallets']);
	const docks = list[0]!.id;
	await client.editSubscription({
		action: 'edit',
		streamId: docks,
		title: 'Docks',
		categoryId: renamed,
		addCategory: false
	});
	expect((await mySubscriptions(db, viewer))[0]).toMatchObject({ title: 'Docks', folder: '' });
	await client.editSubscription({ action: 'unsubscribe', streamId: docks });
	expect((await call(token, 'subscription/edit', { ac: 'edit', s: `feed/${feeds}`, t: 'Mine' })).status).toBe(403);
	await client.editSubscription({ action: 'unsubscribe', streamId: `feed/${feeds}` });
	expect(await client.getSubscriptionList()).toEqual([]);
	expect(await titles(other)).toEqual(['What changes for pallets']);
});

test('a star is what one keeps, and stays when the feed is given up', async () => {
	const { viewer, client, token } = await aReader();
	const STARRED = 'user/-/state/com.google/starred';
	await client.getPostToken();
	const { streamId } = await client.quickAddSubscription(`${base}/kept.xml`);
	const { items } = await client.getStreamContents({ streamId });
	const [one, two] = items.map(({ id }) => id);
	await client.editTag({ editIds: [one!, two!], addIds: [STARRED] });
	await client.editTag({ editIds: [one!], addIds: [STARRED] });
	expect((await listKept(db, viewer, parse(keptFilter, {}))).items.map(({ title }) => title)).toEqual([
		'kept 2',
		'kept 1'
	]);
	await client.editTag({ editIds: [two!], removeIds: [STARRED] });
	await client.editSubscription({ action: 'unsubscribe', streamId });
	const kept = await client.getStreamContents({ streamId: STARRED });
	expect(kept.items).toMatchObject([
		{ id: one, title: 'kept 1', summary: { content: expect.stringContaining('Text 1') } }
	]);
	expect(kept.items[0]!.categories).toContain(STARRED);
	expect((await client.getStreamItemContents([one!, two!])).items.map(({ id }) => id)).toEqual([one]);
	const nobody = await aReader();
	await call(nobody.token, 'edit-tag', { i: one!, a: STARRED });
	expect((await listKept(db, nobody.viewer, parse(keptFilter, {}))).items).toEqual([]);
	expect((await call(token, `stream/items/ids?s=${STARRED}&xt=user/-/state/com.google/read`)).status).toBe(200);
});

test('a reader sees no entry of others, and marks none', async () => {
	const { client } = await aReader();
	await client.getPostToken();
	await client.quickAddSubscription(`${base}/alone.xml`);
	const { items } = await client.getStreamContents({ streamId: 'user/-/state/com.google/reading-list' });
	const nobody = await aReader();
	expect((await nobody.client.getStreamItemContents(items.map(({ id }) => id))).items).toEqual([]);
	await nobody.client.editTag({ editIds: [items[0]!.id], addIds: ['user/-/state/com.google/read'] });
	const read = await nobody.client.getStreamContents({ streamId: 'user/-/state/com.google/read' });
	expect(read.items).toEqual([]);
});

test('only a token for readers signs in; it opens nothing else, and ends at once', async () => {
	vi.spyOn(console, 'error').mockImplementation(() => {});
	const { viewer, id, token, client } = await aReader();
	const { token: wide } = await createToken(db, viewer, { name: 'Wide', scopes: ['read', 'write'], days: 1 });
	const login = (Passwd: string) =>
		fetch(`${base}/api/greader.php/accounts/ClientLogin`, { method: 'POST', body: new URLSearchParams({ Passwd }) });
	expect(await (await login(token)).text()).toContain(`\nAuth=${token}\n`);
	for (const wrong of [wide, 'password', '', `${token}x`]) expect((await login(wrong)).status).toBe(401);
	expect((await call(wide, 'user-info')).status).toBe(403);
	expect((await fetch(`${base}/api/greader.php/reader/api/0/user-info`)).status).toBe(401);
	const made = await api(viewer, 'POST /me/tokens', { name: 'By API', scopes: ['reader'], days: 5 });
	expect(made.status).toBe(201);
	await client.getUserInfo();
	await revokeToken(db, viewer, id);
	await expect(client.getUserInfo()).rejects.toThrow();
});

test('what is wrong is told, and nothing breaks', async () => {
	const { token } = await aReader();
	const wrong: [string, number, Record<string, string>?][] = [
		['stream/contents/feed/none', 400],
		['stream/contents/user%2F-%2Fstate%2Fcom.google%2Freading-list?c=x', 400],
		['stream/items/contents?i=zzz', 400],
		['stream/items/contents?i=99999999999999999999', 400],
		['edit-tag', 400, { a: 'user/-/state/com.google/read' }],
		['edit-tag', 400, { i: '-1', a: 'user/-/state/com.google/read' }],
		['edit-tag', 400],
		['mark-all-as-read', 400, { s: 'user/-/state/com.google/reading-list', ts: 'now' }],
		['subscription/edit', 400, { ac: 'burn', s: 'feed/1' }],
		['subscription/edit', 404, { ac: 'unsubscribe', s: 'feed/none' }],
		['rename-tag', 400, { s: 'user/-/label/a' }],
		['nothing/here', 404]
	];
	for (const [path, status, form] of wrong) {
		const answer = await call(token, path, form);
		expect([path, answer.status]).toEqual([path, status]);
		expect((await answer.text()).length).toBeGreaterThan(5);
	}
	const quick = await (await call(token, 'subscription/quickadd', { quickadd: 'no address' })).json();
	expect(quick).toMatchObject({ numResults: 0, error: expect.stringContaining('must be the address') });
	for (const path of ['preference/list', 'preference/stream/list', 'unread-count', 'tag/list', 'token'])
		expect((await call(token, `${path}?output=json`)).status).toBe(200);
});

test('who calls without end is told when to come again', async () => {
	const { token } = await aReader();
	const answers = await Promise.all(Array.from({ length: 310 }, () => call(token, 'preference/list')));
	const refused = answers.filter(({ status }) => status === 429);
	expect(refused.length).toBeGreaterThan(0);
	expect(Number(refused[0]!.headers.get('retry-after'))).toBeGreaterThan(0);
});
