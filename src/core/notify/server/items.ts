import { usersOf } from '#src/core/items/server/corrections.ts';
import { mentionsIn } from '#src/core/items/server/render.ts';
import '#src/core/items/server/comments.ts';
import '#src/core/items/server/flags.ts';
import '#src/core/items/server/helped.ts';
import '#src/core/items/server/outcomes.ts';
import { subscribe } from '#src/core/signals/server/events.ts';
import { array, row, sql, type Db } from '#src/platform/server/db.ts';
import { registerKinds } from '../kinds.ts';
import { NOTIFY_CHANNEL, notify } from './fan-out.ts';

/** Who follows the page an item stands on. */
export const followersOf = (itemId: string) =>
	sql`select person_id from follow where target_kind = 'item' and target = ${itemId}`;

const stewardsOf = (spaceId: string) =>
	sql`select person_id from space_member where space_id = ${spaceId} and role = 'steward'`;

/** Who follows the space an item is in. */
export const followersOfSpace = (itemId: string) =>
	sql`select f.person_id from item i join follow f on f.target_kind = 'space' and f.target = i.space_id::text where i.id = ${itemId}`;

/** What people are told of items and spaces, whatever the capability. */
export function wireItemNotices(db: Db): void {
	registerKinds([
		{
			...{ name: 'item.mentioned', label: 'Somebody mentions you', group: 'For you to answer', choice: 'person' },
			...{ inPage: true, mail: 'now', sentence: ({ actor, title }) => `${actor} mentioned you in “${title}”` }
		},
		{
			...{
				name: 'item.commented',
				label: 'Comments on what you wrote or follow',
				group: 'Replies to you',
				choice: 'self'
			},
			...{ inPage: true, mail: 'digest', sentence: ({ actor, title }) => `${actor} commented on “${title}”` }
		},
		{
			...{ name: 'item.helped', label: 'What you wrote helped somebody', group: 'What helped', choice: 'self' },
			...{ inPage: true, mail: 'digest', sentence: ({ actor, title }) => `${actor} says that this helped: “${title}”` }
		},
		{
			...{
				name: 'item.flagged',
				label: 'What you wrote may be outdated',
				group: 'For you to answer',
				choice: 'default'
			},
			...{
				inPage: true,
				mail: 'digest',
				sentence: ({ title }) => `A reader thinks that this may be outdated: “${title}”`
			}
		},
		{
			...{
				name: 'item.new',
				label: 'New questions and pages in what you follow',
				group: 'New in your spaces',
				choice: 'self'
			},
			...{
				inPage: true,
				mail: 'digest',
				sentence: ({ actor, title, space }) => `${actor} shared in ${space}: “${title}”`
			}
		},
		{
			...{
				name: 'item.closed',
				label: 'A thread you follow is closed with its outcome',
				group: 'Replies to you',
				choice: 'self'
			},
			...{ inPage: true, mail: 'digest', sentence: ({ actor, title }) => `${actor} wrote what “${title}” came to` }
		},
		{
			...{ name: 'item.corrected', label: 'Something you used is put right', group: 'What helped', choice: 'default' },
			...{ inPage: true, mail: 'now', sentence: ({ title }) => `A version of “${title}” that you used is put right` }
		},
		{
			...{ name: 'item.withdrawn', label: 'Something you used is withdrawn', group: 'What helped', choice: 'default' },
			...{ inPage: true, mail: 'digest', sentence: ({ title }) => `“${title}”, which you used, is withdrawn` }
		},
		{
			...{
				name: 'space.requested',
				label: 'Somebody asks to join your space',
				group: 'For stewards',
				choice: 'default'
			},
			...{ inPage: true, mail: 'digest', sentence: ({ actor, space }) => `${actor} asks to join ${space}` }
		},
		{
			...{ name: 'space.joined', label: 'Somebody joined your space', group: 'For stewards', choice: 'default' },
			...{ inPage: false, mail: 'never', sentence: ({ actor, space }) => `${actor} joined ${space}` }
		}
	]);

	subscribe('item.created', async ({ id, itemId, kind, parentId }) => {
		await tellOpenPages(db, itemId);
		const written = await row<Written>(
			db,
			sql`select i.body_md, i.tags, i.space_id, i.author_id, coalesce(i.anonymous, false) as masked from item i where i.id = ${itemId}`
		);
		if (!written) return;
		const by = { itemId, actorId: written.author_id, masked: written.masked };
		const mentioned = mentionsIn(written.body_md);
		if (mentioned.length > 0)
			await notify(
				db,
				{ eventId: id, kind: 'item.mentioned', ...by, insteadOf: ['item.commented', 'question.answered'] },
				sql`select unnest(${array(mentioned, 'uuid')})`
			);
		// `unless` a mention: one event tells a person one thing.
		if (!parentId && kind !== 'comment')
			await notify(db, { eventId: id, kind: 'item.new', ...by }, interestedIn(written));
	});

	subscribe('item.commented', ({ id, itemId, commentId, actorId, masked }) =>
		notify(
			db,
			{
				...{ eventId: id, kind: 'item.commented', itemId: commentId, actorId, masked },
				unless: ['item.mentioned', 'question.needs_info']
			},
			sql`select author_id from item where id = ${itemId}
				union select f.person_id from item i left join item up on up.id = i.parent_id
				join follow f on f.target_kind = 'item' and f.target = coalesce(up.id, i.id)::text where i.id = ${itemId}`
		)
	);

	subscribe('item.helped', async ({ id, itemId, actorId, masked }) => {
		const mark = await row<{ note: string }>(
			db,
			sql`select note from helped where item_id = ${itemId} and person_id = ${actorId}`
		);
		await notify(
			db,
			{ eventId: id, kind: 'item.helped', itemId, actorId, masked, note: mark?.note },
			sql`select author_id from item where id = ${itemId}`
		);
	});

	subscribe('item.closed', ({ id, itemId, outcomeId, actorId, masked }) =>
		notify(
			db,
			{ eventId: id, kind: 'item.closed', itemId: outcomeId, actorId, masked },
			sql`select author_id from item where id = ${itemId} union ${followersOf(itemId)}`
		)
	);
	wireCorrections(db);

	subscribe('item.flagged', ({ id, itemId, actorId }) =>
		notify(
			db,
			{
				...{ eventId: id, kind: 'item.flagged', itemId, actorId, masked: true },
				// For stewards it comes with their role.
				choices: [{ choice: 'self', people: sql`select author_id from item where id = ${itemId}` }]
			},
			sql`select author_id from item where id = ${itemId}
				union select m.person_id from item i join space_member m on m.space_id = i.space_id and m.role = 'steward' where i.id = ${itemId}`
		)
	);

	for (const kind of ['space.requested', 'space.joined'] as const)
		subscribe(kind, ({ id, spaceId, personId }) =>
			notify(db, { eventId: id, kind, spaceId, actorId: personId }, stewardsOf(spaceId))
		);
}

