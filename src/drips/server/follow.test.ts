import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { ownLists } from '#src/core/export/server/own.ts';
import { answerFeed } from '#src/core/feed-out/server/answer.ts';
import { makeFeedKey } from '#src/core/feed-out/server/keys.ts';
import { followLink, readLink } from '#src/core/notify/server/links.ts';
import { pause as pauseAll } from '#src/core/notify/server/preferences.ts';
import { endLeave, takeLeave } from '#src/core/people/server/leave.ts';
import { row, rows, sql } from '#src/platform/server/db.ts';
import { startMail, stopMail } from '#src/platform/server/mail.ts';
import { parse } from '#src/platform/server/parse.ts';
import { Postman } from '#src/platform/server/postman.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { aDrip } from '#src/testing/drips.ts';
import { testMailServer } from '#src/testing/smtp.ts';
import { coming, newTip } from '../input.ts';
import { deliverDue } from './deliver.ts';
import { changePace, comingOf, heedLeave, letCome, markKnown, myFollowing, pauseTips, stopTips } from './follow.ts';
import { publishDrip } from './publish.ts';
import { openTip, readDrip } from './read.ts';
import { addTip } from './tips.ts';

const { db } = await testDatabase();
const server = await testMailServer();
beforeAll(() =>
	startMail({ SMTP_URL: server.url, MAIL_FROM: 'Trellis <trellis@corp.example>', ORIGIN: 'https://trellis.example' })
);
beforeEach(async () => {
	await db.execute(sql`update drip_follow set next_at = null`);
	server.received.length = 0;
});
afterAll(async () => {
	stopMail();
	await server.close();
});

/** At work Monday to Friday, nine to five in Berlin, unless told. */
async function aRoom(more: Parameters<typeof aPerson>[1] = {}, tips = 3) {
	const spaceId = await aSpace(db, { access: 'closed' });
	const author = await aPerson(db, { spaces: [spaceId] });
	const reader = await aPerson(db, { spaces: [spaceId], timeZone: 'Europe/Berlin', ...more });
	return { spaceId, author, reader, ...(await aDrip(db, author, spaceId, { tips })) };
}
const wish = (more: Record<string, unknown> = {}) => parse(coming, { mail: true, ...more });
/** When the next comes, as if it was set at a moment; a Monday in Berlin. */
async function nextFrom(moment: string, reader: Viewer): Promise<string> {
	const found = await row<{ at: string }>(
		db,
		sql`select drip_next(p.time_zone, p.work_days, p.work_start, f.days, f.every, f.minute, ${moment}) as at
			from drip_follow f join person p on p.id = f.person_id where p.id = ${reader.id}`
	);
	return new Date(found!.at).toISOString();
}
const dueAt = (reader: Viewer, moment: string) =>
	db.execute(sql`update drip_follow set next_at = ${moment} where person_id = ${reader.id}`);
/** Delivers at a moment and sends; what came since the last time. */
async function mailsAt(moment: string) {
	await deliverDue(db, new Date(moment));
	await new Postman(db).sendWhatWaits();
	return server.received.splice(0);
}
const textOf = ({ raw }: { raw: string }) => raw.replace(/=\r?\n/g, '').replace(/=3D/g, '=');
/** The token of a link in a mail, by what stands before it. */
const tokenOf = (mail: { raw: string }, label: string) =>
	new RegExp(`${label}[^:\\n]*:? ?[^:\\n]*: https://trellis.example/mail/([\\w.-]+)`).exec(textOf(mail))?.[1] ?? '';
const press = async (mail: { raw: string }, label: string) => followLink(db, await readLink(db, tokenOf(mail, label)));

async function twice(mail: { raw: string }, label: string) {
	await press(mail, label);
	await press(mail, label);
}

const MONDAY = '2030-03-11T08:00:00.000Z'; // nine in Berlin

