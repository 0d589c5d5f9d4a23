import type { Viewer } from '#src/core/access/server/viewer.ts';
import { notify } from '#src/core/notify/server/fan-out.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import type { Ahead } from '../activity.ts';
import { activityOf } from './record.ts';

/** Asks to be reminded once, an hour or a day before it begins. @throws Failure conflict for what has begun */
export async function remindMe(db: Db, viewer: Viewer, id: string, ahead: Ahead): Promise<void> {
	const { stage } = await activityOf(db, viewer, id);
	if (stage !== 'coming') throw conflict('It has begun already.');
	await db.execute(sql`insert into activity_reminder (item_id, person_id, ahead) values (${id}, ${viewer.id}, ${ahead})
		on conflict (item_id, person_id) do update set ahead = excluded.ahead, sent_at = null`);
}

/** Wants to hear nothing of it after all. */
export async function remindMeNot(db: Db, viewer: Viewer, id: string): Promise<void> {
	await activityOf(db, viewer, id);
	await db.execute(sql`delete from activity_reminder where item_id = ${id} and person_id = ${viewer.id}`);
}

/** Reminds whoever asked for it: once each, and not of what has begun or does not take place. */
export async function remindAll(db: Db): Promise<void> {
	await db.transaction(async (tx) => {
		const waiting = await rows<{ item_id: string; person_id: string }>(
			tx,
			sql`update activity_reminder r set sent_at = now() from activity a join item i on i.id = a.item_id
				where a.item_id = r.item_id and r.sent_at is null and i.state = 'open' and a.begins > now()
					and a.begins <= now() + case r.ahead when 'day' then interval '1 day' else interval '1 hour' end
				returning r.item_id, r.person_id`
		);
		for (const { item_id: itemId, person_id } of waiting)
			await notify(
				tx,
				{ eventId: newId(), kind: 'activity.reminder', itemId, actorId: null },
				sql`select ${person_id}::uuid`
			);
	});
}
