import { registerKinds } from '#src/core/notify/kinds.ts';
import { notify } from '#src/core/notify/server/fan-out.ts';
import { lockFanOut } from '#src/core/notify/server/opt-outs.ts';
import { isAtWork } from '#src/core/people/server/presence.ts';
import { array, row, rows, sql, type Db, type SQL } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { dayInWords } from '#src/platform/day.ts';
import { oneAtATime } from './settled.ts';
import { openTasks } from './standing.ts';

export const ASKED = 'check.asked';

/** How a reminder reads, and that its mail comes while people work. */
export const registerAskedNotice = (): void =>
	registerKinds([
		{
			...{
				name: ASKED,
				label: 'A check is asked of you',
				group: 'For you to answer',
				choice: 'organisation',
				button: 'Look at the check'
			},
			...{ inPage: true, mail: 'now', atWork: true, sentence: ({ title }) => `You are asked to pass “${title}”` }
		}
	]);

/** People reminded in one run at most; the next run goes on. */
const BATCH = 500;

interface Due {
	person_id: string;
	item_id: string;
}

/**
 * Reminds people of what is asked of them: first when it is asked, then four weeks and one
 * week before the last day, on it, and each second week after it. One reminder a person in
 * seven days, for what is due first, while they are at work and not away.
 * @returns how many were reminded
 */
export async function remindDue(db: Db, now = new Date()): Promise<number> {
	const due = await rows<Due>(db, sql`${dueNow(now, sql`true`)} limit ${BATCH}`);
	let reminded = 0;
	for (const { person_id } of due) if (await remind(db, person_id, now)) reminded += 1;
	return reminded;
}

/** What somebody is to be reminded of at a moment: one row a person. */
function dueNow(now: Date, only: SQL): SQL {
	const at = sql`${now.toISOString()}::timestamptz`;
	return sql`select distinct on (t.person_id) t.person_id, t.item_id
		from (${openTasks(now, only)}) t
		join person p on p.id = t.person_id
		left join asking_told o on o.person_id = t.person_id and o.item_id = t.item_id
		left join notification_settings n on n.person_id = t.person_id
		cross join lateral (select max(step) as at from unnest(array[t.since, t.due_at - interval '28 days',
			t.due_at - interval '7 days', t.due_at,
			t.due_at + interval '14 days' * greatest(0, floor(extract(epoch from ${at} - t.due_at) / 1209600))]) step
			where step <= ${at} and step >= t.since) step
		where not t.in_review and step.at is not null and (o.told_at is null or o.told_at < step.at)
			and coalesce(o.quiet_until <= ${at}, true) and coalesce(n.paused_until <= ${at}, true)
			and ${isAtWork(sql`p.id`, now)}
			and not exists (select 1 from asking_told w where w.person_id = t.person_id and w.told_at > ${at} - interval '7 days')
			and not exists (select 1 from notification x where x.person_id = t.person_id and x.kind = ${ASKED}
				and (x.mailed_at > ${at} - interval '7 days' or (x.to_mail and x.mailed_at is null and x.read_at is null)))
		order by t.person_id, t.due_on, t.item_id`;
}

async function remind(db: Db, personId: string, now: Date): Promise<boolean> {
	return db.transaction(async (tx) => {
		// Whoever wants peace from it is answered before this, or after.
		await lockFanOut(tx);
		await oneAtATime(tx, personId);
		const due = await row<Due>(tx, dueNow(now, sql`p.id = ${personId}`));
		if (!due) return false;
		await tx.execute(sql`insert into asking_told (person_id, item_id, told_at) values (${personId}, ${due.item_id}, ${now.toISOString()})
			on conflict (person_id, item_id) do update set told_at = excluded.told_at`);
		const note = await noteFor(tx, due, now);
		await notify(
			tx,
			{ eventId: newId(), kind: ASKED, itemId: due.item_id, actorId: null, note },
			sql`select ${personId}::uuid`
		);
		return true;
	});
}

/** "By 3 December 2030. Working at heights act, section 4. 8 minutes. 2 other checks are asked of you as well." */
async function noteFor(tx: Db, { person_id, item_id }: Due, now: Date): Promise<string> {
	const open = await rows<{ item_id: string; due_on: string; askings: string[]; late: boolean; minutes: number }>(
		tx,
		sql`select t.item_id, t.due_on::text, t.askings, t.due_at + interval '1 day' <= ${now.toISOString()}::timestamptz as late, c.minutes
			from (${openTasks(now, sql`p.id = ${person_id}`)}) t join check_item c on c.item_id = t.item_id where not t.in_review`
	);
	const task = open.find((one) => one.item_id === item_id)!;
	const { source, language } = (await row<{ source: string | null; language: string }>(
		tx,
		sql`select (select string_agg(distinct a.legal_source, ' · ') from asking a where a.id = any(${array(task.askings, 'uuid')})) as source,
			(select language from person where id = ${person_id}) as language`
	))!;
	const others = open.length - 1;
	return [
		`${task.late ? 'It was due on' : 'By'} ${dayInWords(task.due_on, language)}.`,
		source ? `${source.replace(/\.$/, '')}.` : '',
		`${task.minutes} ${task.minutes === 1 ? 'minute' : 'minutes'}.`,
		others > 0 ? `${others === 1 ? 'Another check is' : `${others} other checks are`} asked of you as well.` : ''
	]
		.filter(Boolean)
		.join(' ');
}
