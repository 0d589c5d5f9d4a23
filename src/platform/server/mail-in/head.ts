import { createHash } from 'node:crypto';

/** What the head of a mail says. */
export interface MailHead {
	/** Without its brackets; made from the content where there is none. */
	messageId: string;
	/** The address of the one who says to have written it, in small letters; empty where there is none, or several. */
	from: string;
	subject: string;
	/** Every value of a header, the topmost first. */
	all(name: string): string[];
}

/** No mail that a person wrote has a longer one. */
const MOST_BYTES = 128 * 1024;

/** Reads the head of a mail; undefined where it has none that can be read, or one that is too long. */
export async function readHead(raw: Buffer): Promise<MailHead | undefined> {
	const head = headOf(raw);
	if (!head) return undefined;
	// Loaded with the first mail: it takes ten megabytes, and most installations take none in.
	const { simpleParser } = await import('mailparser');
	const parsed = await simpleParser(head).catch(() => undefined);
	if (!parsed) return undefined;
	const all = (name: string) =>
		parsed.headerLines
			.filter(({ key }) => key === name.toLowerCase())
			.map(({ line }) =>
				line
					.slice(line.indexOf(':') + 1)
					.replace(/\s+/g, ' ')
					.trim()
			);
	const [author, ...others] = parsed.from?.value ?? [];
	const isOne = all('from').length === 1 && others.length === 0 && author?.address !== undefined;
	return {
		messageId: idOf(parsed.messageId) || createHash('sha256').update(raw).digest('hex'),
		from: isOne ? author.address!.toLowerCase() : '',
		subject: shown(parsed.subject ?? ''),
		all
	};
}

function headOf(raw: Buffer): Buffer | undefined {
	const ends = ['\r\n\r\n', '\n\n'].map((end) => raw.indexOf(end)).filter((at) => at >= 0);
	const length = ends.length > 0 ? Math.min(...ends) : raw.length;
	return length > 0 && length <= MOST_BYTES
		? Buffer.concat([raw.subarray(0, length), Buffer.from('\r\n\r\n')])
		: undefined;
}

const idOf = (given = '') => given.replace(/[<>\s\0]/g, '').slice(0, 300);

/** One line that can be stored and shown. */
export const shown = (text: string, max = 300): string =>
	text
		.toWellFormed()
		// eslint-disable-next-line no-control-regex -- control characters are what must not pass
		.replace(/[\u0000-\u001f\u007f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ')
		.trim()
		.slice(0, max);

/**
 * Why nobody may be taken to have written this: a machine answered, a list sent it, or it goes in circles.
 * @returns a sentence, undefined where a person seems to have written it
 */
export function writtenByMachine({ all, from }: MailHead, envelopeFrom: string, ours: string[]): string | undefined {
	const has = (name: string, pattern: RegExp) => all(name).some((value) => pattern.test(value));
	if (envelopeFrom === '' || /^(mailer-daemon|postmaster|no-?reply)@/i.test(envelopeFrom || from))
		return 'Mails without a sender are not taken here.';
	if (has('auto-submitted', /^(?!no\b)/i) || has('x-autoreply', /./) || has('x-autorespond', /./))
		return 'Automatic answers are not taken.';
	if (has('precedence', /^(bulk|junk|list|auto_reply)\b/i) || has('list-id', /./))
		return 'Mails of lists and to many are not taken.';
	if (has('x-loop', /./) || ours.includes(from) || all('received').length > 40) return 'This mail goes in circles.';
	return undefined;
}
