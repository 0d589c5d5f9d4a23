import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { parse } from '#src/platform/server/parse.ts';
import { bookmarkNote, flagNote, flagSettlement, followTarget, helpedMark, newComment } from '../actions-input.ts';
import { id } from '../input.ts';
import { addBookmark, bookmarks, removeBookmark } from './bookmarks.ts';
import { addComment, removeComment } from './comments.ts';
import { flagOutdated, settleFlags } from './flags.ts';
import { startFollowing, stopFollowing } from './follows.ts';
import { markHelped, takeBackHelped } from './helped.ts';
import { changeState } from './write.ts';

const tag = 'Items';
const params = z.object({ id });
const target = z.object({ kind: z.enum(['item', 'tag', 'space', 'person']), target: z.string() });
const write = { tag, scope: 'write' } as const;

const bookmark = z.object({
	itemId: id,
	kind: z.string(),
	title: z.string(),
	pageId: id,
	pageKind: z.string(),
	spaceName: z.string(),
	note: z.string(),
	createdAt: z.iso.datetime()
});

/** What can be done with every item, whatever its kind. */
export const itemEndpoints: Endpoint[] = [
	endpoint({
		...{ ...write, method: 'POST', path: '/items/{id}/comments', status: 201, summary: 'Comment on an item' },
		params,
		body: newComment,
		response: z.object({ id }),
		run: async ({ db, viewer, params, body }) => ({ id: await addComment(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/comments/{id}', summary: 'Remove a comment' },
		params,
		run: ({ db, viewer, params }) => removeComment(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/items/{id}/helped', summary: 'Say that it helped' },
		params,
		body: helpedMark,
		example: { body: { minutesSaved: 20, note: 'No need to call the hotline.' } },
		run: ({ db, viewer, params, body }) => markHelped(db, viewer, params.id, body)
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/items/{id}/helped', summary: 'Take "it helped" back' },
		params,
		run: ({ db, viewer, params }) => takeBackHelped(db, viewer, params.id)
	}),
	endpoint({
		...{ tag, scope: 'read', method: 'GET', path: '/me/bookmarks', summary: 'What I kept for myself' },
		response: z.object({ items: z.array(bookmark) }),
		run: async ({ db, viewer }) => ({ items: await bookmarks(db, viewer, { limit: 100 }) })
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/items/{id}/bookmark', summary: 'Keep an item for myself' },
		params,
		body: bookmarkNote,
		run: ({ db, viewer, params, body }) => addBookmark(db, viewer, params.id, body)
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/items/{id}/bookmark', summary: 'Remove a bookmark' },
		params,
		run: ({ db, viewer, params }) => removeBookmark(db, viewer, params.id)
	}),
	endpoint({
		...{
			...write,
			method: 'PUT',
			path: '/me/follows/{kind}/{target}',
			summary: 'Follow an item, tag, space or person'
		},
		params: target,
		run: ({ db, viewer, params }) => startFollowing(db, viewer, followed(params))
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/me/follows/{kind}/{target}', summary: 'Follow no more' },
		params: target,
		run: ({ db, viewer, params }) => stopFollowing(db, viewer, followed(params))
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/items/{id}/outdated', summary: 'Say that an item may be outdated' },
		params,
		body: flagNote,
		run: ({ db, viewer, params, body }) => flagOutdated(db, viewer, params.id, body)
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/items/{id}/settlement', summary: 'Settle what was said to be outdated' },
		params,
		body: flagSettlement,
		example: { body: { as: 'still_right' } },
		run: ({ db, viewer, params, body }) => settleFlags(db, viewer, params.id, body)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/items/{id}/archive', summary: 'Archive an item' },
		params,
		run: ({ db, viewer, params }) => db.transaction((tx) => changeState(tx, viewer, params.id, 'archived'))
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/items/{id}/archive', summary: 'Bring an item back' },
		params,
		run: ({ db, viewer, params }) => db.transaction((tx) => changeState(tx, viewer, params.id, 'open'))
	})
];

const followed = ({ kind, target }: { kind: string; target: string }) =>
	parse(followTarget, { targetKind: kind, target });
