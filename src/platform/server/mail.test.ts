import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dkimVerify } from 'mailauth';
import { afterAll, afterEach, expect, test } from 'vitest';
import { aPerson } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { testMailServer } from '#src/testing/smtp.ts';
import { connect, rows, sql } from './db.ts';
import { StartError } from './config.ts';
import { dnsRecord, makeDkimKey } from './dkim.ts';
import { letter } from './letter.ts';
import { mailIsOn, queueMail, queueMails, startMail, stopMail } from './mail.ts';
import { callBack, Postman } from './postman.ts';
import { sendMail } from './send-mail.ts';

const { db, url } = await testDatabase();
const server = await testMailServer();
const on = { SMTP_URL: server.url, MAIL_FROM: 'Trellis <trellis@corp.example>', ORIGIN: 'https://trellis.example' };
const hello = {
	to: 'ada@example.org',
	subject: 'Hello',
	purpose: 'notification' as const,
	...letter({ heading: 'Hello', blocks: [{ text: 'A < B' }] })
};
startMail(on);

const sendAll = () => new Postman(db).sendWhatWaits();
const waiting = () => rows(db, sql`select tries, taken_by from mail_outbox`);

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
	await sendAll();
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
	await sendAll();
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
	await sendAll();
	expect(server.received).toEqual([]);
	expect(await waiting()).toEqual([{ tries: 1, taken_by: null }]);
	await db.execute(sql`update mail_outbox set due_at = now()`);
	await sendAll();
	expect(server.received.map((mail) => mail.header('Subject'))).toEqual(['Later']);
});

test('a refusal for good is recorded and not tried again', async () => {
	server.failures.push(550);
	await db.transaction((tx) => queueMail(tx, { ...hello, purpose: 'invitation' }));
	const failures = () => rows(db, sql`select address, purpose, reason from mail_failure`);
	await sendAll();
	expect(await failures()).toEqual([{ address: 'ada@example.org', purpose: 'invitation', reason: '550 Not now' }]);
	expect(await waiting()).toEqual([]);
});

test('without SMTP_URL mail is off and queues nothing', async () => {
	startMail({ MAIL_FROM: on.MAIL_FROM });
	expect(mailIsOn()).toBe(false);
	await db.transaction((tx) => queueMail(tx, hello));
	expect(await waiting()).toEqual([]);
});

test('a mail whose time has passed is dropped', async () => {
	await db.transaction((tx) => queueMail(tx, { ...hello, subject: 'Old', until: '2020-01-01T00:00:00Z' }));
	await db.transaction((tx) => queueMail(tx, { ...hello, subject: 'New' }));
	await sendAll();
	expect(server.received.map((mail) => mail.header('Subject'))).toEqual(['New']);
});

test('a mail that is queued again is the same mail', async () => {
	for (const subject of ['One', 'Two']) await queueMail(db, { ...hello, subject, messageId: 'same' });
	await sendAll();
	expect(server.received.map((mail) => mail.header('Subject'))).toEqual(['One']);
});

test('two postmen send each of many once, and who is waited for goes first', async () => {
	const many = Array.from({ length: 60 }, (_, n) => ({ ...hello, subject: `Many ${n}`, bulk: true as const }));
	await queueMails(db, many);
	await queueMail(db, { ...hello, subject: 'Sign in' });
	const other = connect(url, 2);
	await Promise.all([sendAll(), new Postman(other.db).sendWhatWaits()]);
	await other.close();
	const subjects = server.received.map((mail) => mail.header('Subject')!);
	expect(subjects.indexOf('Sign in')).toBeLessThan(10);
	expect([...subjects].sort()).toEqual([...many.map(({ subject }) => subject), 'Sign in'].sort());
	expect(await waiting()).toEqual([]);
});

test('what a postman has taken and not sent goes back when it stops; what is on its way arrives', async () => {
	await queueMails(
		db,
		Array.from({ length: 40 }, () => ({ ...hello, bulk: true as const }))
	);
	const postman = new Postman(db);
	server.onTaken = () => Promise.resolve(postman.stop());
	await postman.sendWhatWaits();
	server.onTaken = undefined;
	const left = await waiting();
	expect(left.length + server.received.length).toBe(40);
	expect(left.length).toBeGreaterThan(0);
	expect(new Set(left.map((each) => JSON.stringify(each)))).toEqual(new Set(['{"tries":0,"taken_by":null}']));
	await sendAll();
	expect(server.received).toHaveLength(40);
});

test('a mail that is not on its way yet can be called back', async () => {
	const ada = await aPerson(db);
	const mail = { ...hello, personId: ada.id, purpose: 'tip' as const, bulk: true as const };
	await queueMails(db, [{ ...mail, messageId: 'tip.1' }]);
	expect(await callBack(db, ada.id, 'invitation')).toEqual({ back: [], busy: false });
	expect(await callBack(db, ada.id, 'tip')).toEqual({ back: ['tip.1'], busy: false });
	await queueMails(db, [{ ...mail, messageId: 'tip.2' }]);
	let during: unknown;
	server.onTaken = async () => {
		during = await callBack(db, ada.id, 'tip');
	};
	await sendAll();
	server.onTaken = undefined;
	expect(during).toEqual({ back: [], busy: true });
	expect(server.received).toHaveLength(1);
});

test('a mail server that is away is not asked for every mail', async () => {
	startMail({ ...on, SMTP_URL: 'smtp://127.0.0.1:1' });
	await queueMails(
		db,
		Array.from({ length: 30 }, () => ({ ...hello, bulk: true as const }))
	);
	const postman = new Postman(db);
	await postman.sendWhatWaits();
	expect(postman.pause).toBeGreaterThan(1000);
	const tried = await rows(db, sql`select 1 from mail_outbox where tries > 0`);
	expect(tried.length).toBeLessThanOrEqual(5);
	startMail(on);
	await db.execute(sql`update mail_outbox set due_at = now()`);
	await sendAll();
	expect(server.received).toHaveLength(30);
});

test('mails are signed, the one-click headers too, as a receiver checks it', async () => {
	const key = makeDkimKey();
	const folder = mkdtempSync(join(tmpdir(), 'trellis-dkim-'));
	writeFileSync(join(folder, 'dkim.pem'), key.pem);
	startMail({ ...on, DKIM_KEY: join(folder, 'dkim.pem'), DKIM_SELECTOR: 'spring' });
	const headers = {
		'List-Unsubscribe': '<https://trellis.example/x>',
		'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click'
	};
	await sendMail({ ...hello, headers });
	rmSync(folder, { recursive: true });
	const record = dnsRecord(key.pem, 'spring', 'corp.example');
	const resolver = (name: string, type: string) =>
		name === record.name && type === 'TXT'
			? Promise.resolve([record.strings])
			: Promise.reject(Object.assign(new Error('none'), { code: 'ENOTFOUND' }));
	const { raw } = server.received[0]!;
	const [signature] = (await dkimVerify(raw, { resolver })).results;
	expect(signature).toMatchObject({
		signingDomain: 'corp.example',
		status: { result: 'pass', aligned: 'corp.example' }
	});
	const covered = signature!.signingHeaders!.keys.toLowerCase();
	for (const name of ['list-unsubscribe', 'list-unsubscribe-post', 'from', 'subject', 'to'])
		expect(covered).toContain(name);
	const changed = await dkimVerify(raw.replace('List-Unsubscribe=One-Click', 'List-Unsubscribe=Two'), { resolver });
	expect(changed.results[0]!.status.result).not.toBe('pass');
	expect(() => startMail({ ...on, DKIM_KEY: '/nowhere/dkim.pem' })).toThrow(StartError);
});
