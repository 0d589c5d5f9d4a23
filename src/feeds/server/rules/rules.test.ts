import { beforeEach, expect, test } from 'vitest';
import { readFeed, registerFeeds } from '#src/core/feed-out/server/sources.ts';
import { sql } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { entryFilter, newRule, type EntryFilter } from '../../input.ts';
import { actedInWords } from '../../rule.ts';
import { writeLook } from '../check.ts';
import { ownFeeds } from '../own.ts';
import { taggedEntries } from '../out.ts';
import { readEntry } from '../entry.ts';
import type { Post } from '../reading/post.ts';
import { markAllRead, markRead, undoMark } from '../reads.ts';
import { feed, feedSubscription } from '../schema.ts';
import { readEntries } from '../stream.ts';
import { mySubscriptions } from '../subscriptions.ts';
import { findForPerson } from './find.ts';
import { editRule, makeRule, myRules, removeRule, turnRule } from './rules.ts';
import { findWords } from './words.ts';

registerFeeds(taggedEntries);
const { db } = await testDatabase();
const spaceId = await aSpace(db);
const steward = await aPerson(db, { spaces: [spaceId], steward: true });
const ana = await aPerson(db, { spaces: [spaceId] });
const stranger = await aPerson(db);
type Viewer = typeof ana;

beforeEach(async () => {
	await db.execute(sql`delete from feed`);
	await db.execute(sql`delete from feed_entry`);
	await db.execute(sql`delete from feed_rule`);
});

/** A feed that somebody reads, and what makes it say something. */
async function aFeed(name: string, reader: { personId?: string; spaceId?: string }) {
	const [id, key] = [newId(), `${name}.example/feed`];
	const [row] = await db
		.insert(feed)
		.values({ id, url: `https://${key}`, key, host: `${name}.example`, title: name })
		.returning();
	await db.insert(feedSubscription).values({ id: newId(), feedId: id, ...reader });
	const say = (...posts: [title: string, text: string, url?: string][]) =>
		db.transaction((tx) =>
			writeLook(tx, row!, {
				...{ kind: 'feed', settledUrl: row!.url, etag: '', lastModified: '', digest: newId(), restMinutes: 0 },
				feed: {
					...{ format: 'rss', title: name, description: '', language: '', siteUrl: '', selfUrl: '', hubUrl: '' },
					restMinutes: 0,
					posts: posts.map(([title, text, url = '']): Post => ({
						...{ guid: title, url, title, author: '', html: `<p>${text}</p>`, publishedAt: null },
						...{ oddDate: '', media: [], tags: [] }
					}))
				}
			})
		);
	return { id, say };
}
const rule = (viewer: Viewer, words: string, deed: string, more = {}) =>
	makeRule(db, viewer, newRule.parse({ words, deed, ...more }));
const list = async (viewer: Viewer, more: Partial<EntryFilter> = {}) =>
	(await readEntries(db, viewer, { ...entryFilter.parse({ order: 'newest' }), ...more })).items;
const titles = async (viewer: Viewer, more: Partial<EntryFilter> = {}) =>
	(await list(viewer, more)).map(({ title }) => title);
const unread = async (viewer: Viewer) => (await mySubscriptions(db, viewer)).map(({ unread }) => unread);

test('words are whole, without case and accents; a star takes beginnings; titles alone where it says so', () => {
	const said = [
		{ id: 'a', title: 'Paletten für C++', html: '<p>The <b>Forklift</b> truck &amp; the café.</p>' },
		{ id: 'b', title: '港口的集装箱', html: '<p>palette</p>' }
	];
	const found = (words: string[], place: 'anywhere' | 'title' = 'anywhere') =>
		findWords([{ id: 'r', words, place }], said).map(({ ownId }) => ownId);
	expect(found(['forklift truck'])).toEqual(['a']);
	expect(found(['truck forklift'])).toEqual([]);
	expect(found(['CAFE', 'nowhere'])).toEqual(['a']);
	expect(found(['palette'])).toEqual(['b']);
	expect(found(['palette*'])).toEqual(['a', 'b']);
	expect(found(['fur'])).toEqual(['a']);
	expect(found(['c++'])).toEqual(['a']);
	expect(found(['c'])).toEqual([]);
	expect(found(['集装箱'])).toEqual(['b']);
	expect(found(['forklift'], 'title')).toEqual([]);
	expect(found(['the'])).toEqual(['a']);
	expect(found(['*', '&'])).toEqual([]);
});

