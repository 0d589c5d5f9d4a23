import { loadHours } from './hours.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { iso } from '#src/core/items/server/present.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid, notFound } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import { mayBePosted } from '#src/platform/server/safe-fetch.ts';
import type { NewDevice } from '../../input.ts';
import { withSettings } from '../on-its-way.ts';
import { noteOptIn, noteOptOut } from '../opt-outs.ts';
import { PAUSES } from '../preferences.ts';
import { beginningAfter } from '../mails.ts';

/** Devices of one person at most. */
const MOST = 20;

/** A device that is told. */
export interface Device {
	id: string;
	/** Where its browser's push service takes messages for it. */
	endpoint: string;
	name: string;
	/** ISO 8601. */
	snoozedUntil: string | null;
	pushedAt: string | null;
	createdAt: string;
}

/**
 * Tells a device from now on. One that is known goes on with what its browser says now, whoever uses it.
 * @param sessionId ends with this sign-in; null where there is none
 * @throws Failure invalid (endpoint), conflict when there are as many as there may be
 */
export async function addDevice(
	db: Db,
	viewer: Viewer,
	device: NewDevice,
	sessionId: string | null = null
): Promise<string> {
	if (!mayBePosted(device.endpoint)) throw invalid({ endpoint: 'must be the https address of a push service' });
	return db.transaction(async (tx) => {
		const hours = await loadHours(tx, viewer.id);
		await tx.execute(sql`insert into notification_settings (person_id) values (${viewer.id}) on conflict do nothing`);
		const count = await row<{ n: number }>(
			tx,
			sql`select count(*)::int as n from push_device where person_id = ${viewer.id} and endpoint <> ${device.endpoint}`
		);
		if (count!.n >= MOST)
			throw conflict(`You are told on ${MOST} devices. Take one away that you do not use any more.`);
		const { endpoint, p256dh, auth, name } = device;
		const digestAt = beginningAfter(hours, new Date()).toISOString();
		const made = await row<{ id: string }>(
			tx,
			sql`insert into push_device (id, person_id, session_id, endpoint, p256dh, auth, name, digest_at)
				values (${newId()}, ${viewer.id}, ${sessionId}, ${endpoint}, ${p256dh}, ${auth}, ${name}, ${digestAt}::timestamptz)
				on conflict (endpoint) do update set person_id = excluded.person_id, session_id = excluded.session_id,
					p256dh = excluded.p256dh, auth = excluded.auth, name = excluded.name, failures = 0, retry_at = null,
					snoozed_until = case when push_device.person_id = excluded.person_id then push_device.snoozed_until end
				returning id`
		);
		return made!.id;
	});
}

/** The viewer's own devices, the newest first. */
export async function myDevices(db: Db, viewer: Viewer): Promise<Device[]> {
	const found = await rows<Record<string, string> & { until: string | null; pushed_at: string | null }>(
		db,
		sql`select id, endpoint, name, pushed_at, created_at, case when snoozed_until > now() then snoozed_until end as until
			from push_device where person_id = ${viewer.id} order by created_at desc`
	);
	return found.map(({ id, endpoint, name, until, pushed_at, created_at }) => ({
		...{ id: id!, endpoint: endpoint!, name: name!, createdAt: iso(created_at!) },
		...{ snoozedUntil: until && iso(until), pushedAt: pushed_at && iso(pushed_at) }
	}));
}

/** Nothing rings on one device for a while; what waits is told in one line then. @throws Failure not_found */
export const snoozeDevice = (db: Db, viewer: Viewer, id: string, length: keyof typeof PAUSES): Promise<void> =>
	withSettings(db, viewer.id, async (tx) => {
		const days = PAUSES[length];
		const until = days === 0 ? sql`null` : sql`now() + make_interval(days => ${days}::int)`;
		const found = await row(
			tx,
			sql`update push_device set snoozed_until = ${until} where id = ${id} and person_id = ${viewer.id} returning 1`
		);
		if (!found) throw notFound('There is no such device.');
		const of = { about: 'device', target: id, ways: ['push'] } as const;
		await (days > 0 ? noteOptOut(tx, viewer.id, { ...of, days }) : noteOptIn(tx, viewer.id, of));
	});

/** Tells a device no more. @throws Failure not_found */
export const removeDevice = (db: Db, viewer: Viewer, id: string): Promise<void> =>
	withSettings(db, viewer.id, async (tx) => {
		const found = await row(tx, sql`delete from push_device where id = ${id} and person_id = ${viewer.id} returning 1`);
		if (!found) throw notFound('There is no such device.');
		await noteOptOut(tx, viewer.id, { about: 'device', target: id, ways: ['push'] });
	});
