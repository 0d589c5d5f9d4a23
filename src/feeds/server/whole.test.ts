import { expect, test } from 'vitest';
import { politely } from '#src/platform/server/polite.ts';
import { sql } from '#src/platform/server/db.ts';
import { aPerson } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { anArticle, testWeb } from '#src/testing/web.ts';
import { entryFilter } from '../input.ts';
import { readEntry } from './entry.ts';
import { readEntries } from './stream.ts';
import { subscribe } from './subscribe.ts';
import { readWhole } from './whole.ts';

const { db } = await testDatabase();
const web = await testWeb();
const fetch = politely(db, { allowance: web.allowance, pause: 1 });
const [ana, ben, stranger] = [await aPerson(db), await aPerson(db), await aPerson(db)];

const item = (name: string, link = `/${name}`) =>
	`<item><title>${name}</title><link>${link}</link><description>The beginning of ${name}.</description></item>`;
web.pages.set('news.example/feed', (_request, response) =>
	response
		.writeHead(200, { 'content-type': 'text/xml' })
		.end(
			`<rss version="2.0"><channel><title>News</title>${['tea', 'wall', 'gone', 'short', 'file', 'deaf'].map((name) => item(name)).join('')}<item><title>nowhere</title></item></channel></rss>`
		)
);
web.pages.set('news.example/tea', anArticle('tea'));
web.pages.set('news.example/wall', '<form><input type="password"></form>');
web.pages.set('news.example/short', '<p>Short.');
web.pages.set('news.example/file', (_request, response) =>
	response.writeHead(200, { 'content-type': 'application/pdf' }).end('%PDF-')
);
web.pages.set('news.example/deaf', (_request, response) => response.destroy());
for (const reader of [ana, ben])
	await subscribe(db, reader, { url: web.url('news.example/feed'), title: '', folder: '' }, fetch);
const { items } = await readEntries(db, ana, entryFilter.parse({}));
const idOf = (name: string) => items.find(({ title }) => title === name)!.id;

test('the whole text is read once, and is there for all who read the feed and for nobody else', async () => {
	expect((await readEntry(db, ana, idOf('tea'))).whole).toBeNull();
	const whole = await readWhole(db, ana, idOf('tea'), fetch);
	expect(whole.html).toContain('When tea matters, weighing comes in step 6');
	expect(whole.whole).toMatchObject({ url: web.url('news.example/tea') });
	expect(whole.minutes).toBeGreaterThan(2);
	const asked = web.asked.length;
	expect((await readWhole(db, ben, idOf('tea'), fetch)).html).toBe(whole.html);
	expect((await readEntry(db, ben, idOf('tea'))).html).toBe(whole.html);
	expect(web.asked).toHaveLength(asked);
	await expect(readWhole(db, stranger, idOf('tea'), fetch)).rejects.toMatchObject({ kind: 'not_found' });
});

test.each([
	['wall', 'unavailable', /sign-in/],
	['gone', 'unavailable', /no such page/],
	['short', 'conflict', /no more text/],
	['file', 'unavailable', /application\/pdf/],
	['deaf', 'unavailable', /could not be reached/],
	['nowhere', 'invalid', /leads to no page/]
])('of %s the reader is told why it cannot be read, and what the feed said stays', async (name, kind, message) => {
	await expect(readWhole(db, ana, idOf(name), fetch)).rejects.toMatchObject({ kind, message });
	expect((await readEntry(db, ana, idOf(name))).whole).toBeNull();
});

test('a host that rests is not asked', async () => {
	await db.execute(sql`update web_host set free_at = now() + interval '2 hours'`);
	const asked = web.asked.length;
	await expect(readWhole(db, ana, idOf('short'), fetch)).rejects.toMatchObject({ message: /left alone for another/ });
	expect(web.asked).toHaveLength(asked);
});
