import { exportsOwn } from '#src/core/export/server/own.ts';
import { registerKinds } from '#src/core/notify/kinds.ts';
import { notify } from '#src/core/notify/server/fan-out.ts';
import { followersOfSpace } from '#src/core/notify/server/items.ts';
import { subscribe } from '#src/core/signals/server/events.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { wireGuide } from '../guide/server/wire.ts';
import { ownRankings } from './own.ts';
import './release.ts';
import './write.ts';

/** Whoever is in the space of a ranking hears when the vote opens and when its result is there. */
export function wireRankings(db: Db): void {
	registerKinds([
		{
			...{
				name: 'ranking.opened',
				label: 'A vote in one of your spaces',
				group: 'New in your spaces',
				choice: 'default'
			},
			...{ inPage: true, mail: 'digest', button: 'Vote' },
			sentence: ({ actor, title }) => `${actor} asks for your vote in “${title}”`
		},
		{
			...{ name: 'ranking.released', label: 'The result of a vote', group: 'New in your spaces', choice: 'default' },
			...{ inPage: true, mail: 'digest', button: 'See the result' },
			sentence: ({ title }) => `The result of “${title}” is there`
		}
	]);
	const members = (itemId: string) =>
		sql`select m.person_id from space_member m join item i on i.space_id = m.space_id where i.id = ${itemId}`;
	const chosen = (itemId: string) => [{ choice: 'self' as const, people: followersOfSpace(itemId) }];
	subscribe('ranking.opened', ({ id, itemId, actorId }) =>
		notify(
			db,
			{ eventId: id, kind: 'ranking.opened', itemId, actorId, insteadOf: ['item.new'], choices: chosen(itemId) },
			members(itemId)
		)
	);
	subscribe('ranking.released', ({ id, itemId, actorId }) =>
		notify(db, { eventId: id, kind: 'ranking.released', itemId, actorId, choices: chosen(itemId) }, members(itemId))
	);
	wireGuide(db);
	exportsOwn(...ownRankings);
}
