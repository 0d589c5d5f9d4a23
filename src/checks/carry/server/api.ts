import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { uploadOf } from '#src/core/files/server/upload.ts';
import { id } from '#src/core/items/input.ts';
import { exportAs } from '../input.ts';
import { download, exportQuestions } from './export.ts';
import { listImports, startImport } from './imports.ts';

const tag = 'Checks';
const params = z.object({ id });

const view = z.object({
	...{ id, name: z.string(), state: z.enum(['waiting', 'done', 'failed']) },
	...{ read: z.number(), written: z.number(), present: z.number(), skipped: z.number() },
	...{ lines: z.array(z.string()), failure: z.string().nullable(), createdAt: z.iso.datetime() }
});

export const carryEndpoints: Endpoint[] = [
	endpoint({
		...{ method: 'POST', path: '/banks/{id}/imports', tag, scope: 'write', status: 201, takes: 'file' },
		summary: 'Bring questions into a bank',
		description:
			'As multipart form with the field `file`: Moodle XML, GIFT, a QTI 2.1 or 3.0 item or package, or CSV, of 10 MB at most. It is read in the background; the list of imports tells what came of it.',
		params,
		response: z.object({ id }),
		run: async ({ db, viewer, params, request }) => ({
			id: await startImport(db, viewer, params.id, () => uploadOf(request))
		})
	}),
	endpoint({
		...{ method: 'GET', path: '/banks/{id}/imports', tag, scope: 'read', summary: 'What was brought into a bank' },
		params,
		response: z.object({ items: z.array(view) }),
		run: async ({ db, viewer, params }) => ({ items: await listImports(db, viewer, params.id) })
	}),
	endpoint({
		...{ method: 'GET', path: '/banks/{id}/export', tag, scope: 'read', sends: '*/*' },
		summary: 'Take the questions of a bank away',
		description: 'With their answers, as Moodle XML, GIFT, a QTI package or CSV.',
		params,
		query: exportAs,
		run: async ({ db, viewer, params, query }) => download(await exportQuestions(db, viewer, params.id, query.format))
	})
];
