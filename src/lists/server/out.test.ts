import { afterAll, expect, test } from 'vitest';
import { parseAtomFeed } from 'feedsmith';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { ownLists } from '#src/core/export/server/own.ts';
import { mailWhatIsDue } from '#src/core/notify/server/mails.ts';
import { readFeed, registerFeeds } from '#src/core/feed-out/server/sources.ts';
import { listNotices } from '#src/core/notify/server/read.ts';
import { indexItems } from '#src/core/search/server/indexing.ts';
import { searchItems } from '#src/core/search/server/search.ts';
import { dispatch } from '#src/core/signals/server/events.ts';
import { row, rows, sql } from '#src/platform/server/db.ts';
import { startMail, stopMail } from '#src/platform/server/mail.ts';
import { Postman } from '#src/platform/server/postman.ts';
import { parse } from '#src/platform/server/parse.ts';
import { apiClient } from '#src/testing/api.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { aDraftList, aFind, aList } from '#src/testing/lists.ts';
import { testMailServer } from '#src/testing/smtp.ts';
import { anArticle, testWeb } from '#src/testing/web.ts';
import { listEdit, newEdition, pickEdit } from '../input.ts';
import { editList, listToEdit } from './drafts.ts';
import { listsFeed } from './feed.ts';
import { findsOfYear } from './finds.ts';
import { lookAtFind } from './look.ts';
import { writePick } from './picks.ts';
import { publishList } from './publish.ts';
import { readList } from './read.ts';
import { answerChange, askReaders, noteReader } from './readers.ts';
import { mySubscriptions, snoozeLists, subscribeTo, unsubscribeFrom } from './subscriptions.ts';

const { db } = await testDatabase();
const web = await testWeb();
const server = await testMailServer();
startMail({ SMTP_URL: server.url, MAIL_FROM: 'Trellis <trellis@corp.example>', ORIGIN: 'https://trellis.example' });
afterAll(async () => {
	stopMail();
	await server.close();
});
const api = apiClient(db);

async function aRoom() {
	const spaceId = await aSpace(db, { access: 'closed' });
	const curator = await aPerson(db, { name: 'Cleo Curator', spaces: [spaceId] });
	const readers = await Promise.all(Array.from({ length: 6 }, () => aPerson(db, { spaces: [spaceId] })));
	return { spaceId, curator, readers: readers as [Viewer, ...Viewer[]] };
}

/** Hands out the events of a name that wait for an item. */
async function handOut(name: string, itemId: string): Promise<void> {
	const waiting = await rows<{ id: string; data: Parameters<typeof dispatch>[0] }>(
		db,
		sql`delete from pgboss.job where name = 'event' and data ->> 'name' = ${name} and data ->> 'itemId' = ${itemId} returning id, data`
	);
	// At least once is what is promised.
	for (const { data } of [...waiting, ...waiting]) await dispatch(data);
}

test('what nobody told of a find is read from its page; what a person wrote stays', async () => {
	const { curator } = await aRoom();
	const head =
		'<meta name="author" content="Dora Quill"><meta property="article:published_time" content="2024-02-11T09:00:00Z">';
	web.pages.set('reads.example/a', anArticle('scales', { title: 'On scales', head }));
	const id = await aFind(db, curator, { url: web.url('reads.example/a'), title: '', author: 'Me', publishedOn: '' });
	await lookAtFind(db, id, web.fetch);
	const { finds } = await findsOfYear(db, curator, { year: 2030 });
	expect(finds[0]).toMatchObject({ title: 'On scales', author: 'Me', publishedOn: '2024-02-11' });
	const lost = await aFind(db, curator, { url: web.url('reads.example/none'), title: '' });
	await lookAtFind(db, lost, web.fetch);
	expect((await findsOfYear(db, curator, { year: 2030 })).finds).toHaveLength(2);
});

