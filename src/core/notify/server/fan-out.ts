import { sql, type Db, type SQL } from '#src/platform/server/db.ts';
import type { Chooser } from '../choice.ts';
import { kindOf } from '../kinds.ts';
import { lockFanOut } from './opt-outs.ts';

/** The channel on which processes hear for whom there is something new. */
export const NOTIFY_CHANNEL = 'notify';

/** Who is to have peace from whom: a condition on an author and a reader, both SQL. */
type Quiet = (author: SQL, reader: SQL) => SQL;
const quiet: Quiet[] = [];

/** Declares when mails about what somebody wrote wait for nobody: a room says it once, when it is wired. */
export const keepQuietFor = (when: Quiet): void => void (quiet.includes(when) || quiet.push(when));

/** What an author says to all is not mailed to whoever asked them for one thing at a time; the page still tells. */
const isQuiet = (group: string, author: string | null) =>
	group === 'New in your spaces' && author && quiet.length > 0
		? sql`(${sql.join(
				quiet.map((when) => when(sql`${author}::uuid`, sql`p.id`)),
				sql` or `
			)})`
		: sql`false`;

export interface Notice {
	/** The event it comes from: a person hears of one only once. */
	eventId: string;
	kind: string;
	/** What it is about; who may not read it is not told. */
	itemId?: string;
	/** For what is about a space and no item. */
	spaceId?: string;
	/** Who did it: never told of it. */
	actorId: string | null;
	/** The actor stands behind an anonymous item, or is nobody's business. */
	masked?: boolean;
	/** A line in somebody's own words. */
	note?: string;
	/** The page to go to, where it is not the item's. */
	at?: string;
	/** Whom it reaches by another choice than its kind says: the first that names a person counts. */
	choices?: { choice: Chooser; people: SQL }[];
	/** Kinds that tell of the same thing less well: they give way to this one. */
	insteadOf?: string[];
	/** Kinds that tell of the same thing better: who has one is not told again. */
	unless?: string[];
}

/**
 * Tells people, in one statement however many they are: not the actor, not who may not
 * read it, not who muted it or wants to hear nothing of its kind.
 * @param people a query of person ids
 * @example await notify(db, { eventId: event.id, kind: 'item.helped', … }, sql`select author_id from item where id = ${id}`);
 */
export async function notify(db: Db, notice: Notice, people: SQL): Promise<void> {
	const kind = kindOf(notice.kind);
	if (!kind) throw new Error(`No kind of notification is called ${notice.kind}.`);
	const { eventId, itemId = null, spaceId = null, actorId, masked = false, note = '', at = '' } = notice;
	const choice = choiceFor(kind.choice, notice.choices);
	const others = (names: string[] = []) => sql`string_to_array(${names.join(',')}, ',')`;
	await db.transaction(async (tx) => {
		await lockFanOut(tx);
		if (notice.insteadOf)
			await tx.execute(sql`delete from notification where item_id = ${itemId}::uuid and read_at is null and mailed_at is null
			and kind = any(${others(notice.insteadOf)}) and person_id in (${people})`);
		await tx.execute(sql`with place as (
				select i.id, i.space_id, coalesce(grandparent.id, parent.id, i.id) as page_id
				from item i left join item parent on parent.id = i.parent_id
				left join item grandparent on grandparent.id = parent.parent_id
				where i.id = ${itemId}::uuid and i.state <> 'removed'
			), told as (
				insert into notification (id, person_id, event_id, kind, item_id, page_id, space_id, actor_id, data, in_page, to_mail, choice)
				select gen_random_uuid(), p.id, ${eventId}::uuid, ${notice.kind}::text, place.id, place.page_id,
					coalesce(place.space_id, ${spaceId}::uuid), ${masked ? null : actorId}::uuid,
					jsonb_build_object('note', ${note}::text) || case when ${at}::text = '' then '{}' else jsonb_build_object('at', ${at}::text) end, wants.in_page, wants.mail <> 'never', ${choice}
				from (select distinct person_id from (${people}) as audience (person_id)) audience
				join person p on p.id = audience.person_id and p.deactivated_at is null
				left join place on true
				join space s on s.id = coalesce(place.space_id, ${spaceId}::uuid)
				left join notification_preference own on own.person_id = p.id and own.kind = ${notice.kind}
				cross join lateral (select coalesce(own.in_page, ${kind.inPage}) as in_page, case when ${isQuiet(kind.group, actorId)} then 'never'
					else coalesce(own.mail, ${kind.mail}) end as mail) wants
				where p.id is distinct from ${actorId}::uuid
					and (wants.in_page or wants.mail <> 'never' or coalesce(own.push, 'never') <> 'never')
					and (${itemId}::uuid is null or place.id is not null)
					and (s.access = 'open' or exists (select 1 from space_member m where m.space_id = s.id and m.person_id = p.id))
					and not exists (select 1 from mute where mute.person_id = p.id and mute.item_id in (place.id, place.page_id))
					and not exists (select 1 from notification n where n.person_id = p.id and n.item_id = place.id
						and n.kind = any(${others(notice.unless)}))
				on conflict (event_id, person_id) do nothing
				returning person_id
			), line as (select person_id, (row_number() over () - 1) / 200 as chunk from told)
			select pg_notify(${NOTIFY_CHANNEL}, 'people ' || string_agg(person_id::text, ' ')) from line group by chunk`);
	});
}

/** By whose choice it reaches the person `p`. */
function choiceFor(usual: Chooser, choices: Notice['choices'] = []): SQL {
	if (choices.length === 0) return sql`${usual}::text`;
	const cases = choices.map(({ choice, people }) => sql`when p.id in (${people}) then ${choice}::text`);
	return sql`case ${sql.join(cases, sql` `)} else ${usual}::text end`;
}
