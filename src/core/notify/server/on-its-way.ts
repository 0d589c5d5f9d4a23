import { setTimeout as sleep } from 'node:timers/promises';
import { array, row, sql, type Db } from '#src/platform/server/db.ts';
import { conflict } from '#src/platform/server/errors.ts';
import { callBack } from '#src/platform/server/postman.ts';

export interface Settings {
	paused_until: string | null;
	mail_key: string;
	digest_at: string | null;
}

/** What mails about notifications are called in the outbox. */
export const PURPOSE = 'notification';

const PAUSE_MS = 50;

/**
 * A person's settings, locked until the transaction ends, while no mail to them is on its
 * way. What waits for them in the outbox is taken back first: it is made again of what they
 * want then. Whoever changes what a person wants goes through here, so that nothing is sent
 * after an opt-out was answered.
 * @param patience milliseconds to wait for a mail on its way
 * @throws Failure conflict when it takes longer
 */
export async function withSettings<T>(
	db: Db,
	personId: string,
	work: (tx: Db, settings: Settings) => Promise<T>,
	patience = 20_000
): Promise<T> {
	const end = Date.now() + patience;
	for (;;) {
		const tried = await db.transaction(async (tx) => {
			const settings = await lock(tx, personId);
			const { back, busy } = await callBack(tx, personId, PURPOSE);
			if (back.length > 0) await waitAgain(tx, personId, back);
			return busy ? undefined : { done: await work(tx, settings) };
		});
		if (tried) return tried.done;
		if (Date.now() > end) throw conflict('A mail to you is on its way just now. Try again in a minute.');
		await sleep(PAUSE_MS);
	}
}

async function lock(tx: Db, personId: string): Promise<Settings> {
	await tx.execute(sql`insert into notification_settings (person_id) values (${personId}) on conflict do nothing`);
	const found = await row<Settings>(
		tx,
		sql`select paused_until, mail_key, digest_at from notification_settings where person_id = ${personId} for update`
	);
	return found!;
}

/** The notifications of mails that were taken back wait for a mail again, which begins with what that one held. */
const waitAgain = (tx: Db, personId: string, messageIds: string[]) =>
	tx.execute(sql`update notification set mailed_at = null
		where person_id = ${personId} and mail_batch = any(${array(messageIds.map(batchOf), 'uuid')})`);

/** A mail's name in the outbox holds which notifications it tells of. */
export const batchOf = (messageId: string): string => messageId.slice(messageId.indexOf('.') + 1);

/**
 * Takes back what the mail server did not take: what was read or muted meanwhile is left out
 * of the next try, after 1, 2, 4 … 64 minutes.
 */
export async function takeBackFailed(db: Db): Promise<void> {
	await db.execute(sql`with back as (
			delete from mail_outbox where purpose = ${PURPOSE} and tries > 0 and coalesce(taken_until <= clock_timestamp(), true)
			returning person_id, split_part(message_id, '.', 1) = 'digest' as is_digest, split_part(message_id, '.', 2)::uuid as batch
		), again as (
			update notification n set mailed_at = null from back where n.person_id = back.person_id and n.mail_batch = back.batch
		), failed as (
			select person_id, bool_or(is_digest) as is_digest from back group by 1
		), due as (
			select st.person_id, failed.is_digest, case when st.mail_after > now() - interval '10 minutes'
				then least(st.mail_tries + 1, 7) else 1 end as tries
			from notification_settings st join failed using (person_id)
		)
		update notification_settings st set mail_tries = due.tries,
			mail_after = now() + make_interval(mins => (2 ^ (due.tries - 1))::int),
			digest_at = case when due.is_digest then now() + make_interval(mins => (2 ^ (due.tries - 1))::int) else st.digest_at end
		from due where st.person_id = due.person_id`);
}