test('each deed does what it says with what is there and with what comes, and says so', async () => {
	const { say } = await aFeed('yard', { personId: ana.id });
	await say(['Football', 'The cup.'], ['Pallets', 'Four layers.'], ['Ferry', 'It sails.'], ['Plain', 'Nothing.']);
	await rule(ana, 'football, cup final', 'hide');
	await rule(ana, 'ferry', 'read');
	await rule(ana, 'pallet*', 'top');
	await rule(ana, 'layers', 'tag', { tag: 'stacking' });
	expect(await titles(ana)).toEqual(['Pallets', 'Plain']);
	expect(await unread(ana)).toEqual([2]);
	await say(['More football', 'Again.'], ['Ferry tale', 'A ferry.'], ['New pallet', 'Wood.'], ['Newest', 'Nothing.']);
	expect((await titles(ana)).slice(0, 2).sort()).toEqual(['New pallet', 'Pallets']);
	expect((await titles(ana)).slice(2).sort()).toEqual(['Newest', 'Plain']);
	expect((await titles(ana, { show: 'hidden' })).sort()).toEqual(['Football', 'More football']);
	expect(await titles(ana, { tag: 'stacking' })).toEqual(['Pallets']);
	const origin = 'https://trellis.example';
	const out = await readFeed(db, ana, { kind: 'entries', target: 'stacking' }, { origin, format: 'atom' });
	expect(out.entries.map(({ title, author }) => [title, author])).toEqual([['Pallets', 'yard']]);
	await expect(
		readFeed(db, stranger, { kind: 'entries', target: 'stacking' }, { origin, format: 'atom' })
	).rejects.toMatchObject({ kind: 'not_found' });
	const [feeds, rules] = await Promise.all(ownFeeds.map(({ list: own }) => Array.fromAsync(own(db, ana))));
	expect(feeds).toMatchObject([{ title: 'yard', url: 'https://yard.example/feed' }]);
	expect(rules).toHaveLength(4);
	expect(rules![3]).toMatchObject({ words: ['layers'], deed: 'tag', tag: 'stacking', space: null, is_off: false });
	const [hidden] = await list(ana, { show: 'hidden' });
	expect(hidden!.rules.map(actedInWords)).toEqual(['Hidden by your rule “football, cup final”.']);
	const [top] = await list(ana, { tag: 'stacking' });
	expect(top!.why).toBe('On top by your rule “pallet*”.');
	expect(top!.rules.map(({ deed, tag }) => [deed, tag])).toEqual([
		['top', ''],
		['tag', 'stacking']
	]);
	expect((await readEntry(db, ana, top!.id)).rules).toEqual(top!.rules);
	const ferry = (await list(ana, { show: 'all' })).find(({ title }) => title === 'Ferry')!;
	expect([ferry.isRead, (await readEntry(db, ana, ferry.id)).isRead]).toEqual([true, true]);
	expect((await myRules(db, ana)).map(({ found }) => found)).toEqual([2, 2, 2, 1]);
});

test('what a rule marked as read can be kept as new, and what it put on top sinks once it is read', async () => {
	const { say } = await aFeed('yard', { personId: ana.id });
	await say(['Ferry', 'It sails.'], ['Pallets', 'Layers.'], ['Plain', 'Nothing.']);
	await rule(ana, 'ferry', 'read');
	await rule(ana, 'pallets', 'top');
	const [pallets] = await list(ana);
	const ferry = (await list(ana, { show: 'all' })).find(({ title }) => title === 'Ferry')!;
	await markRead(db, ana, { ids: [ferry.id], read: false });
	expect((await titles(ana)).sort()).toEqual(['Ferry', 'Pallets', 'Plain']);
	await markRead(db, ana, { ids: [pallets!.id], read: true });
	const read = (await list(ana, { show: 'all' })).find(({ title }) => title === 'Pallets')!;
	expect(read.why).not.toContain('On top');
	const { batch, count } = await markAllRead(db, ana, { until: new Date(Date.now() + 1000).toISOString() });
	expect(count).toBe(2);
	expect(await titles(ana)).toEqual([]);
	await undoMark(db, ana, batch);
	expect((await titles(ana)).sort()).toEqual(['Ferry', 'Plain']);
});

