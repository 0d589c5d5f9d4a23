import { readFileSync } from 'node:fs';
import { newId } from './ids.ts';
import { row, sql, type Db } from './db.ts';
import { exitCodes, StartError, type Config } from './config.ts';
import { log } from './log.ts';

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

/** How mail leaves: what `send-mail.ts` opens when the first is sent. */
export interface Outbox {
	url: string;
	/** How mails are signed (DKIM). */
	dkim: ReturnType<typeof signing>;
	/** Ends the connections, where there are any. */
	close?: () => void;
	from: string;
	domain: string;
	origin: string;
	/** Behind the @ of addresses that take mail; undefined where none is taken. */
	takes?: string;
}

let outbox: Outbox | undefined;

/**
 * From now on mail is queued; without SMTP_URL it stays off.
 * @throws StartError when the key that signs mails cannot be read
 */
export function startMail(config: MailConfig): void {
	const origin = config.ORIGIN ?? `http://localhost:${config.PORT ?? 3000}`;
	stopMail();
	if (!config.SMTP_URL) return;
	const domain = mailDomain(config);
	const dkim = signing(config, domain);
	const takes = config.MAIL_IN_PORT || config.IMAP_URL ? mailInDomain(config) : undefined;
	outbox = { url: config.SMTP_URL, dkim, from: config.MAIL_FROM, domain, origin, takes };
}

/** What stands behind the @ of the sender. */
export const mailDomain = ({ MAIL_FROM, ORIGIN }: Pick<Config, 'MAIL_FROM' | 'ORIGIN'>): string =>
	/@([^\s>]+)>?\s*$/.exec(MAIL_FROM)?.[1] ?? new URL(ORIGIN ?? 'http://localhost').hostname;

/** What stands behind the @ of addresses that take mail. */
export const mailInDomain = (config: MailConfig): string => (config.MAIL_DOMAIN ?? mailDomain(config)).toLowerCase();

/** Mails under way together: one a connection. */
export const CONNECTIONS = 5;

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
	outbox?.close?.();
	outbox = undefined;
}

export const currentOutbox = (): Outbox | undefined => outbox;

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

const controls = /[\u0000-\u001f\u007f\u2028\u2029]+/g; // eslint-disable-line no-control-regex

export const oneLine = (value: string, max = 900): string => value.replace(controls, ' ').slice(0, max);

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
