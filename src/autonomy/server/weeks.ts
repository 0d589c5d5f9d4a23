import { allKinds } from '#src/core/notify/kinds.ts';
import { otherWays } from '#src/core/notify/server/other-ways.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { mondayOf } from '#src/platform/day.ts';
import { rows, sql, type Db, type SQL } from '#src/platform/server/db.ts';
import { fallOf, type WeekCount } from '../fall.ts';
import { WEEKS } from '../meter.ts';

declare module '#src/core/signals/server/events.ts' {
	interface Events {
		/** Less of what reaches people is their own choice: once a week at most. */
		'autonomy.fell': { week: string };
	}
}

/** Notifications are all there for so long: those that were read are removed after 90 days. */
const KNOWN = 12;
const WEEK_MS = 7 * 86_400_000;

/**
 * Counts the weeks that have ended and were not counted yet: the job of every night. A week that is counted stays as it
 * is. Where the newest stands for a fall, it says so, once.
 */
export async function countWeeks(db: Db, now = new Date()): Promise<void> {
	const thisWeek = Date.parse(mondayOf(now));
	for (let ago = KNOWN; ago >= 1; ago -= 1) {
		const week = new Date(thisWeek - ago * WEEK_MS).toISOString().slice(0, 10);
		await db.transaction(async (tx) => {
			const isNew = await countWeek(tx, week);
			if (isNew && ago === 1 && fallOf(await wholeWeeks(tx, week))) await emit(tx, 'autonomy.fell', { week });
		});
	}
}

/** @returns false for a week that is counted already */
async function countWeek(tx: Db, week: string): Promise<boolean> {
	if ((await rows(tx, sql`select 1 from push_week where week = ${week}::date and space_id is null`)).length > 0)
		return false;
	const counted = await rows(
		tx,
		sql`with came as materialized (${cameIn(week)}), kinds as (
				insert into push_week_kind (week, kind, choice, pushes, receivers)
				select ${week}::date, kind, choice, count(*), count(distinct person_id) from came group by kind, choice
				on conflict do nothing
			)
			insert into push_week (week, space_id, pushes, own, receivers)
			select ${week}::date, space_id, count(*), count(*) filter (where choice = 'self'), count(distinct person_id)
			from came group by grouping sets ((space_id), ()) having grouping(space_id) = 1 or space_id is not null
			on conflict do nothing returning 1`
	);
	return counted.length > 0;
}

/** Whatever came to people in a week: a notification counts where it was shown, mailed or rang. */
export function cameIn(week: string): SQL {
	const usual = JSON.stringify(Object.fromEntries(allKinds().map(({ name, choice }) => [name, choice])));
	const within = (at: SQL) =>
		sql`${at} >= ${week}::date at time zone 'UTC' and ${at} < (${week}::date + 7) at time zone 'UTC'`;
	const notices = sql`select n.person_id, n.space_id, n.item_id, n.kind, coalesce(n.choice, ${usual}::jsonb ->> n.kind, 'default') as choice
		from notification n where ${within(sql`n.created_at`)} and (n.in_page or n.to_mail or n.mailed_at is not null
			or exists (select from push_told t where t.notification_id = n.id))`;
	const others = otherWays().map(
		({ name, came }) =>
			sql`select o.person_id, o.space_id, o.item_id, ${name}::text, o.choice from (${came}) o where ${within(sql`o.at`)}`
	);
	return sql.join([notices, ...others], sql` union all `);
}

/** The organisation's weeks up to one, the oldest first. */
export const wholeWeeks = (db: Db, until: string): Promise<WeekCount[]> =>
	rows<WeekCount>(
		db,
		sql`select week::text, pushes, own from push_week where space_id is null and receivers >= 5
			and week <= ${until}::date and week > ${until}::date - ${WEEKS * 7}::int order by week`
	);
