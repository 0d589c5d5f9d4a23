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

const example: z.input<typeof text> = {
	...{ state: 'read', reason: '', notes: ['It contains macros (programs). They were not run.'], format: 'PowerPoint' },
	...{ unit: 'slide', partCount: 2, view: 1, views: 1 },
	contents: [
		{ title: 'Opening the shop', level: 1, href: '/resources/0198c2d4-7a10-7f3e-9a51-6b2f8d4c1e70#slide-1' },
		{ title: 'The till', level: 1, href: '/resources/0198c2d4-7a10-7f3e-9a51-6b2f8d4c1e70#slide-2' }
	],
	parts: [
		{
			...{ no: 1, locator: 'Slide 1', title: 'Opening the shop', text: 'Opening the shop\nLights, door, till.' },
			...{ href: '/resources/0198c2d4-7a10-7f3e-9a51-6b2f8d4c1e70#slide-1', picture: null }
		},
		{
			...{ no: 2, locator: 'Slide 2', title: 'The till', text: 'The till\nPress the green key.' },
			...{ href: '/resources/0198c2d4-7a10-7f3e-9a51-6b2f8d4c1e70#slide-2', picture: null }
		}
	]
};

/** What is written in a file. */
export const documentEndpoints: Endpoint[] = [
	endpoint({
		...{ method: 'GET', path: '/resources/{id}/text', tag: 'Resources', scope: 'read' },
		summary: 'What is written in a file, page by page',
		description:
			'Long files come in views: ask for `view` 1, 2 … up to `views`. While `state` is `waiting` or `reading` there are no parts yet; when it is `unreadable`, `reason` says why.',
		params: z.object({ id }),
		query: z.strictObject({ view: z.coerce.number().int().min(1).max(100_000).default(1) }),
		response: text,
		example: { response: example },
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
