import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { pageOf } from '#src/core/api/server/page.ts';
import { parse } from '#src/platform/server/parse.ts';
import {
	commentEdit,
	correctionText,
	flagNote,
	flagSettlement,
	followTarget,
	helpedMark,
	newComment,
	outcomeText
} from '../actions-input.ts';
import { id } from '../input.ts';
import { itemKinds } from '../kinds.ts';
import { itemRow } from './api-shapes.ts';
import { addComment, commentToEdit, editComment, removeComment } from './comments.ts';
import { tellCorrection } from './corrections.ts';
import { flagOutdated, settleFlags } from './flags.ts';
import { follows, startFollowing, stopFollowing } from './follows.ts';
import { itemFilter, listItems } from './list.ts';
import { markHelped, takeBackHelped } from './helped.ts';
import { closeWith, reopen } from './outcomes.ts';
import { changeState } from './write.ts';

const tag = 'Items';
const params = z.object({ id });
const target = z.object({ kind: z.enum(['item', 'tag', 'space', 'person']), target: z.string() });
const write = { tag, scope: 'write' } as const;

/** What can be done with every item, whatever its kind. */
export const itemEndpoints: Endpoint[] = [
	endpoint({
		...{ tag, scope: 'read', method: 'GET', path: '/items', summary: 'Items of all kinds, the liveliest first' },
		query: itemFilter.extend({
			kind: z
				.enum(
					itemKinds.map(({ kind }) => kind),
					'is not a kind of item'
				)
				.optional()
		}),
		response: pageOf(itemRow),
		run: ({ db, viewer, query: { kind, ...filter } }) => listItems(db, viewer, filter, kind ? [kind] : [])
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/items/{id}/comments', status: 201, summary: 'Comment on an item' },
		params,
		body: newComment,
		response: z.object({ id }),
		run: async ({ db, viewer, params, body }) => ({ id: await addComment(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ tag, scope: 'read', method: 'GET', path: '/comments/{id}', summary: 'My comment as Markdown, to change it' },
		params,
		response: z.object({ bodyMd: z.string(), version: z.number(), address: z.string() }),
		run: ({ db, viewer, params }) => commentToEdit(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/comments/{id}', summary: 'Change my comment' },
		params,
		body: commentEdit,
		response: z.object({ version: z.number() }),
		example: { body: { bodyMd: 'Only on the **old** model.', version: 1 }, response: { version: 2 } },
		run: async ({ db, viewer, params, body }) => ({ version: await editComment(db, viewer, params.id, body) })
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
		...{ tag, scope: 'read', method: 'GET', path: '/me/follows', summary: 'What I follow' },
		response: z.object({ items: z.array(z.object({ kind: target.shape.kind, target: z.string() })) }),
		run: async ({ db, viewer }) => ({ items: await follows(db, viewer) })
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
		...{
			...write,
			method: 'POST',
			path: '/items/{id}/correction',
			summary: 'Tell who used a version that is put right'
		},
		params,
		body: correctionText,
		example: { body: { since: 1, note: 'The key is green, not blue.' } },
		run: ({ db, viewer, params, body }) => tellCorrection(db, viewer, params.id, body)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/items/{id}/outcome', summary: 'Close a thread with what it came to' },
		params,
		body: outcomeText,
		response: z.object({ id }),
		example: { body: { bodyMd: 'Hold the green key; the paper was never the cause.' } },
		run: async ({ db, viewer, params, body }) => ({ id: await closeWith(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/items/{id}/outcome', summary: 'Open a thread again' },
		params,
		run: ({ db, viewer, params }) => reopen(db, viewer, params.id)
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
