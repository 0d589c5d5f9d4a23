import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import { tellBack } from './back.ts';
import { newId } from '#src/platform/server/ids.ts';
import { enqueue } from '#src/platform/server/jobs.ts';
import type { Envelope } from '#src/platform/server/mail-in/authentic.ts';
import type { MailHead } from '#src/platform/server/mail-in/head.ts';
import type { Answer } from '#src/platform/server/mail-in/listener.ts';

export const MAIL_IN_QUEUE = 'mail-in.deal';

/** What was said of a mail to one of its recipients. */
export interface Judged {
	recipient: string;
	answer: Answer;
	/** Who wrote it, where that is known. */
	personId: string | null;
	/** A refusal is told by a mail. */
	tells: boolean;
}

interface Kept {
	raw: Buffer;
	head: MailHead;
	envelope: Envelope;
	via: 'smtp' | 'lmtp' | 'imap';
}

/**
 * Writes down what came and what was said; what was taken waits for the job that deals with it, in the same
 * transaction. A mail that was taken before is known by its Message-ID and not taken again.
 */
export async function keepMail(db: Db, { raw, head, envelope, via }: Kept, judged: Judged[]): Promise<void> {
	const final = [...new Map(judged.map((one) => [one.recipient, one])).values()].filter(
		({ answer }) => answer.code < 400 || answer.code >= 500
	);
	if (final.length === 0) return;
	await db.transaction(async (tx) => {
		const known = await takenBefore(tx, head.messageId, final);
		const fresh = final.filter(({ recipient }) => !known.has(recipient));
		const taken = fresh.filter(({ answer }) => answer.code === 250);
		const rawId = newId();
		if (taken.length > 0) await tx.execute(sql`insert into mail_raw (id, raw) values (${rawId}, ${raw})`);
		for (const { recipient, answer, personId, tells } of fresh) {
			const isTaken = answer.code === 250;
			const [row] = await rows<{ id: string }>(
				tx,
				sql`insert into mail_in as m (id, raw_id, via, envelope, recipient, message_id, sender, subject, bytes, state, why, person_id, done_at)
					values (${newId()}, ${isTaken ? rawId : null}, ${via}, ${JSON.stringify(envelope)}::jsonb, ${recipient.slice(0, 320)},
						${head.messageId}, ${head.from.slice(0, 320)}, ${head.subject}, ${raw.length}, ${isTaken ? 'waiting' : 'refused'},
						${isTaken ? '' : reasonIn(answer)}, ${personId}, ${isTaken ? null : sql`now()`})
					on conflict (message_id, recipient) do update set came_at = now(), raw_id = excluded.raw_id, via = excluded.via,
						envelope = excluded.envelope, state = excluded.state, why = excluded.why, person_id = excluded.person_id,
						done_at = excluded.done_at
					where m.state = 'refused' returning id`
			);
			if (row && isTaken) await enqueue(tx, MAIL_IN_QUEUE, { id: row.id });
			const mail = row && { ...row, subject: head.subject, message_id: head.messageId, person_id: personId };
			if (mail && !isTaken && tells) await tellBack(tx, mail, { why: reasonIn(answer), isTaken: false });
		}
	});
}

async function takenBefore(tx: Db, messageId: string, judged: Judged[]): Promise<Set<string>> {
	const recipients = array(
		judged.map(({ recipient }) => recipient),
		'text'
	);
	const found = await rows<{ recipient: string }>(
		tx,
		sql`select recipient from mail_in where message_id = ${messageId} and recipient = any(${recipients}) and state <> 'refused'`
	);
	return new Set(found.map(({ recipient }) => recipient));
}

/** The sentence without the status in front. */
const reasonIn = ({ text }: Answer) => text.replace(/^\d\.\d{1,3}\.\d{1,3} /, '');
