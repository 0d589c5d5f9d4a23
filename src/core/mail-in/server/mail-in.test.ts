import { createConnection } from 'node:net';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { takers } from '#src/app/server/mail-in.ts';
import { askQuestion } from '#src/ask/server/ask.ts';
import { addComment } from '#src/core/items/server/comments.ts';
import { replyTokens, revokeReplyTokens } from '#src/core/notify/server/reply-address.ts';
import { row, rows, sql } from '#src/platform/server/db.ts';
import { startMail, stopMail } from '#src/platform/server/mail.ts';
import { listenForMail } from '#src/platform/server/mail-in/listener.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { testFiles } from '#src/testing/files.ts';
import { dealWithAll, post, resolver, whatCame } from '#src/testing/mail-in.ts';
import { doorOf } from './door.ts';

const { db } = await testDatabase();
testFiles();
const domain = 'trellis.example';
startMail({
	SMTP_URL: 'smtp://127.0.0.1:1',
	MAIL_FROM: `Trellis <trellis@${domain}>`,
	ORIGIN: 'https://trellis.example'
});
const door = doorOf(db, { domain, ours: [`trellis@${domain}`], trust: { resolver }, via: 'smtp' });
const settings = { MAIL_IN_HOST: '127.0.0.1', MAIL_IN_PORT: 0, MAIL_IN_MEGABYTES: 2 } as const;
const { port, stop } = await listenForMail({ ...settings, MAIL_IN_PROTOCOL: 'smtp' }, door);
afterAll(async () => {
	await stop();
	stopMail();
});

const spaceId = await aSpace(db, { slug: 'shop-floor' });
const ada = await aPerson(db, { name: 'Ada', email: 'ada@example.org', spaces: [spaceId] });
const ben = await aPerson(db, { name: 'Ben', email: 'ben@example.org', spaces: [spaceId] });
await aPerson(db, { name: 'Eve', email: 'eve@example.org' });
const space = `shop-floor@${domain}`;
const question = await askQuestion(db, ada, {
	...{ spaceId, title: 'How do I reset the till?', bodyMd: 'It hangs.', tags: [], anonymous: false }
});

const replyAddress = async (personId: string, itemId: string) =>
	`reply+${[...(await replyTokens(db, [{ personId, itemId }])).values()][0]}@${domain}`;
const item = (id: string | null | undefined) =>
	row<{ kind: string; parent_id: string; author_id: string; title: string; body_md: string; body_html: string }>(
		db,
		sql`select kind, parent_id, author_id, title, body_md, body_html from item where id = ${id}`
	);
const mailsBack = () =>
	rows<{ to: string; text: string; auto: string }>(
		db,
		sql`select message ->> 'to' as to, message ->> 'text' as text, message -> 'headers' ->> 'Auto-Submitted' as auto
			from mail_outbox where purpose = 'mail-in'`
	);
const last = async () => (await whatCame(db)).at(-1)!;
const refusal = (mail: Parameters<typeof post>[1]) =>
	post(port, mail).then(
		(taken) => `taken: ${taken}`,
		(error: { response: string }) => error.response
	);

beforeEach(async () => {
	await db.execute(sql`delete from mail_in`);
	await db.execute(sql`delete from mail_outbox`);
	await db.execute(sql`delete from throttle`);
});

