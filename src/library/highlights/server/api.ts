import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { id } from '#src/core/items/input.ts';
import { itemRow } from '#src/core/items/server/api-shapes.ts';
import { helpfulFilter } from '../input.ts';
import { mostHelpful } from './helpful.ts';
import { pinItem, pinsOf, unpinItem } from './pins.ts';

const tag = 'Highlights';
const write = { tag, scope: 'write' } as const;
const pinned = z.object({ id, item: id });

/** What stands out: pinned by stewards, or because it helped. */
export const highlightEndpoints: Endpoint[] = [
	endpoint({
		...{ tag, scope: 'read', method: 'GET', path: '/most-helpful', summary: 'What helped most in the last 30 days' },
		query: helpfulFilter,
		response: z.object({ items: z.array(itemRow.extend({ marks: z.number() })) }),
		run: async ({ db, viewer, query }) => ({ items: await mostHelpful(db, viewer, query) })
	}),
	endpoint({
		...{ tag, scope: 'read', method: 'GET', path: '/spaces/{id}/pins', summary: 'What is pinned in a space' },
		params: z.object({ id }),
		response: z.object({ items: z.array(itemRow) }),
		run: async ({ db, viewer, params }) => ({ items: await pinsOf(db, viewer, params.id) })
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/spaces/{id}/pins/{item}', summary: 'Pin an item; five at most' },
		params: pinned,
		run: ({ db, viewer, params }) => pinItem(db, viewer, params.id, params.item)
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/spaces/{id}/pins/{item}', summary: 'Take a pin down' },
		params: pinned,
		run: ({ db, viewer, params }) => unpinItem(db, viewer, params.id, params.item)
	})
];
