import { exportsOwn, ownFile } from '#src/core/export/server/own.ts';
import { registerKinds } from '#src/core/notify/kinds.ts';
import { notify } from '#src/core/notify/server/fan-out.ts';
import { subscribe } from '#src/core/signals/server/events.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import './write.ts';

const own = [
	ownFile(
		'practice',
		'spaces in which you show your practice',
		(me) =>
			sql`select s.name as space, w.since from practice w join space s on s.id = w.space_id where w.person_id = ${me} order by w.since`
	),
	ownFile(
		'practice-tried',
		'what you said you tried, also where you show it no more',
		(me) => sql`select s.name as space, n.text, n.tried_on::text from practice_note n join space s on s.id = n.space_id
			where n.person_id = ${me} order by n.tried_on, n.id`
	)
];

/** Who is asked to show their practice hears of it once. */
export function wirePractice(db: Db): void {
	registerKinds([
		{
			...{
				name: 'practice.invited',
				label: 'You are asked to show your practice',
				group: 'For you to answer',
				choice: 'person'
			},
			...{ inPage: true, mail: 'digest', atWork: true, button: 'Show it, or decline' },
			sentence: ({ actor, space }) => `${actor} asks whether you would show your practice in ${space}`
		}
	]);
	subscribe('practice.invited', async ({ id, spaceId, personId, actorId }) => {
		const space = await row<{ slug: string }>(db, sql`select slug from space where id = ${spaceId}`);
		if (!space) return;
		const at = `/spaces/${encodeURIComponent(space.slug)}/community/practice`;
		await notify(db, { eventId: id, kind: 'practice.invited', spaceId, actorId, at }, sql`select ${personId}::uuid`);
	});
	exportsOwn(...own);
}
