import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { id } from '#src/core/items/input.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { suffixOf, textOf } from '../document.ts';
import { readDocument } from './documents.ts';

const text = z.object({
	state: z.enum(['waiting', 'reading', 'read', 'unreadable']),
	reason: z.string(),
	notes: z.array(z.string()),
	format: z.string(),
	unit: z.enum(['page', 'slide', 'sheet', 'section']),
	partCount: z.number(),
	contents: z.array(z.object({ title: z.string(), level: z.number(), href: z.string() })),
	parts: z.array(
		z.object({
			no: z.number(),
			locator: z.string(),
			title: z.string(),
			text: z.string(),
			href: z.string(),
			picture: z.string().nullable()
		})
	),
	view: z.number(),
	views: z.number()
});

/** What is written in a file. */
export const documentEndpoints: Endpoint[] = [
	endpoint({
		...{ method: 'GET', path: '/resources/{id}/text', tag: 'Resources', scope: 'read' },
		summary: 'What is written in a file, page by page',
		description:
			'Long files come in views: ask for `view` 1, 2 … up to `views`. While `state` is `waiting` or `reading` there are no parts yet; when it is `unreadable`, `reason` says why.',
		params: z.object({ id }),
		query: z.object({ view: z.coerce.number().int().min(1).max(100_000).default(1) }),
		response: text,
		run: async ({ db, viewer, params, query }) => {
			const found = await readDocument(db, viewer, params.id, query.view);
			if (!found) throw notFound('This has no file with text in it.');
			const { headings, parts, views, ...about } = found;
			const page = `/resources/${params.id}`;
			return {
				...{ ...about, views: views.length },
				contents: headings.map(({ suffix, ...heading }) => ({ ...heading, href: page + suffix })),
				parts: parts.map(({ anchor, blocks, ...part }) => ({
					...{ ...part, text: textOf({ blocks }), href: page + suffixOf(anchor, query.view) }
				}))
			};
		}
	})
];
