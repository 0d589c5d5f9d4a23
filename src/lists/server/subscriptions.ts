import type { Viewer } from '#src/core/access/server/viewer.ts';
import { array, row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { withSettings } from '#src/core/notify/server/on-its-way.ts';
import { noteOptIn, noteOptOut } from '#src/core/notify/server/opt-outs.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { presentShelf, shelfColumns, shelfTables, type ShelfColumns } from './shelves.ts';
import type { Subscription } from '../list.ts';

/** Shelves of which the viewer may read a published list. */
const published = (viewer: Viewer) => sql`exists (select from reading_list l join item i on i.id = l.id
	where l.shelf_id = sh.id and i.state <> 'removed' and i.space_id = any(${array(viewer.readableSpaces, 'uuid')}))`;

/** Asks to be told of each new list of a person or space. @throws Failure not_found where the viewer may read none */
export async function subscribeTo(db: Db, viewer: Viewer, shelfId: string): Promise<void> {
	const there = await row(db, sql`select 1 from reading_shelf sh where sh.id = ${shelfId} and ${published(viewer)}`);
	if (!there) throw notFound();
	await withSettings(db, viewer.id, async (tx) => {
		await tx.execute(sql`insert into reading_subscription (person_id, shelf_id) values (${viewer.id}, ${shelfId})
			on conflict (person_id, shelf_id) do update set snoozed_until = null`);
		await noteOptIn(tx, viewer.id, { about: 'list', target: shelfId });
	});
}

/** Ends it; without one nothing happens. */
export const unsubscribeFrom = (db: Db, viewer: Viewer, shelfId: string): Promise<void> =>
	withSettings(db, viewer.id, async (tx) => {
		const ended = await rows(
			tx,
			sql`delete from reading_subscription where person_id = ${viewer.id} and shelf_id = ${shelfId} returning 1`
		);
		if (ended.length > 0) await leaveOut(tx, viewer, shelfId);
	});

/** Nothing of these lists for so many days; 0 ends it. @throws Failure not_found without a subscription */
export const snoozeLists = (db: Db, viewer: Viewer, shelfId: string, days: number): Promise<void> =>
	withSettings(db, viewer.id, async (tx) => {
		const done = await rows(
			tx,
			sql`update reading_subscription set snoozed_until = case when ${days}::int = 0 then null
				else now() + make_interval(days => ${days}::int) end
				where person_id = ${viewer.id} and shelf_id = ${shelfId} returning 1`
		);
		if (done.length === 0) throw notFound();
		if (days > 0) await leaveOut(tx, viewer, shelfId, days);
		else await noteOptIn(tx, viewer.id, { about: 'list', target: shelfId });
	});

/** What was not told yet counts as read: neither a mail nor a device tells of it later. */
async function leaveOut(tx: Db, viewer: Viewer, shelfId: string, days?: number): Promise<void> {
	await noteOptOut(tx, viewer.id, { about: 'list', target: shelfId, days });
	await tx.execute(sql`update notification n set read_at = now() from reading_list l
		where n.person_id = ${viewer.id} and n.kind = 'list.published' and n.read_at is null
			and l.id = n.item_id and l.shelf_id = ${shelfId}`);
}

/** What the viewer has asked to be told of. */
export async function mySubscriptions(db: Db, viewer: Viewer): Promise<Subscription[]> {
	const found = await rows<ShelfColumns & { snoozed_until: string | null }>(
		db,
		sql`select ${shelfColumns}, case when u.snoozed_until > now() then u.snoozed_until end as snoozed_until
			from reading_subscription u, ${shelfTables}
			where u.person_id = ${viewer.id} and sh.id = u.shelf_id and ${published(viewer)} order by shelf_name`
	);
	return found.map(({ snoozed_until, ...shelf }) => ({
		shelf: presentShelf(shelf),
		snoozedUntil: snoozed_until && new Date(snoozed_until).toISOString()
	}));
}

/** Who is told of a new list now: a query of person ids. */
export const subscribersOf = (shelfId: string) => sql`select person_id from reading_subscription
	where shelf_id = ${shelfId} and coalesce(snoozed_until < now(), true)`;
