import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { createItem } from '#src/core/items/server/write.ts';
import { startFollowing } from '#src/core/items/server/follows.ts';
import { mailWhatIsDue } from '#src/core/notify/server/mails.ts';
import { savePreferences } from '#src/core/notify/server/preferences.ts';
import { listNotices } from '#src/core/notify/server/read.ts';
import { dispatch } from '#src/core/signals/server/events.ts';
import { row, rows, sql } from '#src/platform/server/db.ts';
import { startMail, stopMail } from '#src/platform/server/mail.ts';
import { parse } from '#src/platform/server/parse.ts';
import { Postman } from '#src/platform/server/postman.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { aDrip } from '#src/testing/drips.ts';
import { testMailServer } from '#src/testing/smtp.ts';
import { coming, dripEdit, tipEdit } from '../input.ts';
import { CHAT } from './chat.ts';
import { deliverDue } from './deliver.ts';
import { comingOf, letCome } from './follow.ts';
import { writeDrip } from './publish.ts';
import { openTip } from './read.ts';
import { writeTip } from './tips.ts';

const { db } = await testDatabase();
const server = await testMailServer();
beforeAll(() =>
	startMail({ SMTP_URL: server.url, MAIL_FROM: 'trellis@corp.example', ORIGIN: 'https://trellis.example' })
);
afterAll(async () => {
	stopMail();
	await server.close();
});

/** Hands out the events of a name, each twice: at least once is what is promised. */
async function handOut(name: string): Promise<void> {
	const waiting = await rows<{ data: Parameters<typeof dispatch>[0] }>(
		db,
		sql`delete from pgboss.job where name = 'event' and data ->> 'name' = ${name} returning data`
	);
	for (const { data } of [...waiting, ...waiting]) await dispatch(data);
}
const emailOf = async ({ id }: Viewer) =>
	(await row<{ email: string }>(db, sql`select email from person where id = ${id}`))!.email;
/** Sends what is due and answers who got a mail, and its text. */
async function mails() {
	server.received.length = 0;
	await db.execute(sql`update notification set created_at = created_at - interval '5 minutes' where mailed_at is null`);
	await mailWhatIsDue(db);
	await new Postman(db).sendWhatWaits();
	return server.received.map(({ to, raw }) => ({ to: to[0]!, text: raw.replace(/=\r?\n/g, '') }));
}
const due = async (...people: Viewer[]) => {
	for (const { id } of people)
		await db.execute(
			sql`update drip_follow set next_at = now() - interval '1 second' where person_id = ${id} and next_at is not null`
		);
	await deliverDue(db);
	await new Postman(db).sendWhatWaits();
};

async function aRoom(count: number) {
	const spaceId = await aSpace(db, { access: 'closed' });
	const [author, ...readers] = await Promise.all(
		Array.from({ length: count + 1 }, () => aPerson(db, { spaces: [spaceId], workDays: [] }))
	);
	return { spaceId, author: author!, readers, ...(await aDrip(db, author!, spaceId)) };
}

