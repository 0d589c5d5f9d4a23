import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { id } from '#src/core/items/input.ts';
import { keepNote } from '#src/core/keeping/input.ts';
import { keepingEndpoints, keptAnswer } from '#src/core/keeping/server/api.ts';
import { removeKeptItem } from '#src/core/keeping/server/change.ts';
import { keepEntry } from '#src/feeds/server/keep.ts';
import { keepAnyItem, keepersOfEntry, keepersOfItem } from './keep.ts';
import { keptShare, shareKept } from './share-kept.ts';

const write = { tag: 'Keeping', scope: 'write' } as const;
const read = { tag: 'Keeping', scope: 'read', method: 'GET' } as const;
const params = z.object({ id });
const keepers = z.object({ atLeast: z.number() });
const told =
	'At least 2, 5, 10, 25 or 50 people of my spaces; 0 where nothing is told: of a single person, of fewer than five who could have kept it, or of more than half of those. It changes once a day.';
const example = { body: { note: 'For our talk on Monday.', tags: ['tills'] } };

/** Keeping what is found in several rooms. */
export const keepEndpoints: Endpoint[] = [
	...keepingEndpoints,
	endpoint({
		...{ ...write, method: 'PUT', path: '/items/{id}/kept', summary: 'Keep an item for myself' },
		...{ params, body: keepNote, response: keptAnswer, example },
		run: ({ db, viewer, params, body }) => keepAnyItem(db, viewer, params.id, body)
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/items/{id}/kept', summary: 'Keep an item no more' },
		params,
		run: ({ db, viewer, params }) => removeKeptItem(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/entries/{id}/kept', summary: 'Keep an entry of a feed for myself' },
		description: 'With all it says: it stays when the feed forgets it.',
		...{ params, body: keepNote, response: keptAnswer, example },
		run: ({ db, viewer, params, body }) => keepEntry(db, viewer, params.id, body)
	}),
	endpoint({
		...{ ...read, path: '/items/{id}/keepers', summary: 'How many colleagues keep this, as far as it may be told' },
		...{ description: told, params, response: keepers },
		run: async ({ db, viewer, params }) => ({ atLeast: await keepersOfItem(db, viewer, params.id) })
	}),
	endpoint({
		...{
			...read,
			path: '/entries/{id}/keepers',
			summary: 'How many colleagues keep this entry, as far as it may be told'
		},
		...{ description: told, params, response: keepers },
		run: async ({ db, viewer, params }) => ({ atLeast: await keepersOfEntry(db, viewer, params.id) })
	}),
	endpoint({
		...{
			...write,
			method: 'POST',
			path: '/me/kept/{id}/shares',
			status: 201,
			summary: 'Share a page I keep in a space'
		},
		description:
			'With why it matters, and the highlights named. It becomes a link of the space, or a note on the one it has.',
		...{ params, body: keptShare, response: z.object({ id }) },
		example: { body: { spaceId: '0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77', why: 'It saves us the second count.' } },
		run: async ({ db, viewer, params, body }) => ({ id: await shareKept(db, viewer, params.id, body) })
	})
];
