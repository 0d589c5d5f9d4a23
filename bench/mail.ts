import { setTimeout as sleep } from 'node:timers/promises';
import nodemailer from 'nodemailer';
import { wire } from '#src/app/server/wire.ts';
import { mailWhatIsDue } from '#src/core/notify/server/mails.ts';
import { connect, rows, sql, type Db } from '#src/platform/server/db.ts';
import { enqueue, startJobs, stopJobs } from '#src/platform/server/jobs.ts';
import { CONNECTIONS, startMail, stopMail, type MailMessage } from '#src/platform/server/mail.ts';
import { peopleWithDigests } from './lib/mail-people.ts';
import { startTrellis } from './lib/program.ts';
import type { Measure } from './lib/run.ts';
import { startSink, type Sink } from './lib/sink.ts';

const LEAST = 0.5;
/** As many tell how fast nodemailer is alone. */
const MOST_BARE = 5_000;
const FROM = 'Trellis <trellis@bench.example>';

/**
 * Mails a second that nodemailer alone hands over with its pool: the very digest that Trellis makes, with as many
 * connections; nothing prepared, nothing kept.
 */
async function bare(sink: Sink, mail: MailMessage, count: number): Promise<number> {
	await sink.clear();
	const transport = nodemailer.createTransport({
		url: sink.url,
		pool: true,
		maxConnections: CONNECTIONS,
		maxMessages: 1000
	});
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

/** The digest of one person, as it would lie in the outbox; there it does not stay. */
async function aDigest(db: Db, databaseUrl: string): Promise<MailMessage> {
	await peopleWithDigests(databaseUrl, 1, 'sample');
	let mail: MailMessage | undefined;
	const undone = new Error('Only looked at.');
	startMail({ SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: FROM });
	await db
		.transaction(async (tx) => {
			await mailWhatIsDue(tx);
			mail = (await rows<{ message: MailMessage }>(tx, sql`select message from mail_outbox`))[0]!.message;
			throw undone;
		})
		.catch((error) => {
			if (error !== undone) throw error;
		});
	stopMail();
	await db.execute(sql`update notification_settings set digest_at = 'infinity'`);
	return mail!;
}

/** Mails a second from the moment digests are due until the sink has all; what nodemailer alone does is measured beside it. */
async function throughTrellis(sink: Sink, count: number): Promise<{ rate: number; beside: number }> {
	const trellis = await startTrellis({ TRELLIS_ROLE: 'all', SMTP_URL: sink.url, MAIL_FROM: FROM });
	const { db, close } = connect(trellis.databaseUrl, 1);
	try {
		wire(db);
		const mail = await aDigest(db, trellis.databaseUrl);
		await peopleWithDigests(trellis.databaseUrl, count);
		const before = await bare(sink, mail, Math.min(count, MOST_BARE));
		await sink.clear();
		await startJobs(trellis.databaseUrl, false);
		const begin = performance.now();
		await enqueue(db, 'notify.mail', {});
		while ((await sink.count()).count < count) await sleep(100);
		const rate = count / ((performance.now() - begin) / 1000);
		await sleep(1000);
		const { count: all, different } = await sink.count();
		if (all !== count || different !== count)
			throw new Error(`${count} were due, ${all} came, ${different} different ones.`);
		const after = await bare(sink, mail, Math.min(count, MOST_BARE));
		return { rate, beside: (before + after) / 2 };
	} finally {
		await stopJobs();
		await close();
		await trellis.stop();
	}
}

export default {
	name: 'mail',
	target: `≥ ${LEAST} of nodemailer’s bare pooled rate`,
	async run({ full }) {
		const count = full ? 100_000 : 8_000;
		const sink = await startSink();
		try {
			const { rate, beside } = await throughTrellis(sink, count);
			const share = rate / beside;
			const figure = `${share.toFixed(2)} (${Math.round(rate)} of ${Math.round(beside)} a second, ${count.toLocaleString('en')} digests)`;
			return { figure, ok: share >= LEAST };
		} finally {
			sink.stop();
		}
	}
} satisfies Measure;
