import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { anArticle, testWeb } from '#src/testing/web.ts';
import { entryFilter } from '../input.ts';
import { putTogether, takeApart } from './apart.ts';
import { readEntry } from './entry.ts';
import { markRead } from './reads.ts';
import { readEntries } from './stream.ts';
import { subscribe } from './subscribe.ts';

const { db } = await testDatabase();
const web = await testWeb();
const spaceId = await aSpace(db);
const [ana, ben] = [await aPerson(db, { spaces: [spaceId] }), await aPerson(db, { spaces: [spaceId] })];
const steward = await aPerson(db, { spaces: [spaceId], steward: true });

const text = anArticle('pallets').replace(/<\/?(html|head|body|title|nav)[^>]*>/g, '');
async function follow(viewer: typeof ana, host: string, title: string, html: string, more = {}) {
	const body = `<rss version="2.0"><channel><title>${host}</title><item><title>${title}</title><link>/1</link><description><![CDATA[${html}]]></description></item></channel></rss>`;
	web.pages.set(`${host}/feed`, (_request: unknown, response: ServerResponse) =>
		response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(body)
	);
	return subscribe(db, viewer, { url: web.url(`${host}/feed`), title: '', folder: '', ...more }, web.fetch);
}
const listed = async (viewer: typeof ana, show: 'all' | 'unread' = 'all') =>
	(await readEntries(db, viewer, { ...entryFilter.parse({}), show, order: 'newest' })).items;

await follow(ana, 'yard.example', 'All about pallets', text);
await follow(steward, 'dock.example', 'Pallets, all of it', `${text}<p>Only the dock knows this.</p>`, { spaceId });

test('the same text under two titles is one entry that names both places; each reader sees their own feeds’ words', async () => {
	const [entry, ...others] = await listed(ana);
	expect(others).toEqual([]);
	expect(entry?.sources.map(({ title }) => title)).toEqual(['yard.example', 'dock.example']);
	const view = await readEntry(db, ana, entry!.id);
	expect(view.tellings).toMatchObject([
		{ feed: 'yard.example', title: 'All about pallets', joined: false },
		{ feed: 'dock.example', title: 'Pallets, all of it', joined: true }
	]);
	expect(view.html).toContain('Only the dock');
	const [bens] = await listed(ben);
	expect(bens?.title).toBe('Pallets, all of it');
	expect(bens?.sources.map(({ title }) => title)).toEqual(['dock.example']);
	await follow(ben, 'yard.example', 'All about pallets', text);
	expect((await listed(ben)).map(({ id }) => id)).toEqual([entry!.id]);
});

test('a reader takes it apart for themselves, and puts it together again; what was read stays read', async () => {
	const [entry] = await listed(ana);
	const telling = (await readEntry(db, ana, entry!.id)).tellings[1]!.id;
	await markRead(db, ana, { ids: [entry!.id], read: true });
	await expect(takeApart(db, ana, { telling, forAll: true })).rejects.toMatchObject({ kind: 'forbidden' });
	await takeApart(db, ana, { telling, forAll: false });
	expect((await listed(ana)).map(({ title }) => title).sort()).toEqual(['All about pallets', 'Pallets, all of it']);
	expect(await listed(ana, 'unread')).toEqual([]);
	expect(await listed(ben)).toHaveLength(1);
	expect(await readEntry(db, ana, telling)).toMatchObject({ apart: 'me', canPartForAll: false });
	await markRead(db, ana, { ids: [telling], read: false });
	expect((await listed(ana, 'unread')).map(({ id }) => id)).toEqual([telling]);
	expect(await putTogether(db, ana, { telling, forAll: false })).toBe(entry!.id);
	expect(await listed(ana)).toHaveLength(1);
});

test('who looks after the space takes it apart for all; nobody else does, and nobody for feeds they do not read', async () => {
	const [entry] = await listed(ana);
	const telling = (await readEntry(db, ana, entry!.id)).tellings[1]!.id;
	await takeApart(db, steward, { telling, forAll: true });
	expect(await listed(ana)).toHaveLength(2);
	expect(await listed(ben)).toHaveLength(2);
	expect(await readEntry(db, ben, telling)).toMatchObject({ apart: 'all' });
	await expect(putTogether(db, ben, { telling, forAll: true })).rejects.toMatchObject({ kind: 'forbidden' });
	expect(await putTogether(db, steward, { telling, forAll: true })).toBe(entry!.id);
	expect(await listed(ben)).toHaveLength(1);
	const stranger = await aPerson(db);
	await expect(takeApart(db, stranger, { telling, forAll: false })).rejects.toMatchObject({ kind: 'not_found' });
});
