import { randomInt } from 'node:crypto';
import { row, rows, sql, type Db } from './db.ts';

/** Small letters and digits that no mail server changes and nobody mixes up. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/** A secret of 100 random bits that can stand in an address. */
export const addressToken = () => Array.from({ length: 20 }, () => LETTERS[randomInt(LETTERS.length)]).join('');

/** So many mails that come back for the moment within so many days are taken for good. */
const MOST_SOFT = 10;
const SOFT_DAYS = 14;

/** That a mail came back, or was complained about. */
export interface Returned {
	/** For good: the address does not exist any more, or its owner wants nothing. */
	hard: boolean;
	why: string;
}

/**
 * The secrets that stand in the sender of the envelope of mails to these addresses, so that what comes back is
 * known without trusting what it says. In one statement, in the order of the addresses: two may do it at once.
 */
export async function returnTokens(db: Db, addresses: string[]): Promise<Map<string, string>> {
	const asked = JSON.stringify([...new Set(addresses)].map((address) => ({ address, token: addressToken() })));
	const found = await rows<{ address: string; token: string }>(
		db,
		sql`insert into mail_address as a (address, token)
			select address, token from json_to_recordset(${asked}::json) as w (address text, token text) order by address
			on conflict (address) do update set address = a.address returning address, token`
	);
	return new Map(found.map(({ address, token }) => [address, token]));
}

/** Whether this secret is one of ours. */
export const isReturnToken = async (db: Db, token: string): Promise<boolean> =>
	(await row(db, sql`select 1 from mail_address where token = ${token}`)) !== undefined;

/**
 * Notes what came back from an address: one that is gone for good gets nothing more, and so does one from which
 * ten mails came back within two weeks.
 * @returns the address, and whether it gets nothing from now on
 */
export async function noteReturned(
	db: Db,
	from: { token: string } | { address: string },
	{ hard, why }: Returned
): Promise<{ address: string; stopped: boolean } | undefined> {
	const which = 'token' in from ? sql`token = ${from.token}` : sql`address = ${from.address}`;
	const isNew = sql`coalesce(soft_since < now() - make_interval(days => ${SOFT_DAYS}), true)`;
	return row(
		db,
		sql`update mail_address set soft = case when ${hard} then soft when ${isNew} then 1 else soft + 1 end,
				soft_since = case when ${hard} or not ${isNew} then soft_since else now() end, why = ${why.slice(0, 500)},
				stopped_at = coalesce(stopped_at, case when ${hard} or (not ${isNew} and soft + 1 >= ${MOST_SOFT}) then now() end)
			where ${which} returning address, stopped_at is not null as stopped`
	);
}

/** The mail server refused an address for good as it was told: nothing more is sent there. */
export async function stopAddress(tx: Db, address: string, why: string): Promise<void> {
	await returnTokens(tx, [address.toLowerCase()]);
	await noteReturned(tx, { address: address.toLowerCase() }, { hard: true, why });
}

/** Why an address gets no more mail, and since when. */
export async function stopOf(db: Db, address: string): Promise<{ since: Date; why: string } | undefined> {
	const found = await row<{ stopped_at: string; why: string }>(
		db,
		sql`select stopped_at, why from mail_address where address = ${address} and stopped_at is not null`
	);
	return found && { since: new Date(found.stopped_at), why: found.why };
}

/** Sends to an address again, as if nothing had come back. */
export async function resumeAddress(db: Db, address: string): Promise<void> {
	await db.execute(sql`update mail_address set stopped_at = null, soft = 0, soft_since = null, why = ''
		where address = ${address} and stopped_at is not null`);
}

/** Whether a status (RFC 3463) or answer of a mail server says that the address itself is gone: nothing else is for good. */
export function isGone(said: string): boolean {
	const status = /\b5\.\d{1,3}\.\d{1,3}\b/.exec(said)?.[0];
	if (status) return /^5\.(1\.(0|1|2|3|4|6|10)|2\.1|4\.1)$/.test(status);
	return /user (is )?unknown|unknown user|no such (user|mailbox|address|recipient)|mailbox (not found|unavailable|does not exist)/i.test(
		said
	);
}