test('a tip comes at the person’s hour on working days: daily, weekly, on chosen days, every few, across summer time', async () => {
	const { reader, id } = await aRoom();
	const next = async (more: Record<string, unknown>, from: string) => {
		await letCome(db, reader, id, wish(more));
		return nextFrom(from, reader);
	};
	expect(await next({}, MONDAY)).toBe('2030-03-12T08:00:00.000Z');
	expect(await next({}, '2030-03-11T07:59:00Z')).toBe(MONDAY);
	expect(await next({}, '2030-03-15T12:00:00Z')).toBe('2030-03-18T08:00:00.000Z');
	expect(await next({ at: '13:30' }, MONDAY)).toBe('2030-03-11T12:30:00.000Z');
	expect(await next({ rhythm: 'weekly', day: 3 }, MONDAY)).toBe('2030-03-13T08:00:00.000Z');
	expect(await next({ rhythm: 'days', days: '2,5' }, '2030-03-12T09:00:00Z')).toBe('2030-03-15T08:00:00.000Z');
	expect(await next({ rhythm: 'every', every: 7 }, MONDAY)).toBe('2030-03-20T08:00:00.000Z');
	// Clocks change on 31 March: nine o'clock stays nine o'clock.
	expect(await next({}, '2030-03-29T12:00:00Z')).toBe('2030-04-01T07:00:00.000Z');
	// Saturday is no working day: it comes on one that is.
	expect(await next({ rhythm: 'weekly', day: 6 }, MONDAY)).toBe('2030-03-18T08:00:00.000Z');
	expect(() => wish({ rhythm: 'days' })).toThrow();
});

