import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterAll, beforeEach, expect, test } from 'vitest';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { answerQuestion, askQuestion } from '#src/ask/server/ask.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { TEST_SECRET, testDatabase } from '#src/testing/database.ts';
import { testMailServer } from '#src/testing/smtp.ts';
import { connect, rows, sql, type Db } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { startMail, stopMail } from '#src/platform/server/mail.ts';
import { Postman } from '#src/platform/server/postman.ts';
import { enqueue } from '#src/platform/server/jobs.ts';
import { startNode } from '#src/testing/processes.ts';
import { EVENT_QUEUE } from '#src/core/signals/server/events.ts';
import { notify } from './fan-out.ts';
import { followLink, readLink } from './links.ts';
import { beginningAfter, mailWhatIsDue as makeWhatIsDue } from './mails.ts';
import { withSettings } from './on-its-way.ts';
import { muteItem, pause, savePreferences, turnOff } from './preferences.ts';
import { markRead } from './read.ts';

const { db, url } = await testDatabase();
const server = await testMailServer();
startMail({ SMTP_URL: server.url, MAIL_FROM: 'Trellis <trellis@corp.example>', ORIGIN: 'https://trellis.example' });
afterAll(async () => {
	stopMail();
	await server.close();
});

/** Makes the mails that are due, and sends them. */
async function mailWhatIsDue(on: Db, now?: Date): Promise<void> {
	await makeWhatIsDue(on, now);
	await new Postman(on).sendWhatWaits();
}

let space: string;
let asker: Viewer & { email?: string };
let colleague: Viewer;
let question: string;

/** Everybody here begins at nine in UTC; ids differ, so each test looks at its own person. */
beforeEach(async () => {
	await db.execute(sql`update notification set mailed_at = now()`);
	await db.execute(sql`delete from mail_outbox`);
	server.received.length = 0;
	server.failures.length = 0;
	server.onTaken = undefined;
	space = await aSpace(db, { name: 'Shop floor' });
	asker = await aPerson(db, { name: 'Ada Asker', spaces: [space] });
	colleague = await aPerson(db, { name: 'Carl Colleague', spaces: [space] });
	const input = { spaceId: space, title: 'How do I reset the till?', bodyMd: '', tags: [], anonymous: false };
	question = await askQuestion(db, asker, input);
});

const tell = async (kind = 'question.answered', person: Viewer = asker, on: Db = db) => {
	const itemId = await answerQuestion(on, colleague, question, { bodyMd: 'Hold the **green** key.' });
	await notify(on, { eventId: newId(), kind, itemId, actorId: colleague.id }, sql`select ${person.id}::uuid`);
};

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000);
const subjects = () => server.received.map((mail) => mail.header('Subject'));

/** The links of a mail, unsigned. */
async function linksIn(raw: string): Promise<{ action: string; token: string }[]> {
	const text = raw.replace(/=\r\n/g, '').replace(/=3D/g, '=');
	const tokens = [...new Set([...text.matchAll(/\/mail\/([\w-]+\.[\w-]+)/g)].map(([, token]) => token!))];
	return Promise.all(tokens.map(async (token) => ({ action: (await readLink(db, token)).action, token })));
}

