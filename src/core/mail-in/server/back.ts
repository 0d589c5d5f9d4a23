import { row, sql, type Db } from '#src/platform/server/db.ts';
import { letter } from '#src/platform/server/letter.ts';
import { mailOrigin, queueMail } from '#src/platform/server/mail.ts';

interface About {
	id: string;
	subject: string;
	message_id: string;
	person_id: string | null;
}

/**
 * One short mail to the sender about what did not go in. Only people here get one, whose address was checked when
 * the mail came; it says that a machine wrote it, so nothing answers it.
 */
export async function tellBack(
	tx: Db,
	mail: About,
	{ why, isTaken }: { why: string; isTaken: boolean }
): Promise<void> {
	const person = await row<{ email: string }>(
		tx,
		sql`select email from person where id = ${mail.person_id} and deactivated_at is null`
	);
	if (!person) return;
	const heading = isTaken ? 'Your mail went in, but not all of it' : 'Your mail did not go in';
	await queueMail(tx, {
		...{ to: person.email, personId: mail.person_id!, purpose: 'mail-in', messageId: `back.${mail.id}`, bulk: true },
		subject: mail.subject ? `${heading}: ${mail.subject}` : heading,
		...letter({
			...{ heading, preview: why },
			blocks: [
				...(mail.subject ? [{ text: `Your mail “${mail.subject}”:` }] : []),
				{ text: why },
				{ button: 'Open Trellis', href: mailOrigin() }
			],
			footer: [{ text: 'You get this once for each mail you send to Trellis that does not go in.' }]
		}),
		headers: { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All', 'X-Loop': 'trellis' }
	});
}
