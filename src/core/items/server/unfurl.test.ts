import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe as group, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import { safeFetch, type Fetch } from '#src/platform/server/safe-fetch.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { item } from './schema.ts';
import { describe, unfurlLinks } from './unfurl.ts';
import { createItem } from './write.ts';

const { db } = await testDatabase();
let origin = '';
let asked = 0;
const server = createServer((request, response) => {
	asked += 1;
	response.writeHead(request.url === '/gone' ? 404 : 200, { 'content-type': 'text/html' });
	response.end(
		'<title>How tills <b>work</title><meta name="description" content="All &amp; more"><meta property="og:title" content="Tills &lt;3">'
	);
});
beforeAll(async () => {
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const fetchHere: Fetch = (url, options) => safeFetch(url, options, { allow: () => true });

async function written(bodyMd: string) {
	const spaceId = await aSpace(db);
	const viewer = await aPerson(db, { spaces: [spaceId] });
	return db.transaction((tx) => createItem(tx, viewer, { kind: 'question', spaceId, bodyMd }));
}
const htmlOf = async (id: string) => (await db.select().from(item).where(eq(item.id, id)))[0]!.bodyHtml;

test('a link on a line of its own becomes a card, and is read once', async () => {
	const id = await written(`See:\n\n${origin}/a\n\n${origin}/gone`);
	await unfurlLinks(db, id, fetchHere);
	expect(await htmlOf(id)).toContain(
		`<a class="link-card" href="${origin}/a" rel="nofollow noopener"><span class="link-card-title">Tills &lt;3</span> <span class="link-card-text">All &amp; more</span> <span class="link-card-site">127.0.0.1</span></a>`
	);
	expect(await htmlOf(id)).toContain(`>${origin}/gone</a>`);
	await unfurlLinks(db, id, fetchHere);
	expect(asked).toBe(2);
});

test('a link into our own network is never followed', async () => {
	const before = asked;
	const id = await written(`${origin}/private`);
	await unfurlLinks(db, id);
	expect(asked).toBe(before);
	expect(await htmlOf(id)).not.toContain('link-card');
});

group('what a page says of itself', () => {
	test.each([
		['its title', '<html><title> A \n page </title>', { title: 'A page', site: 'a.example', description: '' }],
		['entities once', '<title>A &amp;amp; B</title>', { title: 'A &amp; B', site: 'a.example', description: '' }],
		[
			'its own name',
			'<meta property="og:title" content="T"><meta property="og:site_name" content="S">',
			{ title: 'T', site: 'S', description: '' }
		],
		['nothing', '<p>words', undefined]
	])('%s', (_, html, expected) => expect(describe(html, 'www.a.example')).toEqual(expected));
});