test('what happens on a page within two minutes comes in one mail, and only once', async () => {
	await tell();
	await tell();
	await mailWhatIsDue(db, inMinutes(1));
	expect(server.received).toEqual([]);
	await mailWhatIsDue(db, inMinutes(3));
	await mailWhatIsDue(db, inMinutes(4));
	expect(subjects()).toEqual(['How do I reset the till?']);
	const [mail] = server.received;
	expect(mail?.raw.match(/Carl Colleague answered/g)?.length).toBeGreaterThanOrEqual(2);
	expect(mail?.header('List-Unsubscribe')).toMatch(/^<https:\/\/trellis\.example\/mail\/.+\/now>$/);
	expect(mail?.header('List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click');
	expect(mail?.header('References')).toBe(`<topic.${question}@corp.example>`);
	expect(mail?.header('Precedence')).toBe('bulk');
	expect((await linksIn(mail!.raw)).map(({ action }) => action).sort()).toEqual(['less', 'mute', 'off', 'stop']);
});

test('what was read in the page, muted, paused or closed since is not mailed', async () => {
	await tell();
	await markRead(db, asker);
	const muter = await aPerson(db, { spaces: [space] });
	const sleeper = await aPerson(db, { spaces: [space] });
	const leaver = await aPerson(db, { spaces: [space] });
	for (const person of [muter, sleeper, leaver]) await tell('question.answered', person);
	await muteItem(db, muter.id, question);
	await pause(db, sleeper.id, 'week');
	await db.execute(sql`update space set access = 'closed' where id = ${space}`);
	await db.execute(sql`delete from space_member where person_id = ${leaver.id}`);
	await mailWhatIsDue(db, inMinutes(3));
	expect(server.received).toEqual([]);
});

test('each link in a mail does what it says, and a changed one does nothing', async () => {
	await tell();
	await mailWhatIsDue(db, inMinutes(3));
	const links = await linksIn(server.received[0]!.raw);
	const off = links.find(({ action }) => action === 'off')!;
	await followLink(db, await readLink(db, off.token));
	await followLink(db, await readLink(db, off.token));
	await tell();
	expect(await rows(db, sql`select 1 from notification where person_id = ${asker.id} and mailed_at is null`)).toEqual(
		[]
	);
	const forged = Buffer.from(JSON.stringify([colleague.id, 'off', 'question.answered'])).toString('base64url');
	await expect(readLink(db, `${forged}.${off.token.split('.')[1]}`)).rejects.toMatchObject({ kind: 'not_found' });
	for (const token of ['', 'x', 'x.y', '.'])
		await expect(readLink(db, token)).rejects.toMatchObject({ kind: 'not_found' });
});

test('nothing is sent after an opt-out was answered, however they meet', async () => {
	const people = await Promise.all(Array.from({ length: 24 }, () => aPerson(db, { spaces: [space] })));
	for (const person of people) await tell('question.answered', person);
	const optedOut = new Map<string, number>();
	const sentAt = new Map<string, number>();
	server.onTaken = () => {
		const mail = server.received.at(-1)!;
		sentAt.set(mail.to[0]!, performance.now());
		return Promise.resolve();
	};
	const emails = new Map(
		(await rows<{ id: string; email: string }>(db, sql`select id, email from person`)).map(({ id, email }) => [
			id,
			email
		])
	);
	const optOuts = people.map(async (person) => {
		await turnOff(db, person.id, 'question.answered');
		optedOut.set(emails.get(person.id)!, performance.now());
	});
	await Promise.all([mailWhatIsDue(db, inMinutes(3)), ...optOuts, mailWhatIsDue(db, inMinutes(3))]);
	await mailWhatIsDue(db, inMinutes(5));
	const late = [...sentAt].filter(([to, at]) => optedOut.has(to) && at > optedOut.get(to)!);
	expect(late).toEqual([]);
	expect(new Set(server.received.map(({ to }) => to[0])).size).toBe(server.received.length);
});

test('an opt-out waits for the mail on its way, and no other follows', async () => {
	await tell();
	let isTaken = () => {};
	const taken = new Promise<void>((done) => (isTaken = done));
	let release = () => {};
	server.onTaken = () => {
		isTaken();
		return new Promise<void>((done) => (release = done));
	};
	const sending = mailWhatIsDue(db, inMinutes(3));
	await taken;
	const order: string[] = [];
	const optOut = turnOff(db, asker.id, 'question.answered').then(() => order.push('off'));
	order.push('taken');
	release();
	await Promise.all([sending, optOut]);
	expect(order).toEqual(['taken', 'off']);
	expect(server.received).toHaveLength(1);
});

test('two workers at once send each mail once', async () => {
	const people = await Promise.all(Array.from({ length: 10 }, () => aPerson(db, { spaces: [space] })));
	for (const person of people) await tell('question.answered', person);
	const other = connect(url, 4);
	await Promise.all([mailWhatIsDue(db, inMinutes(3)), mailWhatIsDue(other.db, inMinutes(3))]);
	await other.close();
	expect(server.received).toHaveLength(10);
	expect(new Set(server.received.map(({ to }) => to[0])).size).toBe(10);
});

test('a busy mail server is asked again later; one that refuses is not', async () => {
	await tell();
	server.failures.push(451);
	await mailWhatIsDue(db, inMinutes(3));
	await mailWhatIsDue(db, inMinutes(3));
	expect(server.received).toEqual([]);
	await db.execute(
		sql`update notification_settings set mail_after = now() - interval '1 second' where person_id = ${asker.id}`
	);
	await mailWhatIsDue(db, inMinutes(3));
	expect(server.received).toHaveLength(1);
	await tell();
	server.failures.push(550);
	await mailWhatIsDue(db, inMinutes(6));
	await mailWhatIsDue(db, inMinutes(6));
	expect(server.received).toHaveLength(1);
	expect(await rows(db, sql`select reason from mail_failure where person_id = ${asker.id}`)).toEqual([
		{ reason: '550 Not now' }
	]);
});

test('an end between the mail server’s taking it and our noting it repeats that one mail, under the same Message-ID', async () => {
	await tell();
	server.failures.push('lost');
	await mailWhatIsDue(db, inMinutes(3));
	await makeWhatIsDue(db, inMinutes(3));
	expect(await outbox()).toEqual([]);
	await db.execute(sql`update notification_settings set mail_after = null`);
	await mailWhatIsDue(db, inMinutes(3));
	await mailWhatIsDue(db, inMinutes(9));
	const ids = server.received.map((mail) => mail.header('Message-ID'));
	expect(ids).toHaveLength(2);
	expect(new Set(ids).size).toBe(1);
});

/** A worker of its own on this database. */
const worker = () =>
	startNode(['src/app/serve.ts'], {
		...{ DATABASE_URL: url, TRELLIS_ROLE: 'worker', LOG_LEVEL: 'silent', SECRET: TEST_SECRET },
		...{ SMTP_URL: server.url, MAIL_FROM: 'Trellis <trellis@corp.example>', ORIGIN: 'https://trellis.example' }
	});

/** Kills whoever hands mails over for a worker: its one child. */
const killPostmanOf = (pid: number) =>
	process.kill(Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]), 'SIGKILL');

