import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { addComment } from '#src/core/items/server/comments.ts';
import { item } from '#src/core/items/server/schema.ts';
import { changeState } from '#src/core/items/server/write.ts';
import { rows, sql } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';
import { aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { testFiles } from '#src/testing/files.ts';
import { anArticle, testWeb } from '#src/testing/web.ts';
import sharp from 'sharp';
import { newCheck, newLink } from '../input.ts';
import { checkLink, linkStandings, withdrawCheck } from './checks.ts';
import { linkFilter, listLinks } from './list.ts';
import { linkChanges, movedTo, readLink } from './read.ts';
import { queueDue, refreshLinks } from './refresh.ts';
import { link } from './schema.ts';
import { editLink, lookAgain, sharedAt, shareLink } from './share.ts';

const { db } = await testDatabase();
testFiles();
const web = await testWeb();
const look = (...ids: string[]) => refreshLinks(db, ids, web.fetch);
const share = (viewer: Viewer, spaceId: string, url: string, more = {}) =>
	shareLink(db, viewer, parse(newLink, { url, spaceId, ...more }));
const all = parse(linkFilter, {});

async function aTeam() {
	const spaceId = await aSpace(db);
	const [ann, ben] = [await aPerson(db, { spaces: [spaceId] }), await aPerson(db, { spaces: [spaceId] })];
	return { spaceId, ann, ben };
}

test('a shared link is read: title, author, date, reading time, text, and a picture of our own', async () => {
	const { spaceId, ann, ben } = await aTeam();
	const png = await sharp({ create: { width: 900, height: 500, channels: 3, background: '#274' } })
		.png()
		.toBuffer();
	web.pages.set('news.example/scale.png', (_request, response) =>
		response.writeHead(200, { 'content-type': 'image/png' }).end(png)
	);
	const head = `<meta property="og:image" content="/scale.png"><meta name="author" content="Ann Ito"><meta property="article:published_time" content="2024-03-01">`;
	web.pages.set('news.example/tea', anArticle('tea', { head }));
	const id = await share(ann, spaceId, web.url('news.example/tea?utm_source=mail'), { bodyMd: 'See **step 2**.' });
	const fresh = await readLink(db, ben, id);
	expect(fresh).toMatchObject({
		page: { state: 'waiting' },
		kept: null,
		bodyHtml: '<p>See <strong>step 2</strong>.</p>\n'
	});
	expect(fresh.title).toMatch(/^news\.example:\d+\/tea$/);
	await look(id);
	const read = await readLink(db, ben, id);
	expect(read).toMatchObject({
		title: 'All about tea',
		page: {
			state: 'page',
			author: 'Ann Ito',
			publishedAt: '2024-03-01T00:00:00.000Z',
			url: web.url('news.example/tea')
		},
		kept: { version: 1 }
	});
	expect(read.page.minutes).toBeGreaterThanOrEqual(3);
	expect(read.page.image).toMatchObject({
		url: expect.stringMatching(/^\/files\//) as string,
		width: 900,
		height: 500
	});
	expect(read.kept!.html).toContain('When tea matters');
	expect(web.asked.filter((place) => place.endsWith('scale.png'))).toHaveLength(1);
	await look(id);
	expect(web.asked.filter((place) => place.endsWith('scale.png'))).toHaveLength(1);
});

test('a title that a person gave stays', async () => {
	const { spaceId, ann } = await aTeam();
	web.pages.set('news.example/named', anArticle('named'));
	const given = await share(ann, spaceId, web.url('news.example/named'), { title: 'The one on names' });
	await look(given);
	expect((await readLink(db, ann, given)).title).toBe('The one on names');
	web.pages.set('news.example/later', anArticle('later'));
	const later = await share(ann, spaceId, web.url('news.example/later'));
	await editLink(db, ann, later, { title: 'Mine', bodyMd: '', tags: [], note: '', version: 1 });
	await look(later);
	expect((await readLink(db, ann, later)).title).toBe('Mine');
});

test('one address, however it is spelled, is one link of a space with the notes of all', async () => {
	const { spaceId, ann, ben } = await aTeam();
	const first = await share(ann, spaceId, 'https://www.one.example/a/?b=2&a=1', { bodyMd: 'Mine.' });
	const second = await share(ben, spaceId, 'http://one.example/a?a=1&utm_campaign=x&b=2#top', { bodyMd: 'And mine.' });
	const third = await share(ben, spaceId, 'one.example/a?a=1&b=2');
	expect([second, third]).toEqual([first, first]);
	expect((await readLink(db, ann, first)).comments.map(({ bodyHtml }) => bodyHtml)).toEqual(['<p>And mine.</p>\n']);
	const both = await Promise.all(Array.from({ length: 5 }, () => share(ann, spaceId, 'https://race.example/')));
	expect(new Set(both).size).toBe(1);
	await db.transaction((tx) => changeState(tx, ann, first, 'removed'));
	expect(await share(ben, spaceId, 'https://one.example/a?a=1&b=2')).not.toBe(first);
});

test('a page that names its own address, or was reached by a redirect, joins the earlier link of its space', async () => {
	const { spaceId, ann, ben } = await aTeam();
	const canonical = `<link rel="canonical" href="${web.url('same.example/article')}">`;
	web.pages.set('same.example/article', anArticle('same', { head: canonical }));
	web.pages.set('same.example/article/print', anArticle('same', { head: canonical }));
	web.pages.set('short.example/x', (_request, response) =>
		response.writeHead(301, { location: web.url('same.example/article') }).end()
	);
	const article = await share(ann, spaceId, web.url('same.example/article'), { bodyMd: 'First.' });
	await look(article);
	const print = await share(ben, spaceId, web.url('same.example/article/print'), { bodyMd: 'Printed.' });
	await checkLink(db, ben, print, parse(newCheck, { verdict: 'trust' }));
	await addComment(db, ann, print, { bodyMd: 'On the print.' });
	await look(print);
	const short = await share(ben, spaceId, web.url('short.example/x'));
	await look(short);
	const joined = await readLink(db, ann, article);
	expect(joined.comments.map(({ bodyHtml }) => bodyHtml).sort()).toEqual([
		'<p>On the print.</p>\n',
		'<p>Printed.</p>\n'
	]);
	expect(joined.checks).toMatchObject([{ verdict: 'trust', person: { id: ben.id } }]);
	await expect(readLink(db, ann, print)).rejects.toThrow();
	expect([await movedTo(db, ann, print), await movedTo(db, ann, short)]).toEqual([article, article]);
	expect(await share(ann, spaceId, web.url('short.example/x'))).toBe(article);
});

test('a page is not believed about another site, nor that it is its front page', async () => {
	const { spaceId, ann } = await aTeam();
	const bank = await share(ann, spaceId, web.url('bank.example/'));
	web.pages.set(
		'evil.example/',
		anArticle('evil', { head: `<link rel="canonical" href="${web.url('bank.example/')}">` })
	);
	web.pages.set('lazy.example/deep', anArticle('lazy', { head: `<link rel="canonical" href="/">` }));
	const evil = await share(ann, spaceId, web.url('evil.example/'));
	const deep = await share(ann, spaceId, web.url('lazy.example/deep'));
	const front = await share(ann, spaceId, web.url('lazy.example/'));
	await look(evil);
	await look(deep);
	for (const id of [bank, evil, deep, front]) expect((await readLink(db, ann, id)).state).toBe('open');
});

test('notes and verdicts of a space reach only those who may read it, also over the same page', async () => {
	const [open, secret] = [await aSpace(db), await aSpace(db, { access: 'secret' })];
	const insider = await aPerson(db, { spaces: [open, secret] });
	const outsider = await aPerson(db, { spaces: [open] });
	const url = 'https://both.example/a';
	const inside = await share(insider, secret, url, { bodyMd: 'Our secret plan.' });
	await addComment(db, insider, inside, { bodyMd: 'A secret comment.' });
	await checkLink(db, insider, inside, parse(newCheck, { verdict: 'avoid', behind: 'A rival' }));
	expect(await sharedAt(db, outsider, url)).toEqual([]);
	const outside = await share(outsider, open, url, { bodyMd: 'Found this.' });
	expect(outside).not.toBe(inside);

	const seen = await readLink(db, outsider, outside);
	expect(JSON.stringify(seen)).not.toMatch(/secret|rival/i);
	expect(seen).toMatchObject({ elsewhere: [], checks: [], standing: { avoid: 0 } });
	expect((await listLinks(db, outsider, all)).items.map(({ id }) => id)).toContain(outside);
	await expect(readLink(db, outsider, inside)).rejects.toThrow();
	expect(
		(
			await linkStandings(
				db,
				outsider,
				[inside, outside].map((id) => ({ id, kind: 'link' }))
			)
		)[inside]
	).toBeUndefined();
	await expect(checkLink(db, outsider, inside, parse(newCheck, { verdict: 'trust' }))).rejects.toThrow();

	const known = await readLink(db, insider, outside);
	expect(known.elsewhere.map(({ bodyHtml }) => bodyHtml)).toEqual([
		'<p>Our secret plan.</p>\n',
		'<p>A secret comment.</p>\n'
	]);
	expect(known).toMatchObject({ standing: { avoid: 1 }, checks: [{ verdict: 'avoid', space: { name: 'A space' } }] });
	const shown = (await listLinks(db, insider, all)).items.filter(({ url: at }) => at === url);
	expect(shown).toMatchObject([{ id: inside, standing: { avoid: 1 } }]);
	expect((await listLinks(db, insider, { ...all, space: open })).items.map(({ id }) => id)).toContain(outside);
});

test('verdicts stand beside the link until they expire, or the page is no longer what was checked', async () => {
	const { spaceId, ann, ben } = await aTeam();
	web.pages.set('drift.example/a', anArticle('tea'));
	const id = await share(ann, spaceId, web.url('drift.example/a'));
	await look(id);
	const standing = async () => (await readLink(db, ben, id)).standing;
	expect(await standing()).toEqual({ trust: 0, care: 0, avoid: 0, stale: 0, amber: null, lost: false });
	await checkLink(db, ann, id, parse(newCheck, { verdict: 'trust', behind: 'A trade body', months: '3' }));
	await checkLink(db, ben, id, parse(newCheck, { verdict: 'care' }));
	await checkLink(db, ben, id, parse(newCheck, { verdict: 'trust' }));
	expect(await standing()).toMatchObject({ trust: 2, care: 0, amber: null });
	expect((await readLink(db, ann, id)).checks.find(({ person }) => person.you)).toMatchObject({
		answers: [{ label: 'Who is behind it?', text: 'A trade body' }]
	});

	await db.execute(
		sql`update link_check set expires_at = now() - interval '1 day' where item_id = ${id} and person_id = ${ann.id}`
	);
	expect(await standing()).toMatchObject({ trust: 1, stale: 1, amber: null });
	await db.execute(sql`update link_check set expires_at = now() - interval '1 day' where item_id = ${id}`);
	expect(await standing()).toMatchObject({ trust: 0, stale: 2, amber: 'expired' });
	await checkLink(db, ann, id, parse(newCheck, { verdict: 'trust' }));
	expect(await standing()).toMatchObject({ trust: 1, amber: null });

	// A word here or there is no other page.
	web.pages.set('drift.example/a', anArticle('tea').replace('sealing list', 'sealing table'));
	await look(id);
	expect(await standing()).toMatchObject({ trust: 1, amber: null });
	web.pages.set('drift.example/a', anArticle('coffee', { title: 'All about tea' }));
	await look(id);
	expect(await standing()).toMatchObject({ trust: 0, stale: 2, amber: 'changed' });
	expect((await listLinks(db, ben, { ...all, show: 'look' })).items.map((line) => line.id)).toContain(id);
	const changes = await linkChanges(db, ben, id);
	expect(changes).toMatchObject({ from: 1, to: 2 });
	expect(changes.difference.body.some(({ kind, text }) => kind === 'added' && text.includes('coffee'))).toBe(true);
	const told = await rows(
		db,
		sql`select 1 from pgboss.job where name = 'event' and data ->> 'name' = 'link.drifted' and data ->> 'itemId' = ${id}`
	);
	expect(told).toHaveLength(1);

	await checkLink(db, ben, id, parse(newCheck, { verdict: 'avoid' }));
	expect(await standing()).toMatchObject({ avoid: 1, amber: null });
	await withdrawCheck(db, ben, id);
	expect(await standing()).toMatchObject({ avoid: 0, amber: 'changed' });
});

test('the text of a page outlives it', async () => {
	const { spaceId, ann } = await aTeam();
	web.pages.set('dies.example/a', anArticle('tea'));
	const id = await share(ann, spaceId, web.url('dies.example/a'));
	await look(id);
	web.pages.delete('dies.example/a');
	await look(id);
	expect((await readLink(db, ann, id)).page).toMatchObject({ state: 'gone', lostAt: null });
	await look(id);
	const lost = await readLink(db, ann, id);
	expect(lost.page).toMatchObject({ state: 'gone', problem: expect.stringContaining('404') as string });
	expect(lost.page.lostAt).not.toBeNull();
	expect(lost.kept!.html).toContain('When tea matters');
	expect(lost.standing.lost).toBe(true);
	// One that comes to lead to the front page is gone as well.
	web.pages.set('dies.example/a', (_request, response) => response.writeHead(302, { location: '/' }).end());
	web.pages.set('dies.example/', anArticle('welcome'));
	await look(id);
	expect((await readLink(db, ann, id)).kept!.html).toContain('When tea matters');
	web.pages.set('dies.example/a', anArticle('tea'));
	await look(id);
	expect(await readLink(db, ann, id)).toMatchObject({ page: { state: 'page', lostAt: null, problem: '' } });
});

test.each([
	[
		'wall.example/a',
		(): unknown => web.pages.set('wall.example/a', '<form><input type=password></form>'),
		'login',
		/sign-in/
	],
	[
		'files.example/a.pdf',
		(): unknown =>
			web.pages.set('files.example/a.pdf', (_request, response) =>
				response.writeHead(200, { 'content-type': 'application/pdf' }).end('%PDF-')
			),
		'file',
		/application\/pdf/
	],
	['wiki.inside/a', (): unknown => undefined, 'failed', /private network/],
	['none.nowhere/a', (): unknown => undefined, 'failed', /no such server/]
])('a link to %s says what is the matter and stays a link', async (place, prepare, state, problem) => {
	const { spaceId, ann } = await aTeam();
	prepare();
	const id = await share(ann, spaceId, web.url(place), { bodyMd: 'Useful.' });
	await look(id);
	expect((await readLink(db, ann, id)).page).toMatchObject({
		state,
		problem: expect.stringMatching(problem) as string
	});
});

test('a page that rests is looked at ever more seldom, and once for all links to it', async () => {
	const { spaceId, ann } = await aTeam();
	const other = await aSpace(db);
	const both = await aPerson(db, { spaces: [spaceId, other] });
	const page = anArticle('rest');
	web.pages.set('rest.example/a', (request, response) =>
		request.headers['if-none-match'] === '"1"'
			? response.writeHead(304).end()
			: response.writeHead(200, { 'content-type': 'text/html', etag: '"1"' }).end(page)
	);
	const id = await share(ann, spaceId, web.url('rest.example/a'));
	await look(id);
	const days = async () => (await db.select().from(link).where(eq(link.itemId, id)))[0]!.everyDays;
	expect(await days()).toBe(7);
	await look(id);
	expect(await days()).toBe(14);
	await db.execute(sql`update link set every_days = 50 where item_id = ${id}`);
	await look(id);
	expect(await days()).toBe(60);
	await share(both, other, web.url('rest.example/a'));
	await db.execute(sql`update link set next_look_at = now() + interval '1 day'`);
	await db.execute(sql`update link set next_look_at = now() where url = ${web.url('rest.example/a')}`);
	expect(await queueDue(db)).toBe(1);
	expect(await queueDue(db)).toBe(0);
});

test('who may do what', async () => {
	const { spaceId, ann, ben } = await aTeam();
	const reader = await aPerson(db);
	const id = await share(ann, spaceId, 'https://rights.example/a');
	await expect(share(reader, spaceId, 'https://rights.example/b')).rejects.toThrow('Join the space');
	await expect(share(reader, spaceId, 'https://rights.example/a')).rejects.toThrow('Join the space');
	await expect(checkLink(db, reader, id, parse(newCheck, { verdict: 'trust' }))).rejects.toThrow('Join the space');
	await expect(lookAgain(db, reader, id)).rejects.toThrow('Join the space');
	await expect(lookAgain(db, ben, id)).resolves.toBeUndefined();
	await expect(lookAgain(db, ben, id)).rejects.toThrow('just looked');
	await expect(editLink(db, ben, id, { title: 'x', bodyMd: '', tags: [], note: '', version: 1 })).rejects.toThrow();
	const steward = await aPerson(db, { spaces: [spaceId], steward: true });
	expect(
		await editLink(db, await viewerOf(db, steward.id), id, { title: 'x', bodyMd: '', tags: [], note: '', version: 1 })
	).toBe(2);
});

test('what is typed wrongly is told at its field', () => {
	for (const url of [
		'',
		'no address',
		'javascript:alert(1)',
		'https://a:b@example.org',
		`https://example.org/${'x'.repeat(2001)}`,
		'https://exa\u0000mple.org'
	])
		expect(() => parse(newLink, { url, spaceId: crypto.randomUUID() })).toThrow(/url/);
	expect(() => parse(newCheck, { verdict: 'perhaps' })).toThrow(/verdict/);
	expect(() => parse(newCheck, { verdict: 'trust', months: '7' })).toThrow(/months/);
	expect(() => parse(newCheck, { verdict: 'trust', behind: 'x'.repeat(301) })).toThrow(/behind/);
	expect(() => parse(newCheck, { verdict: 'trust', more: 'x' })).toThrow(/more/);
});

test('an address that hides where it leads is shown escaped', async () => {
	const { spaceId, ann } = await aTeam();
	const id = await share(ann, spaceId, 'https://hides.example/%E2%80%AEgpj.exe%0A');
	const [row] = await db.select().from(item).where(eq(item.id, id));
	expect(row!.title).toBe('hides.example/%E2%80%AEgpj.exe%0A');
});
