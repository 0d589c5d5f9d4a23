import { backAt, isAway } from '#src/core/people/server/presence.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import { enqueue } from '#src/platform/server/jobs.ts';
import { mailIsOn, queueMails } from '#src/platform/server/mail.ts';
import { roomInOutbox } from '#src/platform/server/postman.ts';
import { waitsForAnother } from './alone.ts';
import { CHAT } from './chat.ts';
import { mailOfTip, nextAfter, PURPOSE } from './follow.ts';
import { tipMail, tipsOut, waysOf } from './letter.ts';
import { isOut } from './read.ts';

/** Followers served in one transaction. */
const AT_ONCE = 500;

interface Due {
	drip_id: string;
	person_id: string;
	email: string;
	mail_key: string;
	days: number[];
	every: number;
	by_mail: boolean;
	by_chat: boolean;
	tip_id: string;
}

/**
 * Lets the tips come that are due: the job of every minute. Those on leave wait, nothing comes on a day off, and what
 * was got in any other way does not come. More of it at once does no harm.
 */
export async function deliverDue(db: Db, now = new Date()): Promise<void> {
	await putOff(db, now);
	while (await roomInOutbox(db)) if ((await db.transaction((tx) => deliverSome(tx, now))) < AT_ONCE) return;
}

/** Whether the person `p` is at work, or their minute has just passed, on a day they work. */
const isTheirTime = (
	at: string
) => sql`exists (select from (select ${at}::timestamptz at time zone p.time_zone as t) clock
	where (cardinality(p.work_days) = 0 or extract(isodow from clock.t)::smallint = any(p.work_days))
		and (f.next_at > ${at}::timestamptz - interval '2 hours'
			or extract(hour from clock.t) * 60 + extract(minute from clock.t) between p.work_start and p.work_end - 1))`;

/** What cannot come now comes at the next moment of the person's rhythm after their leave, or their pause: of this series, or of all. */
async function putOff(db: Db, now: Date): Promise<void> {
	const at = now.toISOString();
	const until = sql`greatest(${at}::timestamptz, f.paused_until, st.paused_until,
		${backAt(sql`f.person_id`, sql`${at}::timestamptz`)})`;
	await db.execute(sql`update drip_follow f set next_at = ${nextAfter(sql`w.until`)}
		from (select f.drip_id, f.person_id, ${until} as until from drip_follow f join person p on p.id = f.person_id
			left join notification_settings st on st.person_id = f.person_id
			where f.next_at <= ${at} and (f.paused_until > ${at} or st.paused_until > ${at}
				or ${isAway(sql`f.person_id`, sql`${at}::timestamptz`)} or ${waitsForAnother} or not ${isTheirTime(at)})
			for update of f skip locked) w, person p
		where f.drip_id = w.drip_id and f.person_id = w.person_id and p.id = f.person_id`);
}

/** Serves those who wait longest. @returns how many it looked at */
async function deliverSome(tx: Db, now: Date): Promise<number> {
	const at = now.toISOString();
	const taken = await rows<{ drip_id: string; person_id: string }>(
		tx,
		sql`select f.drip_id, f.person_id from drip_follow f
			where f.next_at <= ${at} order by f.next_at limit ${AT_ONCE} for update of f skip locked`
	);
	if (taken.length === 0) return 0;
	const which = sql`(select unnest(${column(taken, 'drip_id')}) as drip_id, unnest(${column(taken, 'person_id')}) as person_id)`;
	await tx.execute(sql`insert into notification_settings (person_id)
		select distinct person_id from ${which} w on conflict do nothing`);
	const due = await receive(tx, which);
	await setNext(tx, which, at);
	await send(tx, due);
	return taken.length;
}

const column = (of: { drip_id: string; person_id: string }[], name: 'drip_id' | 'person_id') =>
	array(
		of.map((each) => each[name]),
		'uuid'
	);

type Which = ReturnType<typeof sql>;

/** The next tip of each is theirs from here on, in whatever way it comes; whoever may not read the series has none. */
const receive = (tx: Db, which: Which): Promise<Due[]> =>
	rows<Due>(
		tx,
		sql`with next as (
				select f.*, (f.by_mail and ${mailIsOn()}::boolean) as mails, t.id as tip_id, t.version
				from ${which} w join drip_follow f on f.drip_id = w.drip_id and f.person_id = w.person_id
				join person p on p.id = f.person_id and p.deactivated_at is null
				join item i on i.id = f.drip_id and i.state = 'open' join space s on s.id = i.space_id
				cross join lateral (select t.id, t.version from drip_tip t
					where t.drip_id = f.drip_id and ${isOut}
						and not exists (select from drip_receipt r where r.tip_id = t.id and r.person_id = f.person_id)
					order by t.position, t.id limit 1) t
				where s.access = 'open'
					or exists (select from space_member m where m.space_id = s.id and m.person_id = f.person_id)
			), got as (
				insert into drip_receipt (tip_id, person_id, version, via)
				select tip_id, person_id, version, case when mails then 'mail' when by_chat then 'chat' else 'feed' end
				from next where mails or by_chat or by_feed
				on conflict do nothing returning tip_id, person_id
			)
			select next.drip_id, next.person_id, p.email, st.mail_key, next.days, next.every, next.mails as by_mail,
				next.by_chat, next.tip_id
			from got join next using (tip_id, person_id)
			join person p on p.id = got.person_id
			join notification_settings st on st.person_id = p.id`
	);

/** Who has got all there is waits until there is more. Equal rhythms are reckoned once. */
const setNext = (tx: Db, which: Which, at: string) =>
	tx.execute(sql`with mine as (
			select f.drip_id, f.person_id, p.time_zone, p.work_days, p.work_start, f.days, f.every, f.minute,
				exists (select from drip_tip t where t.drip_id = f.drip_id and ${isOut}
					and not exists (select from drip_receipt r where r.tip_id = t.id and r.person_id = f.person_id)) as more
			from ${which} w join drip_follow f on f.drip_id = w.drip_id and f.person_id = w.person_id
			join person p on p.id = f.person_id
		), moment as materialized (
			select c.*, drip_next(time_zone, work_days, work_start, days, every, minute, ${at}) as next_at
			from (select distinct time_zone, work_days, work_start, days, every, minute from mine) c
		)
		update drip_follow f set next_at = case when mine.more then moment.next_at end
		from mine join moment on moment.time_zone = mine.time_zone and moment.work_days = mine.work_days
			and moment.work_start = mine.work_start and moment.days = mine.days and moment.every = mine.every
			and moment.minute is not distinct from mine.minute
		where f.drip_id = mine.drip_id and f.person_id = mine.person_id`);

async function send(tx: Db, due: Due[]): Promise<void> {
	const tips = await tipsOut(tx, [...new Set(due.map(({ tip_id }) => tip_id))]);
	const mails = due.flatMap((each) => {
		const tip = tips.get(each.tip_id);
		if (!tip || !each.by_mail) return [];
		const { person_id: personId, email } = each;
		const ways = waysOf(personId, each.mail_key, tip, each);
		const about = { personId, purpose: PURPOSE, bulk: true, messageId: mailOfTip(tip.id, personId) } as const;
		return [{ to: email, ...tipMail(tip, ways), ...about }];
	});
	await queueMails(tx, mails);
	for (const { by_chat, tip_id: tipId, person_id: personId } of due)
		if (by_chat) await enqueue(tx, CHAT, { tipId, personId });
}
