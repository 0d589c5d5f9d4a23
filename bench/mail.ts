import { setTimeout as sleep } from 'node:timers/promises';
import nodemailer from 'nodemailer';
import { connect } from '#src/platform/server/db.ts';
import { letter } from '#src/platform/server/letter.ts';
import { enqueue, startJobs, stopJobs } from '#src/platform/server/jobs.ts';
import { CONNECTIONS } from '#src/platform/server/mail.ts';
import { peopleWithDigests } from './lib/mail-people.ts';
import { startTrellis } from './lib/program.ts';
import type { Measure } from './lib/run.ts';
import { startSink, type Sink } from './lib/sink.ts';

const LEAST = 0.5;
const FROM = 'Trellis <trellis@bench.example>';

/** Mails a second that nodemailer alone hands over with its pool: the same size of mail, nothing prepared, nothing kept. */
async function bare(sink: Sink, count: number): Promise<number> {
	await sink.clear();
	const transport = nodemailer.createTransport({
		url: sink.url,
		pool: true,
		maxConnections: CONNECTIONS,
		maxMessages: 1000
	});
	const news = {
		link: 'Carl Colleague commented on “How do I reset the till?”',
		href: 'http://localhost:3000/questions/0190aaaa-bbbb-7ccc-8ddd-eeeeeeeeeeee',
		note: 'In Shop floor. It helped 3 colleagues.'
	};
	const quiet = { links: [{ label: 'Mute this', href: `http://localhost:3000/mail/${'x'.repeat(140)}` }], quiet: true };
	const mail = letter({
		heading: 'What waits for you today',
		blocks: Array.from({ length: 3 }, () => [news, quiet, quiet]).flat()
	});
	const begin = performance.now();
	let next = 0;
	const line = async () => {
		for (let n = next++; n < count; n = next++)
			await transport.sendMail({
				...{ from: FROM, to: `reader${n}@bench.example`, subject: '2 things for you' },
				...mail,
				messageId: `<bare.${n}@bench.example>`
			});
	};
	await Promise.all(Array.from({ length: CONNECTIONS * 2 }, line));
	const rate = count / ((performance.now() - begin) / 1000);
	transport.close();
	return rate;
}

/** Mails a second from the moment digests are due until the sink has all. */
async function throughTrellis(sink: Sink, count: number): Promise<number> {
	const trellis = await startTrellis({ TRELLIS_ROLE: 'all', SMTP_URL: sink.url, MAIL_FROM: FROM });
	try {
		await peopleWithDigests(trellis.databaseUrl, count);
		await sink.clear();
		const { db, close } = connect(trellis.databaseUrl, 1);
		await startJobs(trellis.databaseUrl, false);
		const begin = performance.now();
		await enqueue(db, 'notify.mail', {});
		while ((await sink.count()).count < count) await sleep(100);
		const rate = count / ((performance.now() - begin) / 1000);
		await sleep(1000);
		const { count: all, different } = await sink.count();
		if (all !== count || different !== count)
			throw new Error(`${count} were due, ${all} came, ${different} different ones.`);
		await stopJobs();
		await close();
		return rate;
	} finally {
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
			const before = await bare(sink, Math.min(count, 5_000));
			const rate = await throughTrellis(sink, count);
			const after = await bare(sink, Math.min(count, 5_000));
			const share = rate / ((before + after) / 2);
			const figure = `${share.toFixed(2)} (${Math.round(rate)} of ${Math.round((before + after) / 2)} a second, ${count.toLocaleString('en')} digests)`;
			return { figure, ok: share >= LEAST };
		} finally {
			sink.stop();
		}
	}
} satisfies Measure;
