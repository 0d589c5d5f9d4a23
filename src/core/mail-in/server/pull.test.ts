import hoodiecrow from 'hoodiecrow-imap';
import { afterAll, expect, test } from 'vitest';
import { rows, sql } from '#src/platform/server/db.ts';
import { startMail, stopMail } from '#src/platform/server/mail.ts';
import type { Door } from '#src/platform/server/mail-in/listener.ts';
import { aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { dealWithAll, resolver, signed, whatCame } from '#src/testing/mail-in.ts';
import { doorOf } from './door.ts';
import { pullMail } from './pull.ts';
import { mailOverview } from './read.ts';

const { db } = await testDatabase();
const domain = 'trellis.example';
startMail({ SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: `Trellis <trellis@${domain}>`, IMAP_URL: 'imap://x' });
const spaceId = await aSpace(db, { slug: 'shop-floor' });
const ben = await aPerson(db, { email: 'ben@example.org', spaces: [spaceId] });
await aPerson(db, { email: 'eve@example.org' });
const door = doorOf(db, { domain, ours: [], trust: { resolver }, via: 'imap' });

const mail = (from: string, subject: string, text = 'Tell me.', head: Record<string, string> = {}) =>
	signed({ from, to: `Shop <shop-floor@${domain}>`, subject, text, headers: head });
const inbox = [
	await mail('ben@example.org', 'Where are the spare rolls kept?'),
	await mail('eve@example.org', 'May I ask here as well?'),
	await mail('ben@example.org', 'Out of the office', 'Away.', { 'Auto-Submitted': 'auto-replied' }),
	`From: ben@example.org\r\nTo: shop-floor@${domain}\r\nSubject: Is this really Ben?\r\n\r\nNo.`,
	'From: news@shop.example\r\nTo: somebody@else.example\r\nSubject: Offer\r\n\r\nBuy.',
	await mail('ben@example.org', 'A question that is far too large', 'x'.repeat(1_200_000))
];

/** A real IMAP server with one mailbox. */
const server = hoodiecrow({
	plugins: ['ID', 'UNSELECT', 'UIDPLUS', 'LITERALPLUS'],
	users: { trellis: { password: 'a secret/' } },
	storage: { INBOX: { messages: inbox.map((raw) => ({ raw })) } }
});
const port = await new Promise<number>((open) => server.listen(0, () => open(server.server.address().port)));
const url = `imap://trellis:${encodeURIComponent('a secret/')}@127.0.0.1:${port}`;
afterAll(async () => {
	await new Promise<void>((closed) => server.close(closed));
	stopMail();
});

const left = () =>
	server
		.getMailbox('INBOX')
		.messages.map(({ raw, flags }) => [/^Subject: (.*)$/im.exec(raw)![1]!.trim(), flags.includes('\\Seen')]);
const mailbox = { url, megabytes: 1, domain };

test('what is unread in a mailbox is taken or refused, once, and its sender told where they are known', async () => {
	const away: Door = { ...door, take: () => Promise.resolve([{ code: 451, text: '4.3.0 Later' }]) };
	await pullMail(db, mailbox, away);
	expect(left().map(([, seen]) => seen)).toEqual([false, false, false, false, true, false]);
	await Promise.all([pullMail(db, mailbox, door), pullMail(db, mailbox, door)]);
	await dealWithAll(db);
	expect(left()).toEqual([
		['May I ask here as well?', true],
		['Out of the office', true],
		['Is this really Ben?', true],
		['Offer', true],
		['A question that is far too large', true]
	]);
	const states = (await whatCame(db)).map(({ state, why }) => `${state}: ${why}`).sort();
	expect(states).toEqual([
		expect.stringMatching(/^refused: Automatic answers/),
		expect.stringMatching(/^refused: Larger than 1 MB/),
		expect.stringMatching(/^refused: Only members/),
		expect.stringMatching(/^refused: This mail does not come/),
		'taken: '
	]);
	const made = await rows(db, sql`select title from item where author_id = ${ben.id}`);
	expect(made).toEqual([{ title: 'Where are the spare rolls kept?' }]);
	const back = await rows(db, sql`select message ->> 'to' as "to" from mail_outbox`);
	expect(back).toEqual([{ to: 'eve@example.org' }]);
});

test('a mailbox that cannot be read is told to the administrator', async () => {
	const { id } = await aPerson(db);
	await db.execute(sql`insert into org_role (person_id, role) values (${id}, 'admin')`);
	const pull = async () => (await mailOverview(db, await viewerOf(db, id))).pull;
	expect(await pull()).toMatchObject({ trouble: '' });
	await pullMail(db, { ...mailbox, url: url.replace('trellis:', 'nobody:') }, door);
	expect(await pull()).toMatchObject({ trouble: expect.stringContaining('password') });
	await pullMail(db, { ...mailbox, url: 'imap://a:b@127.0.0.1:1' }, door);
	expect(await pull()).toMatchObject({ trouble: expect.stringContaining('ECONNREFUSED') });
});