describe('an answer by mail', () => {
	test('answers the question, in one’s own words alone', async () => {
		await post(port, {
			...{
				from: 'Ben <ben@example.org>',
				to: await replyAddress(ben.id, question),
				subject: 'Re: How do I reset the till?'
			},
			text: 'Press *both keys*\nfor ten seconds.\n\nViele Grüße\nBen\n\nAm Mo., 30. Nov. 2026 um 10:00 Uhr schrieb Trellis <trellis@trellis.example>:\n> Ada asked\n> something\n'
		});
		expect(await last()).toMatchObject({ state: 'waiting' });
		await dealWithAll(db);
		const came = await last();
		expect(came).toMatchObject({ state: 'taken', why: '', raw_id: null });
		const made = await item(came.item_id);
		expect(made).toMatchObject({ kind: 'answer', parent_id: question, author_id: ben.id });
		expect(made!.body_md).toBe('Press *both keys*  \nfor ten seconds.');
		expect(await rows(db, sql`select 1 from mail_raw`)).toEqual([]);
		expect(await mailsBack()).toEqual([]);
	});

	test('is a comment for who asked, and beneath answers and comments', async () => {
		await post(port, {
			from: ada.name && 'ada@example.org',
			to: await replyAddress(ada.id, question),
			text: 'It is the old till.'
		});
		const other = await aPerson(db, { spaces: [spaceId] });
		const comment = await addComment(db, other, question, { bodyMd: 'Which till?' });
		await dealWithAll(db);
		expect(await item((await last()).item_id)).toMatchObject({ kind: 'comment', parent_id: question });
		await post(port, {
			from: 'ada@example.org',
			to: await replyAddress(ada.id, comment),
			text: 'The till at the door.'
		});
		await dealWithAll(db);
		// A comment takes no comment: who wrote is told, and nothing is lost without a word.
		expect(await last()).toMatchObject({ state: 'refused', why: 'Comment on what the comment is about.' });
		expect(await mailsBack()).toMatchObject([{ to: 'ada@example.org', auto: 'auto-replied' }]);
	});

	test('that comes twice is there once, whatever order things happen in', async () => {
		const mail = {
			...{ from: 'ben@example.org', to: await replyAddress(ben.id, question), text: 'Once.' },
			messageId: '<twice@example.org>'
		};
		await post(port, mail);
		expect(await refusal(mail)).toMatch(/^taken: 250/);
		const [waiting] = await whatCame(db);
		// The process that dealt with it ended when the answer was there, and that was not noted.
		await takers.answer(db, ben, question, { bodyMd: 'Once.', submission: waiting!.id });
		await Promise.all([dealWithAll(db), dealWithAll(db)]);
		expect(await refusal(mail)).toMatch(/^taken: 250/);
		await dealWithAll(db);
		expect(await rows(db, sql`select id from item where body_md = 'Once.'`)).toHaveLength(1);
		expect(await whatCame(db)).toMatchObject([{ state: 'taken' }]);
	});

	test('by anybody else, or to an address that was taken back, is refused at once', async () => {
		const address = await replyAddress(ben.id, question);
		const text = 'I am Ben, really.';
		expect(await refusal({ from: 'ada@example.org', to: address, text })).toMatch(/550 5\.7\.1 Only the person/);
		expect(await refusal({ from: 'ben@example.org', to: address, text, unsigned: true })).toMatch(
			/550 5\.7\.1 .*DMARC/
		);
		await revokeReplyTokens(db, ben.id);
		expect(await refusal({ from: 'ben@example.org', to: address, text })).toMatch(/550 5\.1\.1/);
		expect((await whatCame(db)).map(({ state }) => state)).toEqual(['refused', 'refused']);
		expect(await mailsBack()).toEqual([]);
	});

	test('without words of its own is refused with a mail that says why, once', async () => {
		await post(port, {
			from: 'ben@example.org',
			to: await replyAddress(ben.id, question),
			subject: 'Re: x',
			text: '> only\n> quoted\n'
		});
		await dealWithAll(db);
		await dealWithAll(db);
		expect(await last()).toMatchObject({ state: 'refused', why: expect.stringContaining('nothing in it') });
		const back = await mailsBack();
		expect(back).toHaveLength(1);
		expect(back[0]!.text).toContain('Write above the quoted mail');
	});
});

