import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { checkbox, id, line } from '#src/core/items/input.ts';
import { fileLimitsInput } from '../input.ts';
import { readFileLimits, setFileLimits } from './limits.ts';
import { fileById } from './read.ts';
import { serveFile } from './serve.ts';
import { fileAddress } from './store.ts';
import { uploadFile } from './upload.ts';

const tag = 'Files';
const params = z.object({ id });
const about = z.object({
	id,
	name: z.string(),
	mime: z.string(),
	bytes: z.number(),
	width: z.number().nullable(),
	height: z.number().nullable(),
	url: z.string()
});

const limits = z.object({
	fileMegabytes: z.number(),
	personGigabytes: z.number().nullable(),
	allGigabytes: z.number().nullable()
});
const exampleLimits = { fileMegabytes: 4096, personGigabytes: 50, allGigabytes: null };

export const fileEndpoints: Endpoint[] = [
	endpoint({
		...{ method: 'POST', path: '/files', tag, scope: 'write', status: 201, takes: 'file' },
		summary: 'Upload a file',
		description:
			'As multipart form with the field `file`, or as the body itself with the `name` in the address. Put the `markdown` into a text to show it. The same file sent again is kept once.',
		query: z.strictObject({ name: line(200).optional() }),
		response: about.extend({ markdown: z.string() }),
		run: ({ db, viewer, request, query }) => uploadFile(db, viewer, request, { name: query.name ?? 'file' })
	}),
	endpoint({
		...{ method: 'GET', path: '/files/{id}', tag, scope: 'read', summary: 'What a file is' },
		params,
		response: about.extend({ createdAt: z.iso.datetime() }),
		run: async ({ db, viewer, params }) => {
			const { id, name, mime, bytes, width, height, createdAt } = await fileById(db, viewer, params.id);
			const url = fileAddress({ id, name });
			return { ...{ id, name, mime, bytes, width, height, url }, createdAt: createdAt.toISOString() };
		}
	}),
	endpoint({
		...{ method: 'GET', path: '/files/{id}/content', tag, scope: 'read', sends: '*/*', summary: 'Download a file' },
		description: 'Takes `Range`, `If-Range` and `If-None-Match`. With `small`, the smaller copy of an image.',
		params,
		query: z.strictObject({ small: checkbox.default(false) }),
		run: ({ db, viewer, params, query, request }) =>
			serveFile(db, viewer, { id: params.id, small: query.small, headers: request.headers })
	}),
	endpoint({
		...{
			method: 'GET',
			path: '/organisation/file-limits',
			tag,
			scope: 'admin',
			summary: 'How much may be kept, and how much is'
		},
		response: limits.extend({ keptBytes: z.number() }),
		example: { response: { ...exampleLimits, keptBytes: 5_368_709_120 } },
		run: ({ db, viewer }) => readFileLimits(db, viewer)
	}),
	endpoint({
		...{ method: 'PUT', path: '/organisation/file-limits', tag, scope: 'admin', summary: 'Set how much may be kept' },
		description: 'Null is no limit but that of the disk or bucket. Nothing that is kept already goes.',
		body: fileLimitsInput,
		example: { body: exampleLimits },
		run: ({ db, viewer, body }) => setFileLimits(db, viewer, body)
	})
];