test('who asked for the lists gets the whole of a new one by mail, once; who put it off or ended it does not', async () => {
	const { spaceId, curator, readers } = await aRoom();
	const [wants, sleeps, left] = readers as [Viewer, Viewer, Viewer];
	const { shelf } = await readList(db, wants, await aList(db, curator, spaceId));
	for (const one of [wants, sleeps, left, curator]) await subscribeTo(db, one, shelf.id);
	await snoozeLists(db, sleeps, shelf.id, 90);
	expect((await mySubscriptions(db, sleeps))[0]!.snoozedUntil).not.toBeNull();
	await unsubscribeFrom(db, left, shelf.id);
	await expect(snoozeLists(db, left, shelf.id, 9)).rejects.toMatchObject({ kind: 'not_found' });
	await expect(subscribeTo(db, await aPerson(db), shelf.id)).rejects.toMatchObject({ kind: 'not_found' });

	const april = await aDraftList(db, curator, spaceId, { month: '2030-04' });
	const [first] = (await listToEdit(db, curator, april)).picks;
	const text = { before: 'But that is half.', why: 'It *counts*.', quote: 'Twice.', version: 2 };
	await writePick(db, curator, april, first!.id, parse(pickEdit, text));
	await publishList(db, curator, april, parse(newEdition, {}));
	await handOut('list.published', april);
	await mailWhatIsDue(db, new Date(Date.now() + 180_000));
	await new Postman(db).sendWhatWaits();
	expect(server.received).toHaveLength(1);
	const [mail] = server.received;
	const email = await row<{ email: string }>(db, sql`select email from person where id = ${wants.id}`);
	expect(mail!.to).toEqual([email!.email]);
	expect(mail!.header('List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click');
	for (const said of ['But that is half.', '1. Entry 1', '> Twice.', 'It counts.', 'A. Reader'])
		expect(mail!.raw).toContain(said);
});

test('a month after reading one is asked once; five answers stand in the next list, fewer nowhere', async () => {
	const { spaceId, curator, readers } = await aRoom();
	const march = await aList(db, curator, spaceId);
	const [first, ...others] = readers;
	for (const one of readers) await noteReader(db, one, march);
	await expect(answerChange(db, first, march, true)).rejects.toMatchObject({ kind: 'conflict' });
	await askReaders(db);
	expect((await listNotices(db, first, { show: 'all' })).groups).toEqual([]);

	await db.execute(sql`update reading_reader set read_at = now() - interval '31 days' where list_id = ${march}`);
	await noteReader(db, first, march);
	await askReaders(db);
	await askReaders(db);
	await handOut('list.asked', march);
	const asked = (await listNotices(db, first, { show: 'all' })).groups.flatMap(({ notices }) => notices);
	expect(asked).toMatchObject([{ kind: 'list.asked', href: `/lists/${march}#changed` }]);
	expect((await readList(db, first, march)).ask).toBe(true);

	const april = await aList(db, curator, spaceId, { month: '2030-04' });
	for (const one of others.slice(0, 4)) await answerChange(db, one, march, true);
	expect((await readList(db, first, april)).pulse).toBeNull();
	await answerChange(db, first, march, true);
	await answerChange(db, first, march, false);
	expect(await readList(db, first, march)).toMatchObject({ ask: false, answer: false, pulse: null });
	expect((await readList(db, first, april)).pulse).toMatchObject({ id: march, answered: 5, changed: 4 });
	await expect(answerChange(db, await aPerson(db), march, true)).rejects.toMatchObject({ kind: 'not_found' });
});

test('a list goes out as a feed and as PDF, is found by its words, and its editions can be proved', async () => {
	const { spaceId, curator, readers } = await aRoom();
	const id = await aDraftList(db, curator, spaceId, { entries: 10 });
	const { picks, shelf } = await listToEdit(db, curator, id);
	const words = {
		title: 'Ten & a half',
		opening: 'So **much** zeugmatic counting. '.repeat(60),
		closing: '- one\n- two',
		version: 1
	};
	await editList(db, curator, id, parse(listEdit, words));
	for (const [at, { id: entry }] of picks.entries())
		await writePick(
			db,
			curator,
			id,
			entry,
			parse(pickEdit, {
				before: 'And so, [on](https://a.example/).',
				quote: 'Said. '.repeat(20),
				why: `Because ${at}. `.repeat(80),
				lesson: at === 1,
				version: 2
			})
		);
	await publishList(db, curator, id, parse(newEdition, {}));
	await publishList(db, curator, id, parse(newEdition, { update: 'A <b>follow-up</b>.', about: picks[0]!.find.url }));

	const atom = await api(readers[0], `GET /shelves/${shelf.id}/atom`);
	const feed = parseAtomFeed(new TextDecoder().decode(atom.raw));
	expect(feed.entries).toMatchObject([{ title: { value: 'Ten & a half' }, authors: [{ name: 'Cleo Curator' }] }]);
	expect(feed.entries![0]!.content!.value).toContain('A &#60;b&#62;follow-up&#60;/b&#62;.');
	expect((await api(await aPerson(db), `GET /shelves/${shelf.id}/atom`)).status).toBe(404);
	registerFeeds(listsFeed);
	const of = { kind: 'lists', target: shelf.id };
	const inReader = { origin: 'https://trellis.example', format: 'atom' } as const;
	const { title, entries } = await readFeed(db, readers[0], of, inReader);
	expect([title, entries.map((entry) => entry.title)]).toEqual(['Reading lists: Cleo Curator', ['Ten & a half']]);
	await expect(readFeed(db, await aPerson(db), of, inReader)).rejects.toMatchObject({ kind: 'not_found' });

	const pdf = await api(readers[0], `GET /lists/${id}/pdf`);
	const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
	const document = await getDocument({ data: pdf.raw.slice() }).promise;
	const pages = await Promise.all(Array.from({ length: document.numPages }, (_, at) => document.getPage(at + 1)));
	const texts = await Promise.all(
		pages.map(async (page) => (await page.getTextContent()).items.map((one) => ('str' in one ? one.str : '')).join(''))
	);
	expect(document.numPages).toBeGreaterThan(2);
	expect(texts.every((text) => text.length > 200)).toBe(true);
	const all = texts.join('').replace(/\s/g, '');
	for (const said of [
		'Ten&ahalf',
		'Entry10',
		'UPDATE',
		'forthelessoninit',
		`${document.numPages}/${document.numPages}`
	])
		expect(all).toContain(said);

	await indexItems(db, [id]);
	const { hits } = await searchItems(db, readers[0], { q: 'zeugmatic' });
	expect(hits).toMatchObject([{ kind: 'reading_list', title: [{ text: 'Ten & a half' }] }]);
	expect((await searchItems(db, await aPerson(db), { q: 'zeugmatic' })).hits).toEqual([]);
});

test('one’s archive holds what one collected, wrote and answered', async () => {
	const { spaceId, curator, readers } = await aRoom();
	const id = await aList(db, curator, spaceId);
	await noteReader(db, readers[0], id);
	const fileOf = async (name: string, viewer: Viewer) => {
		const found = [];
		for await (const one of ownLists()
			.find((list) => list.name === name)!
			.list(db, viewer))
			found.push(one);
		return found;
	};
	expect(await fileOf('finds', curator)).toHaveLength(2);
	expect(await fileOf('reading-lists', curator)).toMatchObject([{ entries: [{ why: 'Why 1.' }, { why: 'Why 2.' }] }]);
	expect(await fileOf('reading-lists-read', readers[0])).toMatchObject([{ list_id: id, changed: null }]);
	expect(await fileOf('finds', readers[0])).toEqual([]);
});