test('a wrong tip is put right for exactly those who got it by mail, feed, chat or page, once, as each wants to be told', async () => {
	const { author, readers, id, tips } = await aRoom(7);
	const [byMail, byFeed, byChat, byPage, later, never, quiet] = readers as [
		Viewer,
		Viewer,
		Viewer,
		Viewer,
		Viewer,
		Viewer,
		Viewer
	];
	await letCome(db, byMail, id, parse(coming, { mail: true }));
	await letCome(db, byFeed, id, parse(coming, { feed: true }));
	await db.execute(sql`insert into drip_chat (person_id, address) values (${byChat.id}, 'sealed')`);
	await letCome(db, byChat, id, parse(coming, { chat: true }));
	await due(byMail, byFeed, byChat);
	await openTip(db, byPage, id, tips[0]!);
	await openTip(db, quiet, id, tips[0]!);
	await savePreferences(db, quiet.id, [{ kind: 'tip.corrected', inPage: true, mail: 'never' }]);
	// Somebody else is at another tip.
	await openTip(db, never, id, tips[1]!);
	await db.execute(sql`delete from pgboss.job where name = ${CHAT}`);

	const right = {
		title: 'Tip 1',
		body: 'Say one, in words.',
		version: 1,
		wrong: 'It is said in words, not in figures.'
	};
	await writeTip(db, author, id, tips[0]!, parse(tipEdit, right));
	await openTip(db, later, id, tips[0]!);
	await handOut('tip.corrected');
	const sent = await mails();
	const expected = await Promise.all([byMail, byFeed, byChat, byPage].map(emailOf));
	expect(sent.map(({ to }) => to).sort()).toEqual(expected.sort());
	expect(sent[0]!.text).toContain('Say one, in words.');
	expect(sent[0]!.text).toContain('not in figures');
	for (const reader of [quiet, byPage]) {
		const { groups } = await listNotices(db, reader, { show: 'all' });
		const [notice] = groups.flatMap(({ notices }) => notices);
		expect(notice!.sentence).toContain('was wrong');
		expect(notice!.href).toMatch(new RegExp(`^/drips/${id}/tips/${tips[0]}`));
	}
	expect(await rows(db, sql`select data ->> 'personId' as id from pgboss.job where name = ${CHAT}`)).toEqual([
		{ id: byChat.id }
	]);
	for (const reader of [never, later, author])
		expect((await listNotices(db, reader, { show: 'all' })).groups).toEqual([]);
	expect((await openTip(db, later, id, tips[0]!)).corrections).toMatchObject([{ note: right.wrong }]);
	expect(await mails()).toEqual([]);
});

test('only those are told who got a version that was wrong; a change without an error tells nobody', async () => {
	const { author, readers, id, tips } = await aRoom(2);
	const [early, late] = readers as [Viewer, Viewer];
	await openTip(db, early, id, tips[0]!);
	const write = (body: string, version: number, more = {}) =>
		writeTip(db, author, id, tips[0]!, parse(tipEdit, { title: 'Tip 1', body, version, ...more }));
	await write('Say 2.', 1);
	await handOut('tip.corrected');
	await openTip(db, late, id, tips[0]!);
	await expect(write('Say 1.', 2, { wrong: 'Not 2.', since: 3 })).rejects.toMatchObject({
		fields: { since: expect.anything() }
	});
	await write('Say 1.', 2, { wrong: 'Not 2.', since: 2 });
	await handOut('tip.corrected');
	expect((await mails()).map(({ to }) => to)).toEqual([await emailOf(late)]);
});

test('while somebody is in the middle of a series that is to be alone, nothing else of its authors is sent to them', async () => {
	const { spaceId, author, readers, id } = await aRoom(2);
	const [reader, other] = readers as [Viewer, Viewer];
	const second = await aDrip(db, author, spaceId);
	await handOut('item.created');
	await writeDrip(db, author, id, parse(dripEdit, { title: 'The till', about: '', alone: true, version: 1 }));
	for (const viewer of [reader, other]) {
		await letCome(db, viewer, second.id, parse(coming, { mail: true }));
		await startFollowing(db, viewer, { targetKind: 'person', target: author.id });
	}
	await letCome(db, reader, id, parse(coming, { mail: true }));
	server.received.length = 0;
	await due(reader, other);
	const subjects = (address: string) =>
		server.received.filter(({ to }) => to[0] === address).map((mail) => mail.header('subject'));
	expect(subjects(await emailOf(reader))).toEqual(['The till: Tip 1']);
	expect(subjects(await emailOf(other))).toEqual(['The till in ten days: Tip 1']);
	expect(await comingOf(db, reader.id, second.id)).toMatchObject({ nextAt: expect.any(String) });

	const page = { kind: 'page', spaceId, title: 'News', bodyMd: 'New.' } as const;
	await db.transaction((tx) => createItem(tx, author, page));
	await handOut('item.created');
	await savePreferences(db, reader.id, [{ kind: 'item.new', inPage: true, mail: 'now' }]);
	await savePreferences(db, other.id, [{ kind: 'item.new', inPage: true, mail: 'now' }]);
	expect((await mails()).map(({ to }) => to)).toEqual([await emailOf(other)]);
	expect((await listNotices(db, reader, { show: 'all' })).groups).toHaveLength(1);

	// At its end the others come again.
	await due(reader);
	await due(reader);
	expect((await comingOf(db, reader.id, id))!.nextAt).toBeNull();
	server.received.length = 0;
	await due(reader);
	expect(subjects(await emailOf(reader))).toEqual(['The till in ten days: Tip 1']);
});
