import { afterAll, beforeEach, expect, test } from 'vitest';
import { row, sql } from '#src/platform/server/db.ts';
import { letter } from '#src/platform/server/letter.ts';
import { queueMail, startMail, stopMail } from '#src/platform/server/mail.ts';
import { listenForMail } from '#src/platform/server/mail-in/listener.ts';
import { Postman } from '#src/platform/server/postman.ts';
import { aPerson, viewerOf } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { dealWithAll, post, resolver, whatCame } from '#src/testing/mail-in.ts';
import { testMailServer } from '#src/testing/smtp.ts';
import { doorOf } from './door.ts';
import { listMailTrouble, mailOverview, ownStop, resumeMail, resumeOwn } from './read.ts';

const { db } = await testDatabase();
const domain = 'trellis.example';
const server = await testMailServer();
startMail({ SMTP_URL: server.url, MAIL_FROM: `Trellis <trellis@${domain}>`, MAIL_IN_PORT: 25 });
const door = doorOf(db, { domain, ours: [`trellis@${domain}`], trust: { resolver }, via: 'smtp' });
const settings = {
	MAIL_IN_HOST: '127.0.0.1',
	MAIL_IN_PORT: 0,
	MAIL_IN_MEGABYTES: 2,
	MAIL_IN_PROTOCOL: 'smtp'
} as const;
const { port, stop } = await listenForMail(settings, door);
afterAll(async () => {
	await stop();
	stopMail();
	await server.close();
});

const ada = await aPerson(db, { email: 'ada@example.org' });
const { id } = await aPerson(db);
await db.execute(sql`insert into org_role (person_id, role) values (${id}, 'admin')`);
const admin = await viewerOf(db, id);

beforeEach(async () => {
	server.received.length = 0;
	await db.execute(sql`delete from mail_in`);
	await db.execute(sql`delete from mail_address`);
	await db.execute(sql`delete from mail_failure`);
});

/** Sends one mail to Ada. @returns the sender of its envelope, undefined where it was not sent */
async function send({ bulk = true } = {}): Promise<string | undefined> {
	const words = letter({ heading: 'News', blocks: [{ text: 'Something happened.' }] });
	await queueMail(db, {
		to: 'ada@example.org',
		personId: ada.id,
		subject: 'News',
		purpose: 'notification',
		...words,
		...(bulk && { bulk })
	});
	await new Postman(db).sendWhatWaits();
	return server.received.splice(0)[0]?.from;
}

let count = 0;
const report = (type: string, fields: string, original = 'Subject: News') =>
	[
		...[
			'From: Mail Delivery <mailer-daemon@mx.example.org>',
			'Subject: Undelivered',
			`Message-ID: <${(count += 1)}@mx.example.org>`,
			'Auto-Submitted: auto-replied'
		],
		...['MIME-Version: 1.0', `Content-Type: multipart/report; report-type=${type}; boundary="b"`, '', '--b'],
		...[
			'Content-Type: text/plain',
			'',
			'I am sorry to have to tell you.',
			'--b',
			`Content-Type: message/${type}`,
			'',
			fields
		],
		...['--b', 'Content-Type: text/rfc822-headers', '', original, '--b--', '']
	].join('\r\n');

const failed = (status: string, answer: string) =>
	report(
		'delivery-status',
		`Reporting-MTA: dns; mx.example.org\r\n\r\nFinal-Recipient: rfc822; ada@example.org\r\nAction: failed\r\nStatus: ${status}\r\nDiagnostic-Code: smtp; ${answer}\r\n`
	);

const comesBack = async (to: string, raw: string) => {
	await post(port, { envelope: { from: '', to }, raw, unsigned: true });
	await dealWithAll(db);
	return (await whatCame(db)).at(-1)!;
};

test('a mail to an address that is gone is the last one, until its owner says otherwise', async () => {
	const sender = (await send())!;
	expect(sender).toMatch(/^bounce\+[a-z2-9]{20}@trellis\.example$/);
	expect(await send()).toBe(sender);
	const came = await comesBack(sender, failed('5.1.1', '550 5.1.1 <ada@example.org>:\r\n No such user'));
	expect(came).toMatchObject({ state: 'noted', why: '550 5.1.1 …: No such user Nothing more is sent there.' });
	expect(await send()).toBeUndefined();
	// What somebody waits for still goes out.
	expect(await send({ bulk: false })).toBe(sender);
	expect(await ownStop(db, ada)).toMatchObject({
		address: 'ada@example.org',
		why: expect.stringContaining('No such user')
	});
	const seen = await mailOverview(db, admin);
	expect(seen).toMatchObject({ stopped: [{ address: 'ada@example.org' }], came: { noted: 1 } });
	expect((await listMailTrouble(db, admin, { limit: 10 })).items).toMatchObject([
		{ from: 'ada@example.org', to: 'return' }
	]);
	await expect(mailOverview(db, ada)).rejects.toMatchObject({ kind: 'forbidden' });
	await resumeOwn(db, ada);
	expect(await ownStop(db, ada)).toBeUndefined();
	expect(await send()).toBe(sender);
	await expect(resumeMail(db, ada, { address: 'ada@example.org' })).rejects.toMatchObject({ kind: 'forbidden' });
});

