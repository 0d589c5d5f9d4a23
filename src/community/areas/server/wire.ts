import { exportsOwn, ownFile } from '#src/core/export/server/own.ts';
import { registerKinds } from '#src/core/notify/kinds.ts';
import { notify } from '#src/core/notify/server/fan-out.ts';
import { subscribe } from '#src/core/signals/server/events.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import './people.ts';

const ownAreas = ownFile(
	'areas',
	'areas you share or were asked to share, and what you take on there',
	(me) => sql`select a.name, x.duties, x.own_words, x.offered_at, x.accepted_at, x.declined_at
		from area_person x join area a on a.id = x.area_id where x.person_id = ${me} order by x.offered_at, a.id`
);

/** Who is asked to share an area hears of it once. */
export function wireAreas(db: Db): void {
	registerKinds([
		{
			...{
				name: 'area.offered',
				label: 'You are asked to look after spaces with others',
				group: 'For you to answer',
				choice: 'person'
			},
			...{ inPage: true, mail: 'digest', atWork: true, button: 'Accept or decline' },
			sentence: ({ actor }) => `${actor} asks you to share an area`
		}
	]);
	subscribe('area.offered', async ({ id, areaId, personId, actorId }) => {
		const found = await row<{ name: string; space_id: string }>(
			db,
			// An area belongs to no space: it is told of in the one that everybody is in.
			sql`select a.name, s.id as space_id from area a join area_person x on x.area_id = a.id and x.person_id = ${personId}
				join space s on s.kind = 'organisation' where a.id = ${areaId} limit 1`
		);
		if (!found) return;
		const notice = { eventId: id, kind: 'area.offered', spaceId: found.space_id, actorId, note: found.name };
		await notify(db, { ...notice, at: `/community/${areaId}` }, sql`select ${personId}::uuid`);
	});
	exportsOwn(ownAreas);
}