/** A correction reaches those who used a version with the error; what is withdrawn, all who used it. */
function wireCorrections(db: Db): void {
	subscribe('item.corrected', async ({ id, itemId, version, actorId }) => {
		const made = await row<{ since: number; note: string }>(
			db,
			sql`select since, note from correction where item_id = ${itemId} and version = ${version}`
		);
		if (!made) return;
		const notice = { eventId: id, kind: 'item.corrected', itemId, actorId, masked: true, note: made.note };
		await notify(db, notice, usersOf(itemId, made.since, version));
	});
	subscribe('item.state_changed', async ({ id, itemId, state, actorId }) => {
		if (state !== 'archived') return;
		await notify(db, { eventId: id, kind: 'item.withdrawn', itemId, actorId, masked: true }, usersOf(itemId));
	});
}

interface Written {
	body_md: string;
	tags: string[];
	space_id: string;
	author_id: string;
	masked: boolean;
}

/** Followers of the space, of a tag, or of the author, unless the author is without name. */
function interestedIn({ tags, space_id, author_id, masked }: Written) {
	return sql`select person_id from follow where (target_kind = 'space' and target = ${space_id})
		or (target_kind = 'tag' and target = any(${array(tags, 'text')}))
		or (target_kind = 'person' and target = ${author_id} and not ${masked})`;
}

/** Says to whoever has the page open that something was added to it; what they may read is decided there. */
async function tellOpenPages(db: Db, itemId: string): Promise<void> {
	await db.execute(sql`select pg_notify(${NOTIFY_CHANNEL}, concat_ws(' ', 'page', coalesce(up.parent_id, i.parent_id), i.kind, i.id))
		from item i join item up on up.id = i.parent_id where i.id = ${itemId}`);
}