test('an address that the mail server refuses at once is gone as well', async () => {
	server.failures.push(550);
	server.refusal = '5.1.1 No such user';
	await send();
	server.refusal = undefined;
	expect(await send()).toBeUndefined();
	await resumeMail(db, admin, { address: 'ada@example.org' });
	expect(await send()).toBeDefined();
});

test('mails that come back for the moment count, and ten within two weeks are enough', async () => {
	const sender = (await send())!;
	for (let n = 1; n <= 9; n += 1) {
		const { why } = await comesBack(sender, failed('5.2.2', '552 5.2.2 Mailbox full'));
		expect(why).toContain('tried again with the next mail');
	}
	expect(await send()).toBe(sender);
	expect(await row(db, sql`select soft from mail_address`)).toEqual({ soft: 9 });
	// Long ago counts no more.
	await db.execute(sql`update mail_address set soft_since = now() - interval '15 days'`);
	await comesBack(sender, failed('5.2.2', '552 5.2.2 Mailbox full'));
	expect(await row(db, sql`select soft from mail_address`)).toEqual({ soft: 1 });
	await db.execute(sql`update mail_address set soft = 9`);
	await comesBack(sender, failed('4.4.1', 'Connection timed out'));
	expect(await send()).toBeUndefined();
});

test('a complaint stops mail, by the address it comes to or the one it names', async () => {
	const sender = (await send())!;
	const fields = (type: string) => `Feedback-Type: ${type}\r\nUser-Agent: Feedback/1\r\nVersion: 1`;
	expect(await comesBack(sender, report('feedback-report', fields('not-spam')))).toMatchObject({ state: 'noted' });
	expect(await send()).toBe(sender);
	await comesBack(
		`complaints@${domain}`,
		report('feedback-report', `${fields('abuse')}\r\nOriginal-Mail-From: <${sender}>`)
	);
	expect(await send()).toBeUndefined();
	await resumeOwn(db, ada);
	await comesBack(
		`abuse@${domain}`,
		report('feedback-report', fields('abuse'), `Return-Path: <${sender}>\r\nSubject: News`)
	);
	expect(await send()).toBeUndefined();
	await resumeOwn(db, ada);
	await comesBack(`abuse@${domain}`, report('feedback-report', fields('abuse')));
	expect(await send()).toBe(sender);
});

test('letters of old mail servers are understood; delays, holidays and forgeries do nothing', async () => {
	const sender = (await send())!;
	const plain = (head: string, text: string) =>
		`From: mailer-daemon@old.example\r\nSubject: x\r\n${head}\r\n${text}\r\n`;
	await comesBack(
		sender,
		report('delivery-status', 'Reporting-MTA: dns; x\r\n\r\nAction: delayed\r\nStatus: 4.4.1\r\n')
	);
	await comesBack(sender, plain('Auto-Submitted: auto-replied\r\n', 'I am away. 550 5.1.1 user unknown'));
	expect(await send()).toBe(sender);
	const guess = sender.replace(/\+.{4}/, '+aaaa');
	await expect(comesBack(guess, failed('5.1.1', 'gone'))).rejects.toMatchObject({ responseCode: 550 });
	await comesBack(
		sender,
		plain('', 'This is the qmail-send program.\n<ada@example.org>:\n550 sorry, no such user here (#5.1.1)')
	);
	expect(await send()).toBeUndefined();
});

test('what comes back never makes a mail of its own, and a person’s mail there makes nothing', async () => {
	const sender = (await send())!;
	await comesBack(sender, `From: ada@example.org\r\nSubject: Hello\r\n\r\nI write to you.\r\n`);
	await comesBack(
		sender,
		'From: x\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n' + '--b\r\n\r\nx\r\n'.repeat(30_000)
	);
	expect(await row(db, sql`select 1 from mail_outbox`)).toBeUndefined();
	expect(await row(db, sql`select 1 from item`)).toBeUndefined();
	expect(await send()).toBe(sender);
});
