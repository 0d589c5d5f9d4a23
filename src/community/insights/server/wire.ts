import { exportsOwn, ownFile } from '#src/core/export/server/own.ts';
import { registerKinds } from '#src/core/notify/kinds.ts';
import { notify } from '#src/core/notify/server/fan-out.ts';
import { subscribe } from '#src/core/signals/server/events.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import './welcome.ts';

/** Who is welcomed hears of it. */
export function wireInsights(db: Db): void {
	registerKinds([
		{
			...{
				name: 'community.welcomed',
				label: 'Somebody welcomes you to a space',
				group: 'New in your spaces',
				choice: 'person'
			},
			...{ inPage: true, mail: 'digest', button: 'Have a look round' },
			sentence: ({ actor, space }) => `${actor} welcomes you to ${space}`
		}
	]);
	subscribe('community.welcomed', async ({ id, spaceId, personId, actorId }) => {
		const said = await row<{ line: string }>(
			db,
			sql`select line from community_welcome where space_id = ${spaceId} and person_id = ${personId}`
		);
		if (!said) return;
		const notice = { eventId: id, kind: 'community.welcomed', spaceId, actorId, note: said.line };
		await notify(db, notice, sql`select ${personId}::uuid`);
	});
	exportsOwn(
		ownFile(
			'welcomes',
			'welcomes to spaces that you wrote, and those you got',
			(me) => sql`select s.name as space, w.by_id = ${me} as written_by_you, w.line, w.created_at
				from community_welcome w join space s on s.id = w.space_id where w.person_id = ${me} or w.by_id = ${me} order by w.created_at`
		)
	);
}
