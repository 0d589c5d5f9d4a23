import { ProcessPool } from '../process-pool.ts';
import type { Report } from './report.ts';

export interface Attached {
	name: string;
	content: Buffer;
}

/** What somebody wrote in a mail. */
export interface MailText {
	/** Their own words: without what they quote, and without a signature. */
	text: string;
	attached: Attached[];
	/** What a mail to the address for what comes back says. */
	report: Report;
}

/** A file more than this, and it is no mail to a colleague. */
export const MOST_FILES = 20;

/**
 * In processes of their own: a mail may be made to break who reads it. Two at a time, of up to 100 megabytes.
 */
const pool = new ProcessPool<Uint8Array, MailText>('src/platform/server/mail-in/parse-child.ts', {
	...{ memory: 768, time: 30_000, size: 2 }
});

/** @throws WorkLost, or whatever is wrong with the mail: it cannot be read */
export const readMail = async (raw: Uint8Array): Promise<MailText> => {
	const { attached, ...rest } = await pool.run(raw);
	return { ...rest, attached: attached.map(({ name, content }) => ({ name, content: Buffer.from(content) })) };
};
