import { parseAtomFeed, parseJsonFeed } from 'feedsmith';
import { expect, test } from 'vitest';
import { answerQuestion, askQuestion } from '#src/ask/server/ask.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { ownLists } from '#src/core/export/server/own.ts';
import { leaveSpace } from '#src/core/spaces/server/members.ts';
import { indexItems } from '#src/core/search/server/indexing.ts';
import { deactivatePerson } from '#src/core/people/server/admin.ts';
import { orgRole } from '#src/core/people/server/schema.ts';
import { writePage } from '#src/pages/server/pages.ts';
import { row, sql } from '#src/platform/server/db.ts';
import { apiClient } from '#src/testing/api.ts';
import { aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { answerFeed } from './answer.ts';
import { makeFeedKey, myFeedKeys } from './keys.ts';
import { wireFeedsOut } from './wire.ts';
import { registerKinds } from '#src/app/server/kinds.ts';

const { db } = await testDatabase();
registerKinds();
wireFeedsOut();
const api = apiClient(db);
const origin = 'https://trellis.example.org';

async function aRoom() {
	const spaceId = await aSpace(db, { access: 'secret', name: 'Tills & more' });
	const [writer, reader] = [await aPerson(db, { spaces: [spaceId] }), await aPerson(db, { spaces: [spaceId] })];
	const text = { title: 'Closing the <till>', bodyMd: 'See [the form](/pages/1) and ![it](/files/a/b.png).' };
	const page = await writePage(db, writer, { spaceId, tags: ['till'], ...text });
	return { spaceId, writer, reader, page };
}

/** What a reader gets at an address. */
async function fetchAt(address: string, headers: Record<string, string> = {}, viewer?: Viewer) {
	const url = new URL(address, origin);
	const [, , kind, target, format] = url.pathname.split('/').map(decodeURIComponent);
	const asked = { kind: kind!, target: target!, format: format as 'atom' | 'json' };
	return answerFeed(db, viewer, asked, new Request(url, { headers }));
}
const atomOf = async (answer: Response) => parseAtomFeed(await answer.text());

test('a private address shows what its person may read, whole and in both formats', async () => {
	const { spaceId, reader, page } = await aRoom();
	const made = await makeFeedKey(db, reader, { kind: 'space', target: spaceId }, origin);
	expect(new URL(made.atom).searchParams.get('key')).toMatch(/^[\w-]{32}$/);
	const atom = await atomOf(await fetchAt(made.atom));
	expect(atom.title).toEqual({ value: 'Tills & more' });
	expect(atom.entries).toHaveLength(1);
	expect(atom.entries![0]).toMatchObject({
		...{ id: `${origin}/items/${page}`, title: { value: 'Page: Closing the <till>' } },
		links: [{ href: `${origin}/pages/${page}` }]
	});
	expect(atom.entries![0]!.content!.value).toContain(`<a href="${origin}/pages/1">the form</a>`);
	expect(atom.entries![0]!.content!.value).not.toContain('loading=');
	const sent = await (await fetchAt(made.json)).json();
	const json = parseJsonFeed(sent);
	expect(json.items).toMatchObject([
		{ url: `${origin}/pages/${page}`, content_html: atom.entries![0]!.content!.value }
	]);
	expect(sent.version).toBe('https://jsonfeed.org/version/1.1');
	// Nothing that could be looked at later holds the key.
	const stored = await row<{ all: string }>(db, sql`select json_agg(k)::text as all from feed_key k`);
	expect(stored!.all).not.toContain(new URL(made.atom).searchParams.get('key'));
});

test('who leaves the space has an empty feed under the name they knew, at once', async () => {
	const { spaceId, reader } = await aRoom();
	const made = await makeFeedKey(db, reader, { kind: 'space', target: spaceId }, origin);
	const before = await fetchAt(made.atom);
	await leaveSpace(db, reader, spaceId);
	await db.execute(sql`update space set name = 'Renamed since' where id = ${spaceId}`);
	const known = { 'if-modified-since': before.headers.get('last-modified')! };
	const after = await fetchAt(made.atom, known);
	expect(after.status).toBe(200);
	expect(await atomOf(after)).toMatchObject({ title: { value: 'Tills & more' } });
	expect((await atomOf(await fetchAt(made.atom))).entries ?? []).toEqual([]);
});

test('an unchanged feed is not sent again, by tag or by time', async () => {
	const { spaceId, reader, writer } = await aRoom();
	const made = await makeFeedKey(db, reader, { kind: 'space', target: spaceId }, origin);
	const first = await fetchAt(made.atom);
	const [etag, time] = [first.headers.get('etag')!, first.headers.get('last-modified')!];
	expect((await fetchAt(made.atom, { 'if-none-match': `"other", ${etag}` })).status).toBe(304);
	expect((await fetchAt(made.atom, { 'if-modified-since': time })).status).toBe(304);
	expect((await fetchAt(made.json, { 'if-none-match': etag })).status).toBe(200);
	await writePage(db, writer, { spaceId, tags: [], title: 'New', bodyMd: 'Text.' });
	expect((await fetchAt(made.atom, { 'if-none-match': etag })).status).toBe(200);
	expect((await fetchAt(made.atom, { 'if-modified-since': time })).status).toBe(200);
});

test('an address ends at once: by its person, by a new one, by the account; and tells so', async () => {
	const { spaceId, reader, writer } = await aRoom();
	const of = { kind: 'space', target: spaceId };
	const first = await makeFeedKey(db, reader, of, origin);
	const second = await makeFeedKey(db, reader, of, origin);
	expect((await fetchAt(first.atom)).status).toBe(410);
	expect((await fetchAt(second.json)).status).toBe(200);
	expect(await myFeedKeys(db, reader)).toMatchObject([{ id: second.id, title: 'Tills & more' }]);
	expect((await myFeedKeys(db, reader))[0]!.lastUsedAt).toBeInstanceOf(Date);
	expect((await api(writer, `DELETE /me/feed-addresses/${second.id}`)).status).toBe(404);
	expect((await api(reader, `DELETE /me/feed-addresses/${second.id}`)).status).toBe(204);
	expect((await fetchAt(second.atom)).status).toBe(410);
	const { body } = await api(writer, 'POST /me/feed-addresses', of);
	await db.insert(orgRole).values({ personId: reader.id, role: 'admin' });
	await deactivatePerson(db, await viewerOf(db, reader.id), writer.id);
	expect((await fetchAt(body.atom)).status).toBe(410);
});

test('a key opens its own feed only, and what nobody made opens none', async () => {
	const { spaceId, reader } = await aRoom();
	const { atom } = await makeFeedKey(db, reader, { kind: 'space', target: spaceId }, origin);
	const key = new URL(atom).searchParams.get('key')!;
	expect((await fetchAt(`/out/person/${reader.id}/atom?key=${key}`)).status).toBe(404);
	expect((await fetchAt(`/out/space/${spaceId}/atom?key=`)).status).toBe(404);
	await expect(fetchAt(`/out/space/${spaceId}/atom`)).rejects.toThrow('Sign in');
	const stranger = await aPerson(db);
	await expect(fetchAt(`/out/space/${spaceId}/atom`, {}, stranger)).rejects.toThrow('no such space');
	await expect(makeFeedKey(db, stranger, { kind: 'space', target: spaceId }, origin)).rejects.toThrow('no such space');
	await expect(makeFeedKey(db, stranger, { kind: 'moon', target: 'full' }, origin)).rejects.toThrow('this kind');
});

test('a tag, a person and a search show what the viewer may read of it, and no name that was withheld', async () => {
	const open = await aSpace(db, { name: 'Open', allowAnonymous: true });
	const spaceId = await aSpace(db, { access: 'secret' });
	const [writer, reader] = [
		await aPerson(db, { spaces: [spaceId, open] }),
		await aPerson(db, { spaces: [spaceId, open] })
	];
	const about = { bodyMd: 'Words.', tags: ['scanner'] };
	const named = await askQuestion(db, writer, { spaceId: open, title: 'Scanner beeps', ...about, anonymous: false });
	const masked = await askQuestion(db, writer, {
		spaceId: open,
		title: 'Scanner stays dark',
		...about,
		anonymous: true
	});
	const hidden = await writePage(db, writer, { spaceId, title: 'Scanner codes', ...about });
	await answerQuestion(db, writer, masked, { bodyMd: 'Found it.' });
	await answerQuestion(db, reader, named, { bodyMd: 'Clean the glass.' });
	await indexItems(db, [named, masked, hidden]);
	const stranger = await aPerson(db);
	const ids = async (viewer: Viewer, path: string) =>
		(await atomOf(await fetchAt(`/out/${path}/atom`, {}, viewer))).entries?.map(({ id, title }) =>
			title!.value!.startsWith('Answer') ? title!.value : id!.slice(-36)
		) ?? [];
	expect(await ids(stranger, 'tag/scanner')).toEqual([masked, named]);
	expect(await ids(reader, 'tag/scanner')).toEqual([hidden, masked, named]);
	expect(await ids(stranger, `person/${writer.id}`)).toEqual([named]);
	expect(await ids(stranger, `person/${reader.id}`)).toEqual(['Answer to: Scanner beeps']);
	expect(await ids(stranger, `search/${encodeURIComponent('kind=question&q=scanner')}`)).toEqual([masked, named]);
	expect(await ids(reader, `search/${encodeURIComponent('q=scanner')}`)).toEqual([hidden, masked, named]);
	const own = await (await fetchAt('/out/tag/scanner/atom', {}, await viewerOf(db, writer.id))).text();
	expect(own).toContain('<name>Anonymous</name>');
});

test('a search is the same however it was written down, and tells nobody that a reader looked', async () => {
	const reader = await aPerson(db);
	const made = await makeFeedKey(db, reader, { kind: 'search', target: 'page=2&q= nothing like it &kind=' }, origin);
	expect(made.title).toBe('Search: nothing like it');
	expect((await fetchAt(made.atom)).status).toBe(200);
	const noted = await row<{ n: number }>(db, sql`select count(*)::int as n from signal where actor_id = ${reader.id}`);
	expect(noted!.n).toBe(0);
});

test('one’s archive names the feeds one follows, without their keys', async () => {
	const { spaceId, reader } = await aRoom();
	await makeFeedKey(db, reader, { kind: 'space', target: spaceId }, origin);
	const list = ownLists().find(({ name }) => name === 'feed-addresses')!;
	const kept = await Array.fromAsync(list.list(db, reader));
	expect(kept).toMatchObject([{ kind: 'space', title: 'Tills & more' }]);
	expect(JSON.stringify(kept)).not.toContain('hash');
});
