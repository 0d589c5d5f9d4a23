import nodemailer from 'nodemailer';
import type SMTPTransport from 'nodemailer/lib/smtp-transport/index.js';
import type Mail from 'nodemailer/lib/mailer/index.js';
import { rows, sql, type Db } from '#src/platform/server/db.ts';
import { dnsRecord, makeDkimKey } from '#src/platform/server/dkim.ts';
import { dealWithMail } from '#src/core/mail-in/server/deal.ts';
import { takers } from '#src/app/server/mail-in.ts';

/** Where the people of the builders have their mail: a domain with a signing key and a strict policy. */
const DOMAIN = 'example.org';
const key = makeDkimKey();
const record = dnsRecord(key.pem, 'spring', DOMAIN);

/** The domain name system as these tests see it. */
export const resolver = (name: string, type: string): Promise<string[][]> => {
	if (type === 'TXT' && name === record.name) return Promise.resolve([record.strings]);
	if (type === 'TXT' && name === `_dmarc.${DOMAIN}`) return Promise.resolve([['v=DMARC1; p=reject']]);
	return Promise.reject(Object.assign(new Error('none'), { code: 'ENOTFOUND' }));
};

type Sent = Mail.Options & { /** Leave the signature away. */ unsigned?: boolean };

/** Sends over the wire as a person's mail server does. @throws what the listener answered, with its `responseCode` */
export async function post(port: number, { unsigned = false, ...mail }: Sent): Promise<string> {
	const options: SMTPTransport.Options = {
		...{ host: '127.0.0.1', port, ignoreTLS: true },
		...(!unsigned && { dkim: { domainName: DOMAIN, keySelector: 'spring', privateKey: key.pem } })
	};
	const transport = nodemailer.createTransport(options);
	const { response } = await transport.sendMail(mail).finally(() => transport.close());
	return response;
}

/** The same mail as its receiver gets it. */
export async function signed(mail: Mail.Options): Promise<string> {
	const transport = nodemailer.createTransport({
		...{ streamTransport: true, buffer: true, newline: 'windows' },
		dkim: { domainName: DOMAIN, keySelector: 'spring', privateKey: key.pem }
	});
	return String((await transport.sendMail(mail)).message);
}

/** What is known of all mails that came, the latest last. */
export const whatCame = (db: Db) =>
	rows<{ id: string; state: string; why: string; item_id: string | null; recipient: string; raw_id: string | null }>(
		db,
		sql`select id, state, why, item_id, recipient, raw_id from mail_in order by came_at, id`
	);

/** Does the job for all that waits. */
export async function dealWithAll(db: Db): Promise<void> {
	for (const { id, state } of await whatCame(db)) if (state === 'waiting') await dealWithMail(db, takers, id);
}
