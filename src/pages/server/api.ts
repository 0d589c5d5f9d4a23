import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { pageOf } from '#src/core/api/server/page.ts';
import { id } from '#src/core/items/input.ts';
import { itemRow, itemView } from '#src/core/items/server/api-shapes.ts';
import { itemFilter, listItems } from '#src/core/items/server/list.ts';
import { newPage, pageEdit } from '../input.ts';
import { editPage, writePage } from './pages.ts';
import { readPage } from './read.ts';

const tag = 'Pages';
const params = z.object({ id });

const page = itemView.extend({
	path: z.array(z.object({ name: z.string(), pageId: id.nullable() })),
	beside: z.array(z.object({ id, title: z.string() })),
	writtenBy: z.string().nullable()
});

const text = { title: 'How we close the till', bodyMd: '1. Count the **notes**\n2. Print the day', tags: ['till'] };

export const pageEndpoints: Endpoint[] = [
	endpoint({
		...{ method: 'GET', path: '/pages', tag, scope: 'read', summary: 'Pages I may read, the liveliest first' },
		query: itemFilter,
		response: pageOf(itemRow),
		run: ({ db, viewer, query }) => listItems(db, viewer, query, ['page'])
	}),
	endpoint({
		...{ method: 'POST', path: '/pages', tag, scope: 'write', status: 201, summary: 'Write a page in a space' },
		body: newPage,
		response: z.object({ id }),
		example: { body: { spaceId: '0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77', ...text } },
		run: async ({ db, viewer, body }) => ({ id: await writePage(db, viewer, body) })
	}),
	endpoint({
		...{ method: 'GET', path: '/pages/{id}', tag, scope: 'read', summary: 'A page with its comments' },
		params,
		response: page,
		run: ({ db, viewer, params }) => readPage(db, viewer, params.id)
	}),
	endpoint({
		...{ method: 'PUT', path: '/pages/{id}', tag, scope: 'write', summary: 'Change a page' },
		description: 'Send the `version` you started from. When somebody was faster, theirs comes back as `current`.',
		params,
		body: pageEdit,
		response: z.object({ version: z.number() }),
		example: { body: { ...text, note: 'Shorter', version: 1 }, response: { version: 2 } },
		run: async ({ db, viewer, params, body }) => ({ version: await editPage(db, viewer, params.id, body) })
	})
];