test('one tip a day by mail, each once, in order; seen on its page it does not come; at the end it waits for more', async () => {
	const { author, reader, id, tips } = await aRoom();
	await letCome(db, reader, id, wish());
	await dueAt(reader, MONDAY);
	const [first, ...none] = await mailsAt('2030-03-11T08:00:30Z');
	expect(none).toEqual([]);
	expect(first).toMatchObject({
		to: [(await row<{ email: string }>(db, sql`select email from person where id = ${reader.id}`))!.email]
	});
	expect(textOf(first!)).toContain('Say 1.');
	expect(first!.header('subject')).toBe('The till in ten days: Tip 1');
	expect(first!.header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
	expect(await mailsAt('2030-03-11T08:01:30Z')).toEqual([]);

	await openTip(db, reader, id, tips[1]!);
	const [second] = await mailsAt('2030-03-12T08:00:10Z');
	expect(textOf(second!)).toContain('Say 3.');
	expect((await comingOf(db, reader.id, id))!.nextAt).toBeNull();
	expect((await readDrip(db, reader, id)).tips.every(({ seenAt }) => seenAt)).toBe(true);
	expect(await mailsAt('2030-03-13T08:00:10Z')).toEqual([]);
	await addTip(db, author, id, parse(newTip, { title: 'Tip 4', body: 'Say 4.' }));
	await publishDrip(db, author, id);
	expect((await comingOf(db, reader.id, id))!.nextAt).not.toBeNull();
	await dueAt(reader, '2030-03-14T08:00:00Z');
	expect(textOf((await mailsAt('2030-03-14T08:00:10Z'))[0]!)).toContain('Say 4.');
});

test('nothing comes on a day off, at night, on leave or in a pause; it comes afterwards', async () => {
	const { reader, id } = await aRoom();
	await letCome(db, reader, id, wish());
	// The program was not running when it was due; on Saturday and at night it waits.
	await dueAt(reader, '2030-03-15T08:00:00Z');
	expect(await mailsAt('2030-03-16T08:00:10Z')).toEqual([]);
	expect((await comingOf(db, reader.id, id))!.nextAt).toBe('2030-03-18T08:00:00.000Z');
	await dueAt(reader, '2030-03-18T08:00:00Z');
	expect(await mailsAt('2030-03-18T21:00:00Z')).toEqual([]);
	await dueAt(reader, '2030-03-18T08:00:00Z');
	expect(await mailsAt('2030-03-18T15:00:00Z')).toHaveLength(1);

	await pauseAll(db, reader.id, 'week');
	await db.execute(
		sql`update notification_settings set paused_until = '2030-03-21T12:00:00Z' where person_id = ${reader.id}`
	);
	await dueAt(reader, '2030-03-19T08:00:00Z');
	expect(await mailsAt('2030-03-19T08:00:10Z')).toEqual([]);
	expect((await comingOf(db, reader.id, id))!.nextAt).toBe('2030-03-22T08:00:00.000Z');
	await pauseTips(db, reader.id, id, 14);
	const paused = (await comingOf(db, reader.id, id))!;
	expect(paused.nextAt! > paused.pausedUntil!).toBe(true);
	await pauseTips(db, reader.id, id, 0);
	expect((await comingOf(db, reader.id, id))!.pausedUntil).toBeNull();
	await stopTips(db, reader.id, id);
	expect(await comingOf(db, reader.id, id)).toBeUndefined();
	await expect(pauseTips(db, reader.id, id, 1)).rejects.toMatchObject({ kind: 'not_found' });
});

test('on leave no tip comes and none is missed: the next in order comes after the return, across changed clocks', async () => {
	const { reader, id } = await aRoom();
	await letCome(db, reader, id, wish());
	await dueAt(reader, '2030-03-28T08:00:00Z');
	expect(textOf((await mailsAt('2030-03-28T08:00:10Z'))[0]!)).toContain('Say 1.');
	const stated = new Date('2030-03-28T09:00:00Z');
	const leave = await takeLeave(db, reader, { from: '2030-03-29', until: '2030-04-02', word: '' }, stated);
	await heedLeave(db, reader.id);
	await dueAt(reader, '2030-03-29T08:00:00Z');
	// What is shown is when it really comes: Wednesday at nine, which is seven in UTC by then.
	expect((await comingOf(db, reader.id, id))!.nextAt).toBe('2030-04-03T07:00:00.000Z');
	for (const at of ['2030-03-29T08:00:10Z', '2030-04-01T07:00:10Z', '2030-04-02T07:00:10Z', '2030-04-02T22:10:00Z'])
		expect(await mailsAt(at), at).toEqual([]);
	expect((await readDrip(db, reader, id)).tips.filter(({ seenAt }) => seenAt)).toHaveLength(1);
	const [second] = await mailsAt('2030-04-03T07:00:10Z');
	expect(textOf(second!)).toContain('Say 2.');

	// Taken back in its middle, it comes by the rhythm again; what waited for the return does so no more.
	await endLeave(db, reader, leave, stated);
	const later = { from: '2030-04-04', until: '2030-05-20', word: '' };
	const long = await takeLeave(db, reader, later, stated);
	await dueAt(reader, '2030-04-04T07:00:00Z');
	expect(await mailsAt('2030-04-04T07:00:10Z')).toEqual([]);
	expect((await comingOf(db, reader.id, id))!.nextAt).toBe('2030-05-21T07:00:00.000Z');
	await endLeave(db, reader, long, new Date('2030-04-05T06:00:00Z'));
	await heedLeave(db, reader.id);
	const next = (await comingOf(db, reader.id, id))!.nextAt!;
	expect(next).toBe(await nextFrom(new Date().toISOString(), reader));
	await dueAt(reader, '2030-04-05T07:00:00Z');
	expect(textOf((await mailsAt('2030-04-05T07:00:10Z'))[0]!)).toContain('Say 3.');
});

test('a tip that waits in the outbox when a leave begins is taken back, and was not got', async () => {
	const { reader, id } = await aRoom();
	await letCome(db, reader, id, wish());
	await dueAt(reader, MONDAY);
	await deliverDue(db, new Date('2030-03-11T08:00:30Z'));
	await takeLeave(db, reader, { from: '2030-03-11', until: '2030-03-15', word: '' }, new Date('2030-03-11T08:00:31Z'));
	await heedLeave(db, reader.id);
	expect(await rows(db, sql`select 1 from mail_outbox where person_id = ${reader.id}`)).toEqual([]);
	await dueAt(reader, MONDAY);
	expect(await mailsAt('2030-03-11T08:02:00Z')).toEqual([]);
	expect(textOf((await mailsAt('2030-03-18T08:00:10Z'))[0]!)).toContain('Say 1.');
});

test('links in the mail work signed out, do no more when pressed twice, and nothing for a token that was changed', async () => {
	const { reader, id, tips } = await aRoom();
	await letCome(db, reader, id, wish());
	await dueAt(reader, MONDAY);
	const [mail] = await mailsAt('2030-03-11T08:00:30Z');
	await twice(mail!, 'Slower');
	expect(await comingOf(db, reader.id, id)).toMatchObject({ days: [], every: 2 });
	const token = tokenOf(mail!, 'Slower');
	await expect(readLink(db, `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`)).rejects.toMatchObject({
		kind: 'not_found'
	});
	// Known: the next comes in its place, once.
	await twice(mail!, 'I know this');
	expect((await openTip(db, reader, id, tips[0]!)).tip.known).toBe(true);
	const due = new Date((await comingOf(db, reader.id, id))!.nextAt!).getTime();
	expect(Math.abs(due - Date.now())).toBeLessThan(60_000);
	await press(mail!, 'Pause for two weeks');
	expect((await comingOf(db, reader.id, id))!.pausedUntil).not.toBeNull();
	await twice(mail!, 'I know all of this');
	expect(await comingOf(db, reader.id, id)).toBeUndefined();
	await press(mail!, 'Slower');
	expect(await comingOf(db, reader.id, id)).toBeUndefined();
});

test('what waits in the outbox is taken back by an opt-out, and was not got', async () => {
	const { reader, id } = await aRoom();
	await letCome(db, reader, id, wish());
	await dueAt(reader, MONDAY);
	await deliverDue(db, new Date('2030-03-11T08:00:30Z'));
	await changePace(db, reader, id, 'slower');
	expect(await rows(db, sql`select 1 from mail_outbox where person_id = ${reader.id}`)).toEqual([]);
	expect((await readDrip(db, reader, id)).tips.every(({ seenAt }) => seenAt === null)).toBe(true);
	await dueAt(reader, MONDAY);
	expect(await mailsAt('2030-03-11T08:02:00Z')).toHaveLength(1);
});

test('the personal feed holds what has come and is not done with; seen in one way is gone from it, and 304 while it is the same', async () => {
	const { reader, id, tips } = await aRoom();
	await letCome(db, reader, id, wish({ feed: true }));
	const { atom } = await makeFeedKey(db, reader, { kind: 'tips', target: 'mine' }, 'https://trellis.example');
	const ask = (headers: Record<string, string> = {}) =>
		answerFeed(db, undefined, { kind: 'tips', target: 'mine', format: 'atom' }, new Request(atom, { headers }));
	expect(await (await ask()).text()).not.toContain('Tip 1');
	await dueAt(reader, MONDAY);
	const [mail] = await mailsAt('2030-03-11T08:00:30Z');
	const answer = await ask();
	const text = await answer.text();
	expect(text).toContain('Tip 1');
	expect(text).not.toContain('Tip 2');
	expect((await ask({ 'if-none-match': answer.headers.get('etag')! })).status).toBe(304);
	await press(mail!, 'I know this');
	expect(await (await ask()).text()).not.toContain('Tip 1');
	await markKnown(db, reader.id, id, tips[2]!);
	expect((await myFollowing(db, reader)).map(({ seen, next }) => [seen, next?.id])).toEqual([[2, tips[1]]]);
});

test('whoever may not read the series any more gets nothing, nor do those who have left', async () => {
	const { reader, author, spaceId, id } = await aRoom();
	const outsider = await aPerson(db);
	await expect(letCome(db, outsider, id, wish())).rejects.toMatchObject({ kind: 'not_found' });
	await letCome(db, reader, id, wish());
	await letCome(db, author, id, wish());
	await dueAt(reader, MONDAY);
	await dueAt(author, MONDAY);
	await db.execute(sql`delete from space_member where person_id = ${reader.id} and space_id = ${spaceId}`);
	await db.execute(sql`update person set deactivated_at = now() where id = ${author.id}`);
	expect(await mailsAt('2030-03-11T10:00:00Z')).toEqual([]);
	await expect(markKnown(db, reader.id, id, id)).rejects.toMatchObject({ kind: 'not_found' });
});

test('one’s own archive holds the rhythm and what was got', async () => {
	const { reader, id, tips } = await aRoom();
	await letCome(db, reader, id, wish({ rhythm: 'every', every: 3 }));
	await openTip(db, reader, id, tips[0]!);
	const held: Record<string, unknown[]> = {};
	for (const { name, list } of ownLists()) {
		if (!name.startsWith('tips-')) continue;
		held[name] = [];
		for await (const line of list(db, reader)) held[name].push(line);
	}
	expect(held['tips-following']).toMatchObject([{ drip_id: id, every: 3 }]);
	expect(held['tips-got']).toMatchObject([{ tip_id: tips[0], via: 'page', known: false }]);
});
