import type { ImapFlow } from 'imapflow';
import type { Config } from '../config.ts';
import type { Envelope } from './authentic.ts';
import { readHead, type MailHead } from './head.ts';
import type { Answer, Door } from './listener.ts';

/** Mails fetched in one visit; the rest come with the next. */
const AT_ONCE = 100;
const HEAD_BYTES = 128 * 1024;

export interface Mailbox {
	/** `imaps://user:password@host/INBOX` */
	url: string;
	megabytes: number;
	/** Behind the @ of our addresses. */
	domain: string;
}

/** The mailbox mail is fetched from; undefined where none is set. */
export const mailboxOf = (config: Config, domain: string): Mailbox | undefined =>
	config.IMAP_URL ? { url: config.IMAP_URL, megabytes: config.MAIL_IN_MEGABYTES, domain } : undefined;

/**
 * Takes what is unread in a mailbox. What was taken is deleted there, what is refused stays and is marked as read,
 * and what cannot be taken just now is left for the next visit.
 * @returns how many were taken and refused
 * @throws when the server cannot be reached, does not let us in, or has no such folder
 */
export async function fetchMail(mailbox: Mailbox, door: Door): Promise<{ taken: number; refused: number }> {
	const client = await open(mailbox.url);
	// It is told by the call that was under way.
	client.on('error', () => {});
	await client.connect();
	try {
		const folder = decodeURIComponent(new URL(mailbox.url).pathname.slice(1)) || 'INBOX';
		const lock = await client.getMailboxLock(folder);
		try {
			return await takeUnread(client, mailbox, door);
		} finally {
			lock.release();
		}
	} finally {
		await client.logout().catch(() => client.close());
	}
}

async function open(address: string): Promise<ImapFlow> {
	const { ImapFlow } = await import('imapflow');
	const url = new URL(address);
	const secure = url.protocol === 'imaps:';
	return new ImapFlow({
		...{ host: url.hostname, port: Number(url.port) || (secure ? 993 : 143), secure, logger: false },
		auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
		...{ connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 60_000, disableAutoIdle: true }
	});
}

async function takeUnread(client: ImapFlow, mailbox: Mailbox, door: Door): Promise<{ taken: number; refused: number }> {
	const done = { taken: 0, refused: 0 };
	const unread = (await client.search({ seen: false, deleted: false }, { uid: true })) || [];
	for (const uid of unread.slice(0, AT_ONCE)) {
		const answers = await takeOne(client, String(uid), mailbox, door);
		if (answers.some(({ code }) => code >= 400 && code < 500)) continue;
		if (answers.some(({ code }) => code === 250)) {
			await client.messageDelete(String(uid), { uid: true });
			done.taken += 1;
		} else {
			await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true });
			done.refused += 1;
		}
	}
	return done;
}

async function takeOne(client: ImapFlow, uid: string, { megabytes, domain }: Mailbox, door: Door): Promise<Answer[]> {
	const about = await client.fetchOne(uid, { size: true }, { uid: true });
	if (!about) return [{ code: 451, text: 'It is gone' }];
	const isLarge = (about.size ?? 0) > megabytes * 1024 * 1024;
	const source = isLarge ? { start: 0, maxLength: HEAD_BYTES } : true;
	const fetched = await client.fetchOne(uid, { source }, { uid: true });
	const raw = fetched && fetched.source;
	if (!raw) return [{ code: 451, text: 'It is gone' }];
	const head = await readHead(raw);
	const recipients = head ? ours(head, domain) : [];
	if (!head || recipients.length === 0) return [{ code: 550, text: '5.1.1 None of its addresses is ours' }];
	const refused: Answer | undefined = isLarge ? { code: 552, text: `5.3.4 Larger than ${megabytes} MB` } : undefined;
	return door.take({ raw, envelope: envelopeIn(head), recipients, ...(refused && { refused }) });
}

/** Whom it was for: the mail server that took it says so, and the mail itself. */
function ours({ all }: MailHead, domain: string): string[] {
	const names = ['delivered-to', 'x-original-to', 'envelope-to', 'to', 'cc'];
	const found = names.flatMap((name) =>
		all(name).flatMap((line) => line.match(/[^\s<>,;:"()]+@[^\s<>,;:"()]+/g) ?? [])
	);
	const addresses = found.map((address) => address.toLowerCase()).filter((address) => address.endsWith(`@${domain}`));
	return [...new Set(addresses)].slice(0, 20);
}

/** Without the sender of the envelope the author stands for it; a machine leaves it empty. */
function envelopeIn(head: MailHead): Envelope {
	const [line] = head.all('return-path');
	const from = line === undefined ? head.from : (/[^\s<>]+@[^\s<>]+/.exec(line)?.[0] ?? '').toLowerCase();
	return { ip: '', helo: '', from };
}
