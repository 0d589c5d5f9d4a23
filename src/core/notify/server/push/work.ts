import { whoReads } from '#src/core/access/server/visibility.ts';
import type { WorkingHours } from '#src/core/people/hours.ts';
import { hoursOf, isAtWork, isAway } from '#src/core/people/server/presence.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import { log } from '#src/platform/server/log.ts';
import type { Allowance } from '#src/platform/server/safe-fetch.ts';
import { allKinds } from '../../kinds.ts';
import { afterLeave, beginningAfter, moment, onlyAtWork } from '../mails.ts';
import { mayReadNotice, noticeColumns, noticeJoins } from '../read.ts';
import { pushIdentity } from './keys.ts';
import { messageOf, type PushRow } from './message.ts';
import { sendPush, type Sent, type Target } from './send.ts';

/** Devices taken at once, and minutes after which they are taken up again where a process ended meanwhile. */
const AT_ONCE = 50;
const LEASE = 2;
/** Days after which what happened is no news on a screen. */
const FRESH = 3;
/** Tries after 1, 2, 4 … 512 minutes; then the device is given up. */
const MOST_FAILURES = 10;

type Taken = Target & WorkingHours & { id: string; person_id: string; failures: number; digest_is_due: boolean };

/** Tells devices what is due: the job of every minute. More of it at once does no harm. */
export async function pushWhatIsDue(db: Db, now = new Date(), allowance?: Allowance): Promise<void> {
	for (;;) {
		const taken = await takeDevices(db, now);
		if (taken.length === 0) return;
		const identity = await pushIdentity(db);
		await Promise.all(
			taken.map((device) => tellDevice(db, device, now, (message) => sendPush(device, message, identity, allowance)))
		);
	}
}

/** What waits for a device (`d`), as its person wants it at this moment: not read, not muted, not paused, not on leave. */
const waiting = (how: 'now' | 'digest', now: Date) => sql`
	from notification n
	left join notification_preference own on own.person_id = n.person_id and own.kind = n.kind
	left join notification_settings st on st.person_id = n.person_id
	where n.person_id = d.person_id and n.read_at is null and n.created_at > d.created_at
		and n.created_at > ${now.toISOString()}::timestamptz - make_interval(days => ${FRESH})
		and ${afterLeave(sql`coalesce(own.push, ${JSON.stringify(defaults())}::jsonb ->> n.kind)`, now)} = ${how}
		and coalesce(st.paused_until <= ${now.toISOString()}::timestamptz, true)
		and not ${isAway(sql`n.person_id`, moment(now))}
		and not exists (select 1 from mute m where m.person_id = n.person_id and m.item_id in (n.item_id, n.page_id))
		and not exists (select 1 from push_told t where t.device_id = d.id and t.notification_id = n.id)
		and (not n.kind = any(${array(onlyAtWork(), 'text')}) or ${isAtWork(sql`n.person_id`, now)})`;

const defaults = () => Object.fromEntries(allKinds().map(({ name, mail }) => [name, mail]));

/** Takes devices for which something is due, so that no other process does; none whose person changes what they want. */
async function takeDevices(db: Db, now: Date): Promise<Taken[]> {
	const at = sql`${now.toISOString()}::timestamptz`;
	return rows<Taken>(
		db,
		sql`update push_device d set busy_until = ${at} + make_interval(mins => ${LEASE})
			from person p where p.id = d.person_id and d.id in (
				select d.id from push_device d join person p on p.id = d.person_id and p.deactivated_at is null
				join notification_settings wish on wish.person_id = d.person_id
				where coalesce(d.busy_until <= ${at}, true) and coalesce(d.snoozed_until <= ${at}, true)
					and coalesce(d.retry_at <= ${at}, true)
					and (d.digest_at <= ${at} or exists (select 1 ${waiting('now', now)}))
				order by d.id limit ${AT_ONCE} for update of d skip locked for key share of wish skip locked)
			returning d.id, d.person_id, d.endpoint, d.p256dh, d.auth, d.failures, d.digest_at <= ${at} as digest_is_due,
				${hoursOf(sql`p`)}`
	);
}

/** Sends first and notes it then: at the worst it comes twice, and the second takes the place of the first. */
async function tellDevice(
	db: Db,
	device: Taken,
	now: Date,
	send: (message: ReturnType<typeof messageOf>) => Promise<Sent>
): Promise<void> {
	try {
		const { readable, closed } = await whatWaits(db, device, now);
		const sent = readable.length > 0 ? await send(messageOf(readable)) : 'sent';
		if (sent === 'gone') return void (await db.execute(sql`delete from push_device where id = ${device.id}`));
		if (sent === 'later') return await tryLater(db, device);
		await note(db, device, [...readable, ...closed], readable.length > 0, now);
	} catch (error) {
		log.error({ device: device.id, error: (error as Error).message }, 'a device could not be told');
		await tryLater(db, device);
	}
}

/** What the person may not read any more is told neither now nor later. */
async function whatWaits(db: Db, { id, person_id, digest_is_due }: Taken, now: Date) {
	const due = (how: 'now' | 'digest') => sql`select n.id ${waiting(how, now)}`;
	const found = await rows<PushRow & { may_read: boolean }>(
		db,
		sql`with who as materialized (${whoReads([person_id])}), due as (
				select due.id from push_device d cross join lateral (
					${due('now')} ${digest_is_due ? sql`union all ${due('digest')}` : sql``}) due where d.id = ${id})
			select ${noticeColumns}, s.access, coalesce(${mayReadNotice(sql`who.readable`, sql`who.own`)}, false) as may_read
			from notification n ${noticeJoins} left join who on who.id = n.person_id
			where n.id in (select id from due) order by n.created_at desc`
	);
	return { readable: found.filter(({ may_read }) => may_read), closed: found.filter(({ may_read }) => !may_read) };
}

async function note(db: Db, device: Taken, told: { id: string }[], pushed: boolean, now: Date): Promise<void> {
	const ids = array(
		told.map(({ id }) => id),
		'uuid'
	);
	const next = device.digest_is_due ? beginningAfter(device, now).toISOString() : null;
	await db.transaction(async (tx) => {
		// A device or a notification may have gone meanwhile.
		await tx.execute(sql`insert into push_told (device_id, notification_id)
			select d.id, n.id from push_device d cross join notification n where d.id = ${device.id} and n.id = any(${ids})
			on conflict do nothing`);
		await tx.execute(sql`update push_device set busy_until = null, failures = 0, retry_at = null,
			digest_at = coalesce(${next}::timestamptz, digest_at), pushed_at = ${pushed ? sql`now()` : sql`pushed_at`}
			where id = ${device.id}`);
	});
}

async function tryLater(db: Db, { id, failures }: Taken): Promise<void> {
	if (failures + 1 >= MOST_FAILURES) return void (await db.execute(sql`delete from push_device where id = ${id}`));
	await db.execute(sql`update push_device set busy_until = null, failures = failures + 1,
		retry_at = now() + make_interval(mins => (2 ^ failures)::int) where id = ${id}`);
}
