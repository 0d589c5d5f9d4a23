import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { id } from '#src/core/items/input.ts';
import { bringKinds } from '../../bring/kinds.ts';
import { newRun } from '../input.ts';
import { beginRun, runsOf } from './runs.ts';

const tag = 'Imports';
const params = z.object({ id });

const run = z.object({
	...{ id, kind: z.enum(bringKinds.map(({ kind }) => kind)), fileName: z.string() },
	...{ state: z.enum(['waiting', 'running', 'done', 'failed']), done: z.number(), total: z.number() },
	...{ report: z.string(), by: z.string(), createdAt: z.string(), endedAt: z.string().nullable() }
});

/** Folders and exports of other wikis that stewards bring into a space. */
export const importEndpoints: Endpoint[] = [
	endpoint({
		...{
			tag,
			scope: 'read',
			method: 'GET',
			path: '/spaces/{id}/imports',
			summary: 'Imports into a space, with their reports'
		},
		params,
		response: z.object({ items: z.array(run) }),
		run: async ({ db, viewer, params }) => ({ items: await runsOf(db, viewer, params.id) })
	}),
	endpoint({
		...{ tag, scope: 'write', method: 'POST', path: '/spaces/{id}/imports', status: 201 },
		summary: 'Bring an uploaded ZIP into a space: a folder, BookStack, Confluence',
		params,
		body: newRun,
		response: z.object({ id }),
		example: { body: { kind: 'bookstack', fileId: '0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77' } },
		run: async ({ db, viewer, params, body }) => ({ id: await beginRun(db, viewer, params.id, body) })
	})
];
