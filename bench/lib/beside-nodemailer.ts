import { setTimeout as sleep } from 'node:timers/promises';
import nodemailer from 'nodemailer';
import { wire } from '#src/app/server/wire.ts';
import { connect, rows, sql, type Db } from '#src/platform/server/db.ts';
import { enqueue, startJobs, stopJobs } from '#src/platform/server/jobs.ts';
import { CONNECTIONS, startMail, stopMail, type MailMessage } from '#src/platform/server/mail.ts';
import { startTrellis } from './program.ts';
import { startSink, type Sink } from './sink.ts';

/** The least share of nodemailer's rate. */
export const LEAST = 0.5;
/** As many tell how fast nodemailer is alone. */
const MOST_BARE = 5_000;
const FROM = 'Trellis <trellis@bench.example>';

/** Something that Trellis mails to many people: one mail each. */
export interface Mailing {
	/** What the figure calls them. */
	name: string;
	/** Makes people to whom one is to be sent. @param prefix of their addresses */
	people(databaseUrl: string, count: number, prefix: string): Promise<unknown>;
	/** From here on it is due to all of them. */
	due(db: Db): Promise<unknown>;
	/** The queue whose job makes the mails, and what that job does. */
	job: string;
	make(db: Db): Promise<void>;
}

/** How fast mails are prepared and handed over, from the moment they are due, beside nodemailer with the same mail. */
export async function besideNodemailer(mailing: Mailing, count: number): Promise<{ figure: string; ok: boolean }> {
	const sink = await startSink();
	try {
		const trellis = await startTrellis({ TRELLIS_ROLE: 'all', SMTP_URL: sink.url, MAIL_FROM: FROM });
		const { db, close } = connect(trellis.databaseUrl, 1);
		try {
			wire(db);
			const mail = await aMail(mailing, db, trellis.databaseUrl);
			await mailing.people(trellis.databaseUrl, count, 'reader');
			const before = await bare(sink, mail, Math.min(count, MOST_BARE));
			await startJobs(trellis.databaseUrl, false);
			const rate = await throughTrellis(mailing, sink, db, count);
			const after = await bare(sink, mail, Math.min(count, MOST_BARE));
			const beside = (before + after) / 2;
			const share = rate / beside;
			const figure = `${share.toFixed(2)} (${Math.round(rate)} of ${Math.round(beside)} a second, ${count.toLocaleString('en')} ${mailing.name})`;
			return { figure, ok: share >= LEAST };
		} finally {
			await stopJobs();
			await close();
			await trellis.stop();
		}
	} finally {
		sink.stop();
	}
}

/** One of the mails as it would lie in the outbox; there it does not stay, and nobody is due any more. */
async function aMail(mailing: Mailing, db: Db, databaseUrl: string): Promise<MailMessage> {
	await mailing.people(databaseUrl, 1, 'sample');
	let mail: MailMessage | undefined;
	const undone = new Error('Only looked at.');
	startMail({ SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: FROM });
	await db
		.transaction(async (tx) => {
			await mailing.due(tx);
			await mailing.make(tx);
			mail = (await rows<{ message: MailMessage }>(tx, sql`select message from mail_outbox`))[0]!.message;
			throw undone;
		})
		.catch((error) => {
			if (error !== undone) throw error;
		});
	stopMail();
	await db.execute(sql`delete from person where email like 'sample%'`);
	return mail!;
}

/** Mails a second that nodemailer alone hands over with its pool, over as many connections: nothing prepared, nothing kept. */
async function bare(sink: Sink, mail: MailMessage, count: number): Promise<number> {
	const options = { url: sink.url, pool: true as const, maxConnections: CONNECTIONS, maxMessages: 1000 };
	const transport = nodemailer.createTransport(options);
	const { subject, text, html } = mail;
	const headers = { 'Auto-Submitted': 'auto-generated', ...mail.headers };
	const begin = performance.now();
	let next = 0;
	const line = async () => {
		for (let n = next++; n < count; n = next++) {
			const to = `reader${n}@bench.example`;
			const messageId = `<bare.${n}@bench.example>`;
			await transport.sendMail({ from: FROM, to, subject, text, html, headers, messageId });
		}
	};
	await Promise.all(Array.from({ length: CONNECTIONS * 2 }, line));
	const rate = count / ((performance.now() - begin) / 1000);
	transport.close();
	return rate;
}

/**
 * Mails a second from the moment they are due until the sink has all.
 * @throws when somebody gets none, or two
 */
async function throughTrellis(mailing: Mailing, sink: Sink, db: Db, count: number): Promise<number> {
	await sink.clear();
	let begin = 0;
	await db.transaction(async (tx) => {
		await mailing.due(tx);
		begin = performance.now();
		await enqueue(tx, mailing.job, {});
	});
	while ((await sink.count()).count < count) await sleep(100);
	const rate = count / ((performance.now() - begin) / 1000);
	await sleep(1000);
	const { count: all, different, receivers } = await sink.count();
	if (all !== count || different !== count || receivers !== count)
		throw new Error(`${count} were due, ${all} came, ${different} different ones, to ${receivers} people.`);
	return rate;
}
