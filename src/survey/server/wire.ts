import { exportsOwn } from '#src/core/export/server/own.ts';
import { registerKinds } from '#src/core/notify/kinds.ts';
import { notify } from '#src/core/notify/server/fan-out.ts';
import { subscribe } from '#src/core/signals/server/events.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { ownSurveys } from './own.ts';
import './write.ts';

/** Whoever is in the space of a survey is invited when it opens. */
export function wireSurveys(db: Db): void {
	registerKinds([
		{
			...{
				name: 'survey.opened',
				label: 'A survey in one of your spaces',
				group: 'New in your spaces',
				choice: 'organisation'
			},
			...{ inPage: true, mail: 'digest', button: 'Answer it' },
			sentence: ({ actor, title }) => `${actor} asks you to answer “${title}”`
		}
	]);
	subscribe('survey.opened', ({ id, itemId, actorId }) =>
		notify(
			db,
			{ eventId: id, kind: 'survey.opened', itemId, actorId, at: `/surveys/${itemId}/answer`, insteadOf: ['item.new'] },
			sql`select m.person_id from space_member m join item i on i.space_id = m.space_id where i.id = ${itemId}`
		)
	);
	exportsOwn(...ownSurveys);
}
