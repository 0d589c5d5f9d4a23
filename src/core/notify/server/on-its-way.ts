import { setTimeout as sleep } from 'node:timers/promises';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { conflict } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';

export interface Settings {
	paused_until: string | null;
	mail_key: string;
	digest_at: string | null;
}

/** A mail on its way is believed in for so long without a sign of life; its sender gives one in time. */
const BELIEVED_SECONDS = 15;
const SIGN_OF_LIFE_MS = 4_000;
const PAUSE_MS = 50;

/**
 * A person's settings, locked until the transaction ends, while no mail to them is on its
 * way. Whoever changes what a person wants and whoever mails them goes through here, so that
 * nothing is sent after an opt-out was answered.
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
			return settings.busy ? undefined : { done: await work(tx, settings) };
		});
		if (tried) return tried.done;
		if (Date.now() > end) throw conflict('A mail to you is on its way just now. Try again in a minute.');
		await sleep(PAUSE_MS);
	}
}

async function lock(tx: Db, personId: string): Promise<Settings & { busy: boolean }> {
	await tx.execute(sql`insert into notification_settings (person_id) values (${personId}) on conflict do nothing`);
	// The clock, not the beginning of this transaction: it may have waited for the lock.
	const found = await row<Settings & { busy: boolean }>(
		tx,
		sql`select paused_until, mail_key, digest_at, coalesce(sending_until > clock_timestamp(), false) as busy
			from notification_settings where person_id = ${personId} for update`
	);
	return found!;
}

/** Notes, under the lock, that a mail to the person is on its way. @returns what stands for it */
export async function beginSending(tx: Db, personId: string): Promise<string> {
	const sending = newId();
	await tx.execute(
		sql`update notification_settings set sending = ${sending}, ${believed} where person_id = ${personId}`
	);
	return sending;
}

const believed = sql`sending_until = clock_timestamp() + make_interval(secs => ${BELIEVED_SECONDS})`;

/** Sends, and gives signs of life while the mail server takes its time. */
export async function whileSending<T>(db: Db, sending: string, send: () => Promise<T>): Promise<T> {
	const signs = setInterval(() => {
		// While the database is away nobody's opt-out is answered either.
		db.execute(sql`update notification_settings set ${believed} where sending = ${sending}`).catch(() => {});
	}, SIGN_OF_LIFE_MS);
	try {
		return await send();
	} finally {
		clearInterval(signs);
	}
}

/** For an update of the settings: the mail is not on its way any more, unless another is by now. */
export const endSending = (sending: string) =>
	sql`sending_until = case when sending = ${sending} then null else sending_until end`;