test('a changed rule lets go of what it held, a removed one of all; the same twice is one', async () => {
	const { say } = await aFeed('yard', { personId: ana.id });
	await say(['Football', 'The cup.'], ['Ferry', 'It sails.']);
	const id = await rule(ana, 'football', 'hide');
	expect(await rule(ana, 'football', 'hide')).toBe(id);
	await editRule(db, ana, id, newRule.parse({ words: 'ferry', deed: 'hide' }));
	expect(await titles(ana)).toEqual(['Football']);
	const other = await rule(ana, 'football', 'hide');
	await expect(editRule(db, ana, other, newRule.parse({ words: 'ferry', deed: 'hide' }))).rejects.toMatchObject({
		kind: 'conflict'
	});
	await removeRule(db, ana, id);
	expect(await titles(ana)).toEqual(['Ferry']);
	await say(['Football', 'No more of it.'], ['Ferry', 'Of football.']);
	expect(await titles(ana)).toEqual([]);
});

test('a rule of a space acts for its members on what the space reads, until one turns it off', async () => {
	const yard = await aFeed('yard', { spaceId });
	const own = await aFeed('own', { personId: ana.id });
	await yard.say(
		['Football', 'The cup.', 'https://paper.example/cup'],
		['Both of football', 'X.', 'https://paper.example/b']
	);
	await own.say(['Own football', 'Mine.'], ['Football told too', 'X.', 'https://paper.example/b']);
	await expect(rule(ana, 'football', 'hide', { spaceId })).rejects.toMatchObject({ kind: 'forbidden' });
	const id = await rule(steward, 'football', 'hide', { spaceId });
	expect(await titles(steward)).toEqual([]);
	expect((await titles(ana)).sort()).toEqual(['Both of football', 'Own football']);
	expect((await list(ana, { show: 'hidden' }))[0]?.rules.map(actedInWords)[0]).toMatch(/^Hidden by a rule of /);
	expect(await myRules(db, ana)).toMatchObject([{ id, canEdit: false, isOff: false }]);
	await turnRule(db, ana, id, 'off');
	expect(await titles(ana)).toContain('Football');
	expect(await titles(steward)).toEqual([]);
	await turnRule(db, ana, id, 'on');
	expect(await titles(ana)).not.toContain('Football');
	const edit = newRule.parse({ words: 'x', deed: 'hide' });
	for (const work of [() => editRule(db, ana, id, edit), () => removeRule(db, ana, id)])
		await expect(work()).rejects.toMatchObject({ kind: 'forbidden' });
	for (const work of [() => removeRule(db, stranger, id), () => turnRule(db, stranger, id, 'off')])
		await expect(work()).rejects.toMatchObject({ kind: 'not_found' });
	expect(await myRules(db, stranger)).toEqual([]);
	const mine = await rule(ana, 'own', 'hide');
	await expect(turnRule(db, ana, mine, 'off')).rejects.toMatchObject({ kind: 'invalid' });
	await expect(removeRule(db, steward, mine)).rejects.toMatchObject({ kind: 'not_found' });
});

test('one’s own rule acts on what a space reads, also of a space that is joined later', async () => {
	const yard = await aFeed('yard', { spaceId });
	const later = await aSpace(db);
	const there = await aFeed('later', { spaceId: later });
	await rule(ana, 'football', 'hide');
	await yard.say(['Football', 'The cup.'], ['Ferry', 'It sails.']);
	await there.say(['Late football', 'The cup.'], ['Late ferry', 'It sails.']);
	expect(await titles(ana)).toEqual(['Ferry']);
	await db.execute(sql`insert into space_member (space_id, person_id) values (${later}, ${ana.id})`);
	await findForPerson(db, ana.id, later);
	expect((await titles(await viewerOf(db, ana.id))).sort()).toEqual(['Ferry', 'Late ferry']);
});

test.each([
	['no words', { words: ' , ', deed: 'hide' }],
	['only signs', { words: '!!!', deed: 'hide' }],
	['a tag that is missing', { words: 'x', deed: 'tag' }],
	['an unknown deed', { words: 'x', deed: 'burn' }],
	['too many', { words: Array.from({ length: 21 }, (_, at) => `w${at}`), deed: 'hide' }]
])('%s is refused', (_name, input) => {
	expect(newRule.safeParse(input).success).toBe(false);
});
