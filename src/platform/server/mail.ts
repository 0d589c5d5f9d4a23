import { readFileSync } from 'node:fs';
import nodemailer from 'nodemailer';
import { newId } from './ids.ts';
import { row, sql, type Db } from './db.ts';
import { exitCodes, StartError, type Config } from './config.ts';
import { log } from './log.ts';
import { mimeOf } from './mime.ts';

/**
 * What mails are about, and whether somebody asked for each: `asked` by whoever gets it a moment before, `named` by
 * a colleague, `noted` where who chose it stands with what the mail tells of.
 */
export const mailPurposes = {
	...{ sign_in: 'asked', sign_up: 'asked', reset_password: 'asked', change_email: 'asked', 'mail-in': 'asked' },
	...{ invitation: 'named', notification: 'noted', tip: 'noted' }
} as const;
export type MailPurpose = keyof typeof mailPurposes;

/** One mail to one person. `letter()` makes `text` and `html` from the same words. */
export interface MailMessage {
	to: string;
	subject: string;
	text: string;
	html: string;
	/** More headers; what cannot be a header is refused, line breaks become spaces. */
	headers?: Record<string, string>;
	/** What it is about: no mail is made without it. */
	purpose: MailPurpose;
	/** Who it is to, where they have an account. */
	personId?: string;
	/** Nobody sits and waits for it: it lets others go first, and stops where mail does not arrive. */
	bulk?: true;
	/** Where an answer goes, before the @: a reply address of ours. */
	replyTo?: string;
	/** The part of the Message-ID before the @: the same mail sent twice carries the same. */
	messageId?: string;
	/** The secret in the sender of its envelope, by which what comes back is known; the postman sets it. */
	returnToken?: string;
	/** The parts before the @ of the messages this one belongs to, oldest first. */
	references?: string[];
	/** After this time (ISO) it is of no use and is dropped: a sign-in link that has expired. */
	until?: string;
}

type MailConfig = Pick<Config, 'MAIL_FROM'> &
	Partial<
		Pick<
			Config,
			| ('SMTP_URL' | 'ORIGIN' | 'PORT' | 'DKIM_KEY' | 'DKIM_SELECTOR' | 'DKIM_DOMAIN')
			| ('MAIL_DOMAIN' | 'MAIL_IN_PORT' | 'IMAP_URL')
		>
	>;

interface Outbox {
	transport: ReturnType<typeof openTransport>;
	from: string;
	domain: string;
	origin: string;
	/** Behind the @ of addresses that take mail; undefined where none is taken. */
	takes?: string;
}

let outbox: Outbox | undefined;

/**
 * Opens the pool to the mail server; without SMTP_URL mail stays off.
 * @throws StartError when the key that signs mails cannot be read
 */
export function startMail(config: MailConfig): void {
	const origin = config.ORIGIN ?? `http://localhost:${config.PORT ?? 3000}`;
	stopMail();
	if (!config.SMTP_URL) return;
	const domain = mailDomain(config);
	const transport = openTransport(config.SMTP_URL, signing(config, domain));
	const takes = config.MAIL_IN_PORT || config.IMAP_URL ? mailInDomain(config) : undefined;
	outbox = { transport, from: config.MAIL_FROM, domain, origin, takes };
}

/** What stands behind the @ of the sender. */
export const mailDomain = ({ MAIL_FROM, ORIGIN }: Pick<Config, 'MAIL_FROM' | 'ORIGIN'>): string =>
	/@([^\s>]+)>?\s*$/.exec(MAIL_FROM)?.[1] ?? new URL(ORIGIN ?? 'http://localhost').hostname;

/** What stands behind the @ of addresses that take mail. */
export const mailInDomain = (config: MailConfig): string => (config.MAIL_DOMAIN ?? mailDomain(config)).toLowerCase();

/** Mails under way together: one a connection. */
export const CONNECTIONS = 5;

/** `?name=value` options of the address (pool size, TLS) win over ours. */
function openTransport(url: string, dkim: ReturnType<typeof signing>) {
	return nodemailer.createTransport({
		...{ url, pool: true as const, maxConnections: CONNECTIONS, maxMessages: 1000, dkim },
		...{ connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 },
		...{ disableFileAccess: true, disableUrlAccess: true }
	});
}

/** RFC 8058 wants both headers of the one-click under the signature; the rest is what a reader or a reply relies on. */
const SIGNED =
	'From:Sender:Reply-To:To:Cc:Subject:Date:Message-ID:In-Reply-To:References:MIME-Version:Content-Type:' +
	'Content-Transfer-Encoding:List-Id:List-Unsubscribe:List-Unsubscribe-Post:Auto-Submitted:Precedence';

