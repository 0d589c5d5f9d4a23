import { row, sql, type Db } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { log } from '#src/platform/server/log.ts';
import { fetchMail, type Mailbox } from '#src/platform/server/mail-in/imap.ts';
import type { Door } from '#src/platform/server/mail-in/listener.ts';

/** Fetches mail from a mailbox each minute. Call it before the jobs are started. */
export function wirePull(db: Db, mailbox: Mailbox, door: Door): void {
	defineJob('mail-in.pull', () => pullMail(db, mailbox, door), { cron: '* * * * *', retryLimit: 0 });
}

/** Takes what is unread, and notes whether that was possible. Two at the same time take each mail once. */
export async function pullMail(db: Db, mailbox: Mailbox, door: Door): Promise<void> {
	try {
		const done = await fetchMail(mailbox, door);
		if (done.taken + done.refused > 0) log.info(done, 'mail fetched');
		await notePull(db, '');
	} catch (error) {
		const { authenticationFailed, code } = error as { authenticationFailed?: boolean; code?: string };
		const trouble = authenticationFailed ? 'It does not let us in: the password or name is wrong.' : sentence(code);
		log.warn({ code }, 'mail could not be fetched');
		await notePull(db, trouble);
	}
}

const sentence = (code = '') =>
	['ENOTFOUND', 'EAI_AGAIN'].includes(code)
		? 'There is no server of this name.'
		: `It does not answer as expected${code ? ` (${code.slice(0, 60)})` : ''}.`;

const notePull = (db: Db, trouble: string) =>
	db.execute(sql`insert into mail_pull (at, trouble, ok_at) values (now(), ${trouble}, case when ${trouble} = '' then now() end)
		on conflict (one) do update set at = now(), trouble = excluded.trouble, ok_at = coalesce(excluded.ok_at, mail_pull.ok_at)`);

/** How the last visit to the mailbox went; undefined where there was none within a day. */
export async function lastPull(db: Db): Promise<{ at: string; trouble: string } | undefined> {
	const found = await row<{ at: string; trouble: string }>(
		db,
		sql`select at, trouble from mail_pull where at > now() - interval '1 day'`
	);
	return found && { at: new Date(found.at).toISOString(), trouble: found.trouble };
}
