import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { addressToken } from '#src/platform/server/mail-address.ts';

/** An address takes answers for so long after the last mail that named it. */
const DAYS = 90;

export interface ReplyTo {
	personId: string;
	itemId: string;
}

/** The secrets in the addresses that take answers of these people about these items, made where there are none. @returns by `person item` */
export async function replyTokens(db: Db, wanted: ReplyTo[]): Promise<Map<string, string>> {
	const asked = JSON.stringify(
		wanted.map(({ personId, itemId }) => ({ token: addressToken(), person: personId, item: itemId }))
	);
	const found = await rows<{ token: string; person_id: string; item_id: string }>(
		db,
		sql`insert into reply_address as r (token, person_id, item_id, until)
			select distinct on (person, item) token, person, item, now() + make_interval(days => ${DAYS})
			from json_to_recordset(${asked}::json) as w (token text, person uuid, item uuid)
			on conflict (person_id, item_id) do update set until = excluded.until,
				token = case when r.until > now() then r.token else excluded.token end
			returning token, person_id, item_id`
	);
	return new Map(found.map(({ token, person_id, item_id }) => [`${person_id} ${item_id}`, token]));
}

/** Whose answer about what comes to this address; undefined for one that never was, is too old, or was taken back. */
export async function readReplyToken(db: Db, token: string): Promise<(ReplyTo & { email: string }) | undefined> {
	return row(
		db,
		sql`select r.person_id as "personId", r.item_id as "itemId", p.email
			from reply_address r join person p on p.id = r.person_id
			where r.token = ${token} and r.until > now() and p.deactivated_at is null`
	);
}

/** Makes all addresses useless that mails to this person named. */
export async function revokeReplyTokens(db: Db, personId: string): Promise<void> {
	await db.execute(sql`delete from reply_address where person_id = ${personId}`);
}