function signing({ DKIM_KEY, DKIM_SELECTOR = 'trellis', DKIM_DOMAIN }: MailConfig, domain: string) {
	if (!DKIM_KEY) return undefined;
	return {
		...{ domainName: DKIM_DOMAIN ?? domain, keySelector: DKIM_SELECTOR },
		...{ privateKey: readKey(DKIM_KEY), headerFieldNames: SIGNED }
	};
}

function readKey(path: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		throw new StartError(`DKIM_KEY ${path} cannot be read: check its owner and rights.`, exitCodes.configuration);
	}
}

export function stopMail(): void {
	outbox?.transport.close();
	outbox = undefined;
}

/** Whether mail can be sent at all; pages say so where it matters. */
export const mailIsOn = (): boolean => outbox !== undefined;

/** What stands behind the @ of our addresses that take mail; undefined where none is taken. */
export const mailTakenAt = (): string | undefined => outbox?.takes;

/** Where links in mails lead: no slash at the end. */
export const mailOrigin = (): string => (outbox?.origin ?? 'http://localhost:3000').replace(/\/$/, '');

/**
 * Queues a mail in the transaction of its cause: no request waits for the mail server,
 * and nothing is sent for a change that did not happen. Nothing happens while mail is off.
 * @example await queueMail(tx, { to: person.email, subject, ...letter({ … }), purpose: 'sign_in' });
 */
export const queueMail = (tx: Db, mail: MailMessage): Promise<void> => queueMails(tx, [mail]);

let tellQueued = () => {};

/** Whoever sends is told that this process queued something; it is committed a moment later, or never. */
export const whenQueued = (tell: () => void): void => void (tellQueued = tell);

/** Queues many in one statement; one that is queued already, by its `messageId`, is not queued again. */
export async function queueMails(tx: Db, mails: MailMessage[]): Promise<void> {
	if (!mailIsOn() || mails.length === 0) return;
	const queued = mails.map((mail) => {
		const whole = { messageId: newId(), ...mail };
		const { personId = null, purpose, bulk, until = null, messageId } = whole;
		return { message_id: messageId, person_id: personId, purpose, rank: bulk ? 1 : 0, until, message: whole };
	});
	await tx.execute(sql`insert into mail_outbox (message_id, person_id, purpose, rank, until, message)
		select message_id, person_id, purpose, rank, until, message
		from json_to_recordset(${JSON.stringify(queued)}::json)
			as m (message_id text, person_id uuid, purpose text, rank smallint, until timestamptz, message json)
		on conflict (message_id) do nothing`);
	tellQueued();
}

/**
 * Hands a mail to the mail server now, and waits for its answer: for the postman only.
 * @throws what the mail server answered; see `isPermanent`
 */
export async function sendMail(mail: MailMessage): Promise<void> {
	if (!outbox) throw new Error('Mail is off: SMTP_URL is not set.');
	const { transport, from, takes } = outbox;
	const to = address(mail.to);
	const back = mail.returnToken && takes && address(`bounce+${mail.returnToken}@${takes}`);
	const raw = mimeOf({ headers: headersOf(mail, outbox), text: mail.text, html: mail.html });
	await transport.sendMail({ raw, envelope: { from: back || from, to } });
}

function headersOf(mail: MailMessage, { from, domain, takes }: Outbox) {
	const idOf = (name: string) => `<${token(name)}@${domain}>`;
	const thread = (mail.references ?? []).map(idOf);
	const found: Record<string, unknown> = {
		...{ From: from, To: { name: '', address: address(mail.to) }, Subject: oneLine(mail.subject, 200) },
		...{ 'Message-ID': idOf(mail.messageId ?? newId()), 'Auto-Submitted': 'auto-generated' },
		...(mail.replyTo && takes && { 'Reply-To': { name: '', address: address(`${mail.replyTo}@${takes}`) } }),
		...(thread.length > 0 && { References: thread.join(' '), 'In-Reply-To': thread.at(-1) }),
		...safeHeaders(mail.headers ?? {})
	};
	return Object.entries(found).map(([key, value]) => ({ key, value }));
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
		values (${newId()}, ${person?.id ?? null}, ${to}, ${mail.purpose}, ${reason})`);
	log.warn({ purpose: mail.purpose }, 'mail refused');
}
