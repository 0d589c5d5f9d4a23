import { sql, type SQL } from '#src/platform/server/db.ts';

/**
 * Whether the follow `o` is in its middle, and is to be the only thing its authors send. Said in a way that only the
 * index by person fits: that of what is due, in which everybody stands at once in the morning, would be read for each.
 */
const isAlone = sql`od.alone and (o.next_at is null) is false and coalesce(o.paused_until <= now(), true)
	and (o.by_mail or o.by_feed or o.by_chat)`;

/** Whether the follow `f` waits for another series of one of its authors: of two that want to be alone the earlier goes first. */
export const waitsForAnother = sql`exists (select from drip_follow o join drip od on od.id = o.drip_id
	join drip_author oa on oa.drip_id = o.drip_id join drip_author fa on fa.person_id = oa.person_id and fa.drip_id = f.drip_id
	join drip fd on fd.id = f.drip_id
	where o.person_id = f.person_id and o.drip_id <> f.drip_id and ${isAlone}
		and (not fd.alone or (o.created_at, o.drip_id) < (f.created_at, f.drip_id)))`;

/** Whether somebody is in the middle of a series by an author who sends nothing else meanwhile. */
export const keepsQuiet = (author: SQL, reader: SQL): SQL => sql`exists (select from drip_author oa
	join drip od on od.id = oa.drip_id join drip_follow o on o.drip_id = oa.drip_id
	where oa.person_id = ${author} and o.person_id = ${reader} and ${isAlone})`;
