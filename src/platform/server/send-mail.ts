/** Hands mails to the mail server. Only the postman's process loads this: nodemailer would cost every other 7 MB. */
import nodemailer from 'nodemailer';
import { newId } from './ids.ts';
import { CONNECTIONS, currentOutbox, oneLine, type MailMessage, type Outbox } from './mail.ts';
import { mimeOf } from './mime.ts';

const transports = new WeakMap<Outbox, ReturnType<typeof openTransport>>();

/**
 * Hands a mail to the mail server now, and waits for its answer: for the postman only.
 * @throws what the mail server answered; see `isPermanent`
 */
export async function sendMail(mail: MailMessage): Promise<void> {
	const outbox = currentOutbox();
	if (!outbox) throw new Error('Mail is off: SMTP_URL is not set.');
	const { from, takes } = outbox;
	const to = address(mail.to);
	const back = mail.returnToken && takes && address(`bounce+${mail.returnToken}@${takes}`);
	const raw = mimeOf({ headers: headersOf(mail, outbox), text: mail.text, html: mail.html });
	await transportOf(outbox).sendMail({ raw, envelope: { from: back || from, to } });
}

/** The pool of connections to the mail server, opened with the first mail and closed with the outbox. */
function transportOf(outbox: Outbox): ReturnType<typeof openTransport> {
	const there = transports.get(outbox);
	if (there) return there;
	const transport = openTransport(outbox);
	transports.set(outbox, transport);
	outbox.close = () => transport.close();
	return transport;
}

/** `?name=value` options of the address (pool size, TLS) win over ours. */
function openTransport({ url, dkim }: Outbox) {
	return nodemailer.createTransport({
		...{ url, pool: true as const, maxConnections: CONNECTIONS, maxMessages: 1000, dkim },
		...{ connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 },
		...{ disableFileAccess: true, disableUrlAccess: true }
	});
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

const token = (value: string) => value.replace(/[^A-Za-z0-9._-]/g, '');

function safeHeaders(headers: Record<string, string>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => {
			if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(name)) throw new Error('Not the name of a header.');
			return [name, oneLine(value)];
		})
	);
}
