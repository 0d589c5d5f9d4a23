import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { pageOf } from '#src/core/api/server/page.ts';
import { id } from '#src/core/items/input.ts';
import { itemRow, itemView } from '#src/core/items/server/api-shapes.ts';
import { newRequest, requestEdit, shown, thanks } from '../input.ts';
import { listRequests, readRequest, requestFilter } from './read.ts';
import { editRequest, giveThanks, makeRequest, showFor, showNoMore, takeBackThanks } from './requests.ts';

const tag = 'Requests';
const params = z.object({ id });
const answered = z.boolean();
const write = { tag, scope: 'write' } as const;

/** The requests board: who can show me …? */
export const requestEndpoints: Endpoint[] = [
	endpoint({
		...{ tag, scope: 'read', method: 'GET', path: '/requests', summary: 'Requests I may read, the liveliest first' },
		query: requestFilter,
		response: pageOf(itemRow.extend({ answered, shownCount: z.number() })),
		run: ({ db, viewer, query }) => listRequests(db, viewer, query)
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/requests', status: 201, summary: 'Ask who can show something' },
		body: newRequest,
		response: z.object({ id }),
		example: {
			body: {
				spaceId: '0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77',
				title: 'Who can show me how to wrap a large parcel?',
				tags: ['parcels']
			}
		},
		run: async ({ db, viewer, body }) => ({ id: await makeRequest(db, viewer, body) })
	}),
	endpoint({
		...{ tag, scope: 'read', method: 'GET', path: '/requests/{id}', summary: 'A request with what shows it' },
		params,
		response: itemView.extend({
			answered,
			shown: z.array(itemRow.extend({ canRemove: z.boolean(), helped: z.boolean() }))
		}),
		run: ({ db, viewer, params }) => readRequest(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/requests/{id}', summary: 'Change a request' },
		params,
		body: requestEdit,
		response: z.object({ version: z.number() }),
		run: async ({ db, viewer, params, body }) => ({ version: await editRequest(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/requests/{id}/shown', summary: 'Say that an item shows it' },
		params,
		body: shown,
		run: ({ db, viewer, params, body }) => showFor(db, viewer, params.id, body.itemId)
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/requests/{id}/shown/{item}', summary: 'Say that it does not' },
		params: z.object({ id, item: id }),
		run: ({ db, viewer, params }) => showNoMore(db, viewer, params.id, params.item)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/requests/{id}/thanks', summary: 'Thank for what showed it' },
		params,
		body: thanks,
		example: { body: { itemId: '0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77', minutesSaved: 25, note: 'No more tape.' } },
		run: ({ db, viewer, params, body }) => giveThanks(db, viewer, params.id, body)
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/requests/{id}/thanks', summary: 'Open a request again' },
		params,
		run: ({ db, viewer, params }) => takeBackThanks(db, viewer, params.id)
	})
];