/** Told by this test alone: what happened must not be told once more by the workers. */
async function tellLongAgo(): Promise<void> {
	// Nobody who works at that moment hears of the answer as well.
	await db.transaction(async (tx) => {
		await tell('question.answered', asker, tx);
		await tx.execute(sql`delete from pgboss.job where name = ${EVENT_QUEUE}`);
	});
	// What workers tell of other tests' events is no older than it is.
	await db.execute(sql`update notification set created_at = now() - interval '5 minutes'
		where mailed_at is null and person_id = ${asker.id}`);
}

const outbox = () => rows(db, sql`select 1 from mail_outbox`);

test('a worker killed while a mail is on its way: the mail arrives once', async () => {
	const first = worker();
	await first.printed('Trellis works');
	server.onTaken = async () => {
		server.onTaken = undefined;
		const ended = once(first.process, 'exit');
		first.process.kill('SIGKILL');
		await ended;
	};
	await tellLongAgo();
	await enqueue(db, 'notify.mail', {});
	await expect.poll(() => server.received.length, { timeout: 20_000 }).toBe(1);
	await expect.poll(outbox, { timeout: 20_000 }).toEqual([]);
	await new Postman(db).sendWhatWaits();
	expect(server.received).toHaveLength(1);
}, 60_000);

test('a postman killed after the mail server took a mail: the next sends that one again, and nothing else with it', async () => {
	const one = worker();
	await one.printed('Trellis works');
	server.onTaken = async () => {
		server.onTaken = undefined;
		killPostmanOf(one.process.pid!);
		await tellLongAgo();
	};
	await tellLongAgo();
	await enqueue(db, 'notify.mail', {});
	await expect.poll(() => server.received.length, { timeout: 20_000 }).toBe(1);
	// It waits until nobody believes in the first one's mail any more; an opt-out would, too.
	await expect.poll(() => server.received.length, { timeout: 40_000 }).toBe(2);
	await enqueue(db, 'notify.mail', {});
	await expect.poll(() => server.received.length, { timeout: 20_000 }).toBe(3);
	one.process.kill('SIGTERM');
	expect(await one.ended()).toBe(0);
	const ids = server.received.map((mail) => mail.header('Message-ID'));
	expect(ids.filter((id) => id === ids[0])).toHaveLength(2);
	expect(new Set(ids).size).toBe(2);
	const words = server.received.map(({ raw }) => raw.replace(/=\r\n/g, ''));
	expect(words.map((all) => all.match(/Carl Colleague answered/g)!.length)).toEqual([3, 3, 3]);
	expect(await outbox()).toEqual([]);
}, 120_000);

test('the digest comes once, when the working day begins, and not without anything to say', async () => {
	await tell('item.commented');
	await mailWhatIsDue(db);
	expect(server.received).toEqual([]);
	const [due] = await rows<{ at: string }>(
		db,
		sql`select digest_at as at from notification_settings where person_id = ${asker.id}`
	);
	const start = new Date(due!.at);
	expect([start.getUTCHours(), start.getUTCDay() >= 1 && start.getUTCDay() <= 5]).toEqual([9, true]);
	const other = { spaceId: space, title: 'Where are the spare rolls?', bodyMd: '', tags: [], anonymous: false };
	await askQuestion(db, colleague, other);
	await mailWhatIsDue(db, start);
	await mailWhatIsDue(db, start);
	expect(subjects()).toHaveLength(1);
	const text = server.received[0]!.raw.replace(/=\r\n/g, '');
	expect(text).toContain('Replies to you');
	expect(text).toContain('Where are the spare rolls?');
	await savePreferences(db, asker.id, [{ kind: 'item.commented', inPage: true, mail: 'never' }]);
	await tell('item.commented');
	await mailWhatIsDue(db, new Date(start.getTime() + 4 * 86_400_000));
	expect(subjects()).toHaveLength(1);
});

test('a working day begins in the person’s own time zone, weekends apart', () => {
	const berlin = { timeZone: 'Europe/Berlin', workStart: 540, workEnd: 1020, workDays: [1, 2, 3, 4, 5] };
	const friday = new Date('2026-11-20T11:00:00Z');
	expect(beginningAfter(berlin, friday).toISOString()).toBe('2026-11-23T08:00:00.000Z');
	const night = { timeZone: 'Asia/Tokyo', workStart: 480, workEnd: 960, workDays: [7] };
	expect(beginningAfter(night, friday).toISOString()).toBe('2026-11-21T23:00:00.000Z');
});

test('settings are made once, also when many ask at once', async () => {
	const keys = await Promise.all(
		Array.from({ length: 8 }, () => withSettings(db, colleague.id, (_tx, { mail_key }) => Promise.resolve(mail_key)))
	);
	expect(new Set(keys).size).toBe(1);
});
