import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { pageOf } from '#src/core/api/server/page.ts';
import { id } from '#src/core/items/input.ts';
import { itemRow, itemView } from '#src/core/items/server/api-shapes.ts';
import { itemFilter, listItems } from '#src/core/items/server/list.ts';
import { collectionEdit, entryChange, newCollection, newEntry } from '../input.ts';
import { readCollection } from './read.ts';
import { addEntry, changeEntry, editCollection, makeCollection, removeEntry } from './write.ts';

const tag = 'Collections';
const params = z.object({ id });
const entry = z.object({ id, item: id });
const write = { tag, scope: 'write' } as const;
const someItem = '0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77';

const rule = z.object({
	kinds: z.array(z.string()),
	tags: z.array(z.string()),
	spaceId: id.nullable(),
	space: z.object({ slug: z.string(), name: z.string() }).nullable(),
	helped: z.number()
});

/** Collections, by hand and by rule. */
export const collectionEndpoints: Endpoint[] = [
	endpoint({
		...{ tag, scope: 'read', method: 'GET', path: '/collections', summary: 'Collections I may read' },
		query: itemFilter,
		response: pageOf(itemRow),
		run: ({ db, viewer, query }) => listItems(db, viewer, query, ['collection'])
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/collections', status: 201, summary: 'Make a collection' },
		body: newCollection,
		response: z.object({ id }),
		example: {
			body: {
				spaceId: someItem,
				title: 'What helped most with pallets',
				chosen: 'rule',
				ruleKinds: ['aid', 'resource'],
				ruleTags: ['pallets'],
				ruleHelped: 2
			}
		},
		run: async ({ db, viewer, body }) => ({ id: await makeCollection(db, viewer, body) })
	}),
	endpoint({
		...{ tag, scope: 'read', method: 'GET', path: '/collections/{id}', summary: 'A collection with what is in it' },
		params,
		response: itemView.extend({ rule: rule.nullable(), entries: z.array(itemRow.extend({ note: z.string() })) }),
		run: ({ db, viewer, params }) => readCollection(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/collections/{id}', summary: 'Change a collection, or its rule' },
		params,
		body: collectionEdit,
		response: z.object({ version: z.number() }),
		run: async ({ db, viewer, params, body }) => ({ version: await editCollection(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/collections/{id}/entries', summary: 'Put an item into it' },
		params,
		body: newEntry,
		example: { body: { itemId: someItem, note: 'Start with this one.' } },
		run: ({ db, viewer, params, body }) => addEntry(db, viewer, params.id, body)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/collections/{id}/entries/{item}', summary: 'Move an entry, or say why' },
		params: entry,
		body: entryChange,
		example: { body: { note: 'Start with this one.', move: 'up' } },
		run: ({ db, viewer, params, body }) => changeEntry(db, viewer, params.id, params.item, body)
	}),
	endpoint({
		...{
			...write,
			method: 'DELETE',
			path: '/collections/{id}/entries/{item}',
			summary: 'Take an entry out of a collection'
		},
		params: entry,
		run: ({ db, viewer, params }) => removeEntry(db, viewer, params.id, params.item)
	})
];
