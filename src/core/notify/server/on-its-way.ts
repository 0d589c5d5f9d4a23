import { setTimeout as sleep } from 'node:timers/promises';
import { array, row, sql, type Db } from '#src/platform/server/db.ts';
import { conflict } from '#src/platform/server/errors.ts';
import { callBack } from '#src/platform/server/postman.ts';
import { holdFanOuts } from './opt-outs.ts';
import { otherWays } from './other-ways.ts';

export interface Settings {
	paused_until: string | null;
	mail_key: string;
	digest_at: string | null;
}

/** What mails about notifications are called in the outbox. */
export const PURPOSE = 'notification';

const PAUSE_MS = 50;
/** So long one transaction waits for what is on its way. */
const DRAIN_MS = 2000;

/**
 * A person's settings, locked until the transaction ends, while nothing to them is on its way:
 * no mail, no push to a device, and no notification that is being made. What waits for them in
 * the outbox is taken back first: it is made again of what they want then. Whoever changes what
 * a person wants goes through here, so that nothing is sent after an opt-out was answered.
 * @param all hold the other ways too (`registerOtherWay`)
 * @param patience milliseconds to wait for what is on its way
 * @throws Failure conflict when it takes longer
 */
export async function withSettings<T>(
	db: Db,
	personId: string,
	work: (tx: Db, settings: Settings) => Promise<T>,
	{ all = false, patience = 20_000 } = {}
): Promise<T> {
	const end = Date.now() + patience;
	for (;;) {
		const tried = await db.transaction(async (tx) => {
			const settings = await lock(tx, personId);
			// Nothing new is made for them meanwhile; a slow mail server keeps no connection for longer than this.
			const soon = Math.min(end, Date.now() + DRAIN_MS);
			while (await isOnItsWay(tx, personId, all)) {
				if (Date.now() > soon) return undefined;
				await sleep(PAUSE_MS);
			}
			await holdFanOuts(tx);
			return { done: await work(tx, settings) };
		});
		if (tried) return tried.done;
		if (Date.now() > end) throw conflict('Something to you is on its way just now. Try again in a minute.');
		await sleep(PAUSE_MS);
	}
}

/** Takes back what waits for somebody; whether something is on its way: a mail, a push, or what comes on other ways. */
async function isOnItsWay(tx: Db, personId: string, all: boolean): Promise<boolean> {
	const { back, busy } = await callBack(tx, personId, PURPOSE);
	if (back.length > 0) await waitAgain(tx, personId, back);
	let others = false;
	for (const way of all ? otherWays() : []) others = (await way.recall(tx, personId)) || others;
	const device = sql`select 1 from push_device where person_id = ${personId} and busy_until > clock_timestamp()`;
	return busy || others || (await row(tx, device)) !== undefined;
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