describe('a question by mail', () => {
	test('is asked in the space by its members, its files with it', async () => {
		await post(port, {
			...{
				from: 'ben@example.org',
				to: space,
				subject: 'AW: Fwd: Where are the spare rolls kept?',
				text: 'See the photo.'
			},
			attachments: [
				{ filename: 'list of rolls.csv', content: 'roll,where\n80mm,cellar\n' },
				{ filename: 'winmail.dat', content: Buffer.from('789f3e22010006900800040000000000010001', 'hex') },
				{ filename: 'setup.exe', content: Buffer.from('4d5a90000300000004000000ffff0000b800000000000000', 'hex') }
			]
		});
		await dealWithAll(db);
		const came = await last();
		expect(came.state).toBe('taken');
		const made = await item(came.item_id);
		expect(made).toMatchObject({ kind: 'question', author_id: ben.id, title: 'Where are the spare rolls kept?' });
		expect(made!.body_html).toMatch(/See the photo[\s\S]*href="\/files\/[\w-]+\/list-of-rolls\.csv"/);
		expect(came.why).toMatch(/“winmail.dat” was not kept: Outlook[\s\S]*“setup.exe” was not kept/);
		expect((await mailsBack())[0]!.text).toContain('not all of it');
	});

	test('by strangers, people outside, or nobody sure is refused at once', async () => {
		const mail = { to: space, subject: 'Where are the spare rolls kept?', text: 'Tell me.' };
		expect(await refusal({ ...mail, from: 'eve@example.org' })).toMatch(/550 5\.7\.1 Only members/);
		expect(await refusal({ ...mail, from: 'stranger@example.org' })).toMatch(/550 5\.7\.1 Only colleagues/);
		expect(await refusal({ ...mail, from: 'ben@example.org', unsigned: true })).toMatch(/550 5\.7\.1 .*DMARC/);
		expect(await refusal({ ...mail, from: 'ben@elsewhere.example', unsigned: true })).toMatch(/550/);
		expect(await refusal({ ...mail, from: ['ben@example.org', 'ada@example.org'] as never })).toMatch(
			/550 5\.7\.1 .*one person/
		);
		for (const to of [
			`nowhere@${domain}`,
			`postmaster@${domain}`,
			'shop-floor@elsewhere.example',
			`reply+abc@${domain}`
		])
			expect(await refusal({ ...mail, from: 'ben@example.org', to })).toMatch(/550 5\.1\.1/);
	});

	test('that a machine wrote, or that goes in circles, is refused, and nothing is sent back', async () => {
		const mail = { from: 'ben@example.org', to: space, subject: 'Where are the spare rolls kept?', text: 'Away.' };
		for (const headers of [
			{ 'Auto-Submitted': 'auto-replied' },
			{ Precedence: 'bulk' },
			{ 'X-Loop': 'trellis' },
			{ 'List-Id': '<all.example.org>' },
			Array.from({ length: 60 }, (_, n) => ({ key: 'Received', value: `from a${n} by b` }))
		] as never[])
			expect(await refusal({ ...mail, headers })).toMatch(/550 5\.7\.1/);
		expect(await refusal({ ...mail, envelope: { from: '', to: space } })).toMatch(/550 5\.7\.1/);
		expect(await refusal({ ...mail, from: `trellis@${domain}`, unsigned: true })).toMatch(/550 5\.7\.1 .*circles/);
		await dealWithAll(db);
		expect(await mailsBack()).toEqual([]);
		expect(await rows(db, sql`select 1 from item where body_md = 'Away.'`)).toEqual([]);
	});

	test('one too many in an hour waits at the sender’s mail server', async () => {
		await db.execute(
			sql`insert into throttle (key, attempts, window_ends_at) values (${`mail-in:${ben.id}`}, 60, now() + interval '1 hour')`
		);
		expect(await refusal({ from: 'ben@example.org', to: space, subject: 'One more question', text: 'x' })).toMatch(
			/450 4\.7\.1/
		);
		expect(await whatCame(db)).toEqual([]);
	});
});

