import nodemailer from 'nodemailer';
import { newId } from './ids.ts';
import { row, sql, type Db } from './db.ts';
import { defineJob, enqueue } from './jobs.ts';
import { log } from './log.ts';

/** One mail to one person. `letter()` makes `text` and `html` from the same words. */
export interface MailMessage {
	to: string;
	subject: string;
	text: string;
	html: string;
	/** More headers; what cannot be a header is refused, line breaks become spaces. */
	headers?: Record<string, string>;
	/** What it is about, for the record of failures: 'sign-in', 'invitation' … */
	purpose?: string;
	/** The part of the Message-ID before the @: the same mail sent twice carries the same. */
	messageId?: string;
	/** The parts before the @ of the messages this one belongs to, oldest first. */
	references?: string[];
	/** After this time (ISO) it is of no use and is dropped: a sign-in link that has expired. */
	until?: string;
}

export const MAIL_QUEUE = 'mail';
const LOST_QUEUE = 'mail_lost';

interface Outbox {
	transport: ReturnType<typeof openTransport>;
	from: string;
	domain: string;
	origin: string;
}

let outbox: Outbox | undefined;

/** Opens the pool to the mail server; without SMTP_URL mail stays off. */
export function startMail(config: { SMTP_URL?: string; MAIL_FROM: string; ORIGIN?: string; PORT?: number }): void {
	const origin = config.ORIGIN ?? `http://localhost:${config.PORT ?? 3000}`;
	stopMail();
	if (!config.SMTP_URL) return;
	const domain = /@([^\s>]+)>?\s*$/.exec(config.MAIL_FROM)?.[1] ?? new URL(origin).hostname;
	outbox = { transport: openTransport(config.SMTP_URL), from: config.MAIL_FROM, domain, origin };
}

/** `?name=value` options of the address (pool size, TLS) win over ours. */
function openTransport(url: string) {
	return nodemailer.createTransport({
		...{ url, pool: true as const, maxConnections: 3, connectionTimeout: 10_000, greetingTimeout: 10_000 },
		...{ socketTimeout: 30_000, disableFileAccess: true, disableUrlAccess: true }
	});
}

export function stopMail(): void {
	outbox?.transport.close();
	outbox = undefined;
}

/** Whether mail can be sent at all; pages say so where it matters. */
export const mailIsOn = (): boolean => outbox !== undefined;

/** Where links in mails lead: no slash at the end. */
export const mailOrigin = (): string => (outbox?.origin ?? 'http://localhost:3000').replace(/\/$/, '');

/** Declares the queue behind `queueMail`. Called by the composition. */
export function wireMail(db: Db): void {
	defineJob<MailMessage>(LOST_QUEUE, (mail) => recordFailure(db, mail, 'The mail server did not take it in time.'));
	defineJob<MailMessage>(MAIL_QUEUE, (mail) => deliverMail(db, mail), {
		...{ retryLimit: 20, retryDelay: 5, retryDelayMax: 3600, deadLetter: LOST_QUEUE },
		// Mails hold addresses and sign-in links: they are not kept once sent.
		deleteAfterSeconds: 60,
		// One by one: a killed process sends one mail again, not twenty.
		batch: 1
	});
}

/**
 * Queues a mail in the transaction of its cause: no request waits for the mail server,
 * and nothing is sent for a change that did not happen. Nothing happens while mail is off.
 * @example await queueMail(tx, { to: person.email, subject, ...letter({ … }), purpose: 'sign-in' });
 */
export async function queueMail(tx: Db, mail: MailMessage): Promise<void> {
	if (mailIsOn()) await enqueue(tx, MAIL_QUEUE, { messageId: newId(), ...mail });
}

/** The job: sends; a refusal for good is recorded, anything else is tried again with growing pauses. */
async function deliverMail(db: Db, mail: MailMessage): Promise<void> {
	if (!mailIsOn() || (mail.until && new Date(mail.until) < new Date())) return;
	try {
		await sendMail(mail);
	} catch (error) {
		if (!isPermanent(error)) throw error;
		await recordFailure(db, mail, refusal(error));
	}
}

/**
 * Hands a mail to the mail server now, and waits for its answer: for jobs only.
 * @throws what the mail server answered; see `isPermanent`
 */
export async function sendMail(mail: MailMessage): Promise<void> {
	if (!outbox) throw new Error('Mail is off: SMTP_URL is not set.');
	const { transport, from, domain } = outbox;
	const thread = (mail.references ?? []).map((id) => `<${token(id)}@${domain}>`);
	await transport.sendMail({
		...{ from, to: { name: '', address: address(mail.to) }, subject: oneLine(mail.subject, 200) },
		...{ text: mail.text, html: mail.html, messageId: `<${token(mail.messageId ?? newId())}@${domain}>` },
		...(thread.length > 0 && { references: thread, inReplyTo: thread.at(-1) }),
		headers: { 'Auto-Submitted': 'auto-generated', ...safeHeaders(mail.headers ?? {}) }
	});
}

/** One plain address (RFC 5321 without quoted names), so nothing can be smuggled in beside it. */
function address(value: string): string {
	if (!/^[^\s@<>"(),:;\\[\]]+@[^\s@<>"(),:;\\[\]]+$/u.test(value) || value.length > 254)
		throw Object.assign(new Error('Not an address mail can be sent to.'), { code: 'EENVELOPE', responseCode: 553 });
	return value;
}

// eslint-disable-next-line no-control-regex -- control characters are what must not pass
const oneLine = (value: string, max = 900) => value.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').slice(0, max);

const token = (value: string) => value.replace(/[^A-Za-z0-9._-]/g, '');

function safeHeaders(headers: Record<string, string>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => {
			if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(name)) throw new Error('Not the name of a header.');
			return [name, oneLine(value)];
		})
	);
}

/** Whether the server refused this message or this address for good (5xx, RFC 5321 section 4.2.1). */
export function isPermanent(error: unknown): boolean {
	const { code, responseCode = 0 } = error as { code?: string; responseCode?: number };
	return (code === 'EENVELOPE' || code === 'EMESSAGE') && responseCode >= 500;
}

/** The server's own sentence, without the address it may repeat. */
export function refusal(error: unknown): string {
	const { response, message } = error as { response?: string; message: string };
	return oneLine(response ?? message, 300).replace(/\S+@\S+/g, '…');
}

/** Notes that a mail will not arrive, for the admins and the person's settings page. */
export async function recordFailure(db: Db, mail: Pick<MailMessage, 'to' | 'purpose'>, reason: string): Promise<void> {
	const to = mail.to.toLowerCase();
	const person = await row<{ id: string }>(db, sql`select id from person where email = ${to}`);
	await db.execute(sql`insert into mail_failure (id, person_id, address, purpose, reason)
		values (${newId()}, ${person?.id ?? null}, ${to}, ${mail.purpose ?? ''}, ${reason})`);
	log.warn({ purpose: mail.purpose }, 'mail refused');
}
