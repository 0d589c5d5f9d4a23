import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { pageOf } from '#src/core/api/server/page.ts';
import { id } from '#src/core/items/input.ts';
import { author } from '#src/core/items/server/api-shapes.ts';
import { readHome } from './home.ts';

const entry = z.object({
	id,
	kind: z.string(),
	title: z.string(),
	excerpt: z.string(),
	href: z.string(),
	space: z.string(),
	author,
	at: z.iso.datetime(),
	isNew: z.boolean(),
	answers: z.number(),
	helped: z.number()
});

export const homeEndpoints: Endpoint[] = [
	endpoint({
		...{
			method: 'GET',
			path: '/home',
			tag: 'Me',
			scope: 'read',
			summary: 'What is new, what waits for me, what helped'
		},
		query: z.strictObject({ cursor: z.string().max(300).optional() }),
		response: pageOf(entry).extend({
			todo: z.array(z.object({ title: z.string(), href: z.string(), why: z.string(), hide: z.string().optional() })),
			tips: z.array(z.object({ title: z.string(), href: z.string(), series: z.string() })),
			helped: z.array(
				z.object({
					title: z.string(),
					href: z.string(),
					note: z.string(),
					minutes: z.number().nullable(),
					isMine: z.boolean(),
					at: z.iso.datetime()
				})
			)
		}),
		run: async ({ db, viewer, query }) => {
			const { stream, next, todo, tips, helped } = await readHome(db, viewer, query.cursor);
			return { items: stream, next, todo, tips, helped };
		}
	})
];
