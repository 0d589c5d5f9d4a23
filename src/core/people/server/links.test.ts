import { SMTPServer } from 'smtp-server';
import { afterAll, expect, test } from 'vitest';
import { row, rows, sql } from '#src/platform/server/db.ts';
import { Postman } from '#src/platform/server/postman.ts';
import { startMail, stopMail } from '#src/platform/server/mail.ts';
import { aPerson } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { askForEmailChange, askForLink, confirmEmail, resetPassword, signInByLink } from './links.ts';
import { organisation } from './schema.ts';
import { mySessions, startSession } from './sessions.ts';
import { setPassword, signInWithPassword } from './sign-in.ts';
import { confirmSignUp } from './sign-up.ts';

const { db } = await testDatabase({ work: true });
await db.insert(organisation).values({ name: 'Vine', openDomains: ['vine.example'] });

const inbox: string[] = [];
const server = new SMTPServer({
	...{ authOptional: true, disabledCommands: ['STARTTLS'] },
	onData(stream, _, done) {
		let text = '';
		stream.on('data', (chunk) => (text += chunk));
		stream.on('end', () => (inbox.push(text.replace(/=\r?\n/g, '').replaceAll('=3D', '=')), done()));
	}
});
await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
const { port } = server.server.address() as { port: number };
startMail({ SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'trellis@vine.example', ORIGIN: 'https://vine.example' });
afterAll(() => {
	stopMail();
	server.close();
});

const password = 'correct horse battery';
const settled = () => row(db, sql`select 1 from pgboss.job where name = 'people.link' and state < 'completed'`);

/** Waits until the queues are done, and gives the secret of the newest mail to an address. */
async function linkTo(email: string, path: string): Promise<string | undefined> {
	while (await settled()) await new Promise((done) => setTimeout(done, 50));
	await new Postman(db).sendWhatWaits();
	const mail = inbox.findLast((text) => text.includes(`To: ${email}`));
	return new RegExp(`https://vine\\.example${path}/([\\w-]+)`).exec(mail ?? '')?.[1];
}

test('a link by mail signs in once, and only to an account that is open', async () => {
	const person = await aPerson(db, { email: 'mila@vine.example' });
	const gone = await aPerson(db, { email: 'gone@vine.example' });
	await db.execute(sql`update person set deactivated_at = now() where id = ${gone.id}`);
	for (const email of ['mila@vine.example', 'gone@vine.example', 'nobody@vine.example'])
		expect(await askForLink(db, 'sign_in', email, '10.0.0.1')).toBeUndefined();
	const secret = await linkTo('mila@vine.example', '/sign-in/link');
	expect(inbox).toHaveLength(1);
	const both = await Promise.allSettled([signInByLink(db, secret!), signInByLink(db, secret!)]);
	expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
	expect(both.find(({ status }) => status === 'fulfilled')).toMatchObject({ value: { personId: person.id } });
	const kept = await rows<{ text: string }>(
		db,
		sql`select data::text as text from pgboss.job where name = 'people.link'`
	);
	expect(kept.filter(({ text }) => text.includes(secret!))).toEqual([]);
});

test('a forgotten password is set by mail, which ends every session; the link is for nothing else', async () => {
	const person = await aPerson(db, { email: 'rosa@vine.example' });
	await startSession(db, person.id, 'Phone');
	await askForLink(db, 'reset_password', 'rosa@vine.example', '10.0.0.1');
	const secret = (await linkTo('rosa@vine.example', '/forgot'))!;
	await expect(signInByLink(db, secret)).rejects.toMatchObject({ kind: 'conflict' });
	await resetPassword(db, secret, password);
	expect(await mySessions(db, person)).toEqual([]);
	const signedIn = await signInWithPassword(db, { email: 'rosa@vine.example', password }, '10.0.0.1');
	expect(signedIn.personId).toBe(person.id);
	await expect(resetPassword(db, secret, password)).rejects.toMatchObject({ kind: 'conflict' });
});

test('a new address is used once it is confirmed, and never one that has an account', async () => {
	const person = await aPerson(db, { email: 'old@vine.example' });
	await setPassword(db, person.id, password);
	const wrong = askForEmailChange(db, person, { email: 'new@vine.example', currentPassword: 'no' });
	await expect(wrong).rejects.toMatchObject({ fields: { currentPassword: expect.any(String) } });
	await askForEmailChange(db, person, { email: 'new@vine.example', currentPassword: password });
	await confirmEmail(db, (await linkTo('new@vine.example', '/confirm-email'))!);
	const changed = await row(db, sql`select email from person where id = ${person.id}`);
	expect(changed).toEqual({ email: 'new@vine.example' });
	await askForEmailChange(db, person, { email: 'mila@vine.example', currentPassword: password });
	expect(await linkTo('mila@vine.example', '/confirm-email')).toBeUndefined();
});

test('people of an open domain sign up by a link to their address; others hear nothing', async () => {
	await askForLink(db, 'sign_up', 'fresh@vine.example', '10.0.0.1');
	await askForLink(db, 'sign_up', 'fresh@other.example', '10.0.0.1');
	const secret = (await linkTo('fresh@vine.example', '/sign-up'))!;
	expect(await linkTo('fresh@other.example', '/sign-up')).toBeUndefined();
	const id = await confirmSignUp(db, secret, { name: 'Fresh', password, timeZone: 'UTC' });
	expect(await row(db, sql`select email, email_verified from person where id = ${id}`)).toEqual({
		email: 'fresh@vine.example',
		email_verified: true
	});
});

test('nobody is flooded: five links an address, known or not', async () => {
	for (const email of ['mila@vine.example', 'never@vine.example']) {
		await db.execute(sql`delete from throttle`);
		for (let asked = 1; asked <= 5; asked += 1) await askForLink(db, 'sign_in', email, '10.0.0.2');
		await expect(askForLink(db, 'sign_in', email, '10.0.0.3')).rejects.toMatchObject({ kind: 'too_many' });
	}
});
