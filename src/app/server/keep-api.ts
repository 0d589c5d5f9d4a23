import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { id } from '#src/core/items/input.ts';
import { keepNote } from '#src/core/keeping/input.ts';
import { keepingEndpoints, keptAnswer } from '#src/core/keeping/server/api.ts';
import { removeKeptItem } from '#src/core/keeping/server/change.ts';
import { keepEntry } from '#src/feeds/server/keep.ts';
import { keepAnyItem } from './keep.ts';
import { keptShare, shareKept } from './share-kept.ts';

const write = { tag: 'Keeping', scope: 'write' } as const;
const params = z.object({ id });
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