describe('what is sent to break things', () => {
	const raw = (head: string, body: string) => ({
		...{ envelope: { from: 'ben@example.org', to: space }, unsigned: false },
		raw: `From: ben@example.org\r\nTo: ${space}\r\nSubject: A question of many parts\r\n${head}\r\n\r\n${body}`
	});

	test('ten thousand recipients: twenty are taken in, the others wait', async () => {
		for (let n = 0; n < 25; n += 1) await aSpace(db, { slug: `many-${n}` });
		const to = (count: number, name: string) =>
			Array.from({ length: count }, (_, n) => `RCPT TO:<${name}-${n}@${domain}>`);
		const said = await talk(['EHLO x', 'MAIL FROM:<ben@example.org>', ...to(25, 'many'), ...to(10_000, 'no'), 'QUIT']);
		expect(said.filter((line) => line.startsWith('452 4.5.3'))).toHaveLength(10_005);
		const guessed = await talk(['EHLO x', 'MAIL FROM:<ben@example.org>', ...to(1000, 'no'), 'QUIT']);
		expect(guessed.filter((line) => line.startsWith('550 5.1.1'))).toHaveLength(20);
		expect(await refusal({ from: 'ben@example.org', to: space, subject: 'Does it still work?', text: 'Yes.' })).toMatch(
			/^taken/
		);
	}, 60_000);

	test('a mail that is too large is refused at its end, and the next is taken', async () => {
		expect(
			await refusal({ from: 'ben@example.org', to: space, subject: 'A large question', text: 'x'.repeat(3_000_000) })
		).toMatch(/^552/);
		expect(await refusal({ from: 'ben@example.org', to: space, subject: 'A small question', text: 'x' })).toMatch(
			/^taken/
		);
	});

	test('parts within parts within parts, and hundreds of thousands of them, are refused with a mail', async () => {
		const deep = Array.from(
			{ length: 3000 },
			(_, n) => `--b${n}\r\nContent-Type: multipart/mixed; boundary="b${n + 1}"\r\n\r\n`
		);
		const many = '--b0\r\nContent-Type: application/x\r\n\r\nx\r\n'.repeat(30_000);
		for (const body of [deep.join(''), many]) {
			const { state } = await through(raw('MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b0"', body));
			expect(state).toBe('refused');
		}
		expect((await mailsBack()).map(({ text }) => text.includes('could not be read'))).toEqual([true, true]);
	}, 60_000);

	test('broken charsets, headers and encodings become readable words or a reason', async () => {
		const odd = [
			raw('Content-Type: text/plain; charset=klingon', 'caf\xe9 \x00\x1b is open'),
			raw('Content-Type: text/plain\r\nContent-Transfer-Encoding: base64', '!!!! not base64 !!!!'),
			raw('Content-Type: text/html', '<p>One<script>alert(1)</script><p>two &lt;b&gt; ‮'),
			raw('Content-Type: ;;;=\r\nX: \x00', 'Words all the same'),
			raw(`X-Long: ${'y'.repeat(200_000)}`, 'Words')
		];
		for (const mail of odd) await refusal(mail);
		await dealWithAll(db);
		for (const { state, why } of await whatCame(db)) expect(state === 'taken' || why !== '').toBe(true);
		const html = await rows<{ body_html: string }>(db, sql`select body_html from item where author_id = ${ben.id}`);
		expect(html.every(({ body_html }) => !/<script|‮/.test(body_html))).toBe(true);
	});

	test('headers smuggled in by a subject go nowhere', async () => {
		await through(raw('Subject: =?utf-8?q?Where_is_it=0D=0ABcc:_eve@example.org?=', '> only quoted'));
		const [mail] = await rows<{ subject: string }>(db, sql`select message ->> 'subject' as subject from mail_outbox`);
		expect(mail?.subject ?? '').not.toMatch(/[\r\n]/);
	});

	async function through(mail: Parameters<typeof post>[1]) {
		expect(await refusal(mail)).toMatch(/^taken/);
		await dealWithAll(db);
		return last();
	}
});

test('by LMTP each recipient gets an answer of its own', async () => {
	const lmtp = await listenForMail({ ...settings, MAIL_IN_PROTOCOL: 'lmtp' }, door);
	const said = await talk(
		[
			'LHLO x',
			'MAIL FROM:<ada@example.org>',
			`RCPT TO:<${space}>`,
			`RCPT TO:<nobody@${domain}>`,
			`RCPT TO:<${await replyAddress(ben.id, question)}>`,
			'DATA',
			'From: ada@example.org\r\n\r\nx\r\n.',
			'QUIT'
		],
		lmtp.port
	);
	await lmtp.stop();
	expect(said.filter((line) => /^[245]\d\d /.test(line)).map((line) => line.slice(0, 3))).toEqual(
		// greeting, LHLO, MAIL, RCPT three times, one answer for each of two recipients, QUIT
		['220', '250', '250', '250', '550', '250', '550', '550', '221']
	);
});

/** Says lines one after the other, each after the answer to the one before. @returns all that was answered */
function talk(lines: string[], at = port): Promise<string[]> {
	return new Promise((done, fail) => {
		const said: string[] = [];
		const waiting = [...lines];
		let rest = '';
		const socket = createConnection(at, '127.0.0.1');
		socket.on('data', (chunk) => {
			const parts = (rest + chunk.toString()).split('\r\n');
			rest = parts.pop()!;
			for (const part of parts) {
				said.push(part);
				if (/^\d{3} /.test(part) && waiting.length > 0) socket.write(`${waiting.shift()}\r\n`);
			}
		});
		socket.on('close', () => done(said));
		socket.on('error', fail);
	});
}
