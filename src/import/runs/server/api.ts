import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { id } from '#src/core/items/input.ts';
import { bringKinds } from '../../bring/kinds.ts';
import { newRun } from '../input.ts';
import { beginRun, readRun, runsOf } from './runs.ts';

const tag = 'Imports';
const params = z.object({ id });

const run = z.object({
	...{ id, kind: z.enum(bringKinds.map(({ kind }) => kind)), fileName: z.string() },
	...{ state: z.enum(['waiting', 'running', 'done', 'failed']), done: z.number(), total: z.number() },
	madeId: id.nullable(),
	...{ report: z.string(), by: z.string(), createdAt: z.string(), endedAt: z.string().nullable() }
});

/** Folders, exports of other wikis, and packages that are brought into a space. */
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
		summary: 'Bring an uploaded ZIP into a space: a folder, BookStack, Confluence, a SCORM or cmi5 package',
		description:
			'For stewards of the space; a package, which becomes a check with its content, for all who write there. It is read in the background: `GET /imports/{id}` tells how far it is, and which check was made.',
		params,
		body: newRun,
		response: z.object({ id }),
		example: { body: { kind: 'bookstack', fileId: '0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77' } },
		run: async ({ db, viewer, params, body }) => ({ id: await beginRun(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ tag, scope: 'read', method: 'GET', path: '/imports/{id}', summary: 'An import, with its report' },
		description: 'For who began it, and for stewards of the space.',
		params,
		response: run,
		run: ({ db, viewer, params }) => readRun(db, viewer, params.id)
	})
];
