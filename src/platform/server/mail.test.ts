import { afterAll, afterEach, expect, test } from 'vitest';
import { testDatabase } from '#src/testing/database.ts';
import { testMailServer, until } from '#src/testing/smtp.ts';
import { rows, sql } from './db.ts';
import { letter } from './letter.ts';
import { mailIsOn, queueMail, sendMail, startMail, stopMail } from './mail.ts';

const { db } = await testDatabase({ work: true });
const server = await testMailServer();
const on = { SMTP_URL: server.url, MAIL_FROM: 'Trellis <trellis@corp.example>', ORIGIN: 'https://trellis.example' };
const hello = { to: 'ada@example.org', subject: 'Hello', ...letter({ heading: 'Hello', blocks: [{ text: 'A < B' }] }) };
startMail(on);

afterEach(() => {
	server.received.length = 0;
	startMail(on);
});
afterAll(async () => {
	stopMail();
	await server.close();
});

test('a queued mail arrives as text and HTML from the same words', async () => {
	await db.transaction((tx) => queueMail(tx, { ...hello, messageId: 'n-1', references: ['item-7'] }));
	await until(() => server.received.length > 0);
	const [mail] = server.received;
	expect(mail).toMatchObject({ to: ['ada@example.org'], from: 'trellis@corp.example' });
	expect(mail?.header('Message-ID')).toBe('<n-1@corp.example>');
	expect(mail?.header('References')).toBe('<item-7@corp.example>');
	expect(mail?.header('In-Reply-To')).toBe('<item-7@corp.example>');
	expect(mail?.header('Auto-Submitted')).toBe('auto-generated');
	expect(mail?.raw).toContain('text/plain');
	expect(mail?.raw).toContain('A &#60; B');
});

test('nothing is sent for a change that was rolled back', async () => {
	const change = db.transaction(async (tx) => {
		await queueMail(tx, { ...hello, subject: 'Never' });
		throw new Error('rolled back');
	});
	await expect(change).rejects.toThrow('rolled back');
	await db.transaction((tx) => queueMail(tx, { ...hello, subject: 'After' }));
	await until(() => server.received.length > 0);
	expect(server.received.map((mail) => mail.header('Subject'))).toEqual(['After']);
});

test('no input can add a header, a recipient or a part', async () => {
	const evil = 'x\r\nBcc: eve@example.org\r\n\r\nbody';
	await sendMail({ ...hello, subject: evil, messageId: evil, references: [evil], headers: { 'List-Id': evil } });
	const [mail] = server.received;
	expect(mail?.to).toEqual(['ada@example.org']);
	expect(mail?.header('Bcc')).toBeUndefined();
	for (const to of ['a@b.c\r\nRCPT TO:<e@f.g>', 'a@b.c, e@f.g', 'A <a@b.c>', 'a@b.c>\0', 'nobody'])
		await expect(sendMail({ ...hello, to })).rejects.toMatchObject({ responseCode: 553 });
	await expect(sendMail({ ...hello, headers: { 'X\r\nBcc': 'e@f.g' } })).rejects.toThrow('header');
});

test('a temporary refusal is tried again', async () => {
	server.failures.push(450);
	await db.transaction((tx) => queueMail(tx, { ...hello, subject: 'Later' }));
	await until(() => server.received.length > 0, 18);
	expect(server.received.map((mail) => mail.header('Subject'))).toEqual(['Later']);
});

test('a refusal for good is recorded and not tried again', async () => {
	server.failures.push(550);
	await db.transaction((tx) => queueMail(tx, { ...hello, purpose: 'invitation' }));
	const failures = () => rows(db, sql`select address, purpose, reason from mail_failure`);
	await until(async () => (await failures()).length > 0);
	expect(await failures()).toEqual([{ address: 'ada@example.org', purpose: 'invitation', reason: '550 Not now' }]);
	const waiting = await rows(db, sql`select 1 from pgboss.job where name = 'mail' and state in ('created', 'retry')`);
	expect(waiting).toEqual([]);
});

test('without SMTP_URL mail is off and queues nothing', async () => {
	startMail({ MAIL_FROM: on.MAIL_FROM });
	expect(mailIsOn()).toBe(false);
	await db.transaction((tx) => queueMail(tx, hello));
	const waiting = await rows(db, sql`select 1 from pgboss.job where name = 'mail' and state in ('created', 'retry')`);
	expect(waiting).toEqual([]);
});

test('a mail whose time has passed is dropped', async () => {
	await db.transaction((tx) => queueMail(tx, { ...hello, subject: 'Old', until: '2020-01-01T00:00:00Z' }));
	await db.transaction((tx) => queueMail(tx, { ...hello, subject: 'New' }));
	await until(() => server.received.length > 0);
	expect(server.received.map((mail) => mail.header('Subject'))).toEqual(['New']);
});
