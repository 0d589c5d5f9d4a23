import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { pageOf } from '#src/core/api/server/page.ts';
import { id } from '#src/core/items/input.ts';
import { counted, highlightEdit, keptEdit, keptFilter, keptPage, newHighlight } from '../input.ts';
import { editKept, removeKept, restoreKept } from './change.ts';
import { isCounted, setCounted } from './counted.ts';
import { keepPage } from './keep.ts';
import { editHighlight, highlight, readMarked, removeHighlight } from './highlights.ts';
import { keptTags, listKept } from './read.ts';

const tag = 'Keeping';
const get = { tag, scope: 'read', method: 'GET' } as const;
const write = { tag, scope: 'write' } as const;
const params = z.object({ id });
const time = z.iso.datetime();

const keptLine = z.object({
	...{ id, what: z.enum(['page', 'entry', 'item', 'gone']), kind: z.string().nullable(), title: z.string() },
	...{ place: z.string(), url: z.string(), site: z.string(), author: z.string(), publishedAt: time.nullable() },
	...{ minutes: z.number(), space: z.string().nullable(), note: z.string(), tags: z.array(z.string()) },
	...{ version: z.number(), keptAt: time }
});

const keptReading = keptLine.extend({
	...{ html: z.string(), problem: z.string(), isWaiting: z.boolean() },
	highlights: z.array(
		z.object({ id, exact: z.string(), note: z.string(), version: z.number(), isFound: z.boolean(), markedAt: time })
	)
});

/** What comes of keeping something. */
export const keptAnswer = z.object({ id, known: z.boolean() });

/** What one keeps for oneself. */
export const keepingEndpoints: Endpoint[] = [
	endpoint({
		...{ ...get, path: '/me/kept', summary: 'What I keep for myself, the newest first' },
		description: 'Every word of `q` stands in the title, text, note, tags or address.',
		query: keptFilter,
		response: pageOf(keptLine),
		run: ({ db, viewer, query }) => listKept(db, viewer, query)
	}),
	endpoint({
		...{ ...get, path: '/me/kept-count', summary: 'Whether what I keep is counted for colleagues' },
		response: z.object({ counted: z.boolean() }),
		run: async ({ db, viewer }) => ({ counted: await isCounted(db, viewer) })
	}),
	endpoint({
		...{
			...write,
			method: 'PUT',
			path: '/me/kept-count',
			summary: 'Be counted in “2 or more colleagues kept this”, or not'
		},
		description: 'From this moment on. No name is ever told.',
		body: counted,
		example: { body: { counted: false } },
		run: ({ db, viewer, body }) => setCounted(db, viewer, body)
	}),
	endpoint({
		...{ ...get, path: '/me/kept-tags', summary: 'The tags of what I keep, the most used first' },
		response: z.object({ items: z.array(z.object({ tag: z.string(), count: z.number() })) }),
		run: async ({ db, viewer }) => ({ items: await keptTags(db, viewer) })
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/me/kept', status: 201, summary: 'Keep a page of the web for myself' },
		description:
			'Once, however its address is spelled: again, the note is added to the one it has. Its text is read soon after; `passage` is marked in it.',
		body: keptPage,
		response: keptAnswer,
		example: { body: { url: 'https://example.org/counting', note: 'For our talk on Monday.', tags: ['tills'] } },
		run: ({ db, viewer, body }) => keepPage(db, viewer, body)
	}),
	endpoint({
		...{ ...get, path: '/me/kept/{id}', summary: 'One thing I keep, with its text and my highlights' },
		description: 'Each highlight stands in the text as `<mark data-highlight="…">`.',
		params,
		response: keptReading,
		run: ({ db, viewer, params }) => readMarked(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/me/kept/{id}', summary: 'Change my note and tags' },
		params,
		body: keptEdit,
		response: z.object({ version: z.number() }),
		example: { body: { note: 'Read again before the audit.', tags: ['audit'], version: 1 }, response: { version: 2 } },
		run: async ({ db, viewer, params, body }) => ({ version: await editKept(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/me/kept/{id}', summary: 'Keep it no more' },
		params,
		run: ({ db, viewer, params }) => removeKept(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/me/kept/{id}/restoration', summary: 'Bring back what I took away' },
		description: 'Within thirty days.',
		params,
		run: ({ db, viewer, params }) => restoreKept(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/me/kept/{id}/highlights', status: 201, summary: 'Mark a passage' },
		description:
			'As it stands in the text; `prefix` and `suffix` tell which one is meant where it stands there more than once. It is found again when the text has changed a little.',
		params,
		body: newHighlight,
		response: z.object({ id }),
		example: { body: { exact: 'We never counted twice.', note: 'Ask Ada how.' } },
		run: async ({ db, viewer, params, body }) => ({ id: await highlight(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/me/highlights/{id}', summary: 'Change my note to a passage' },
		params,
		body: highlightEdit,
		response: z.object({ version: z.number() }),
		example: { body: { note: 'Ask Ada how.', version: 1 }, response: { version: 2 } },
		run: async ({ db, viewer, params, body }) => ({ version: await editHighlight(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/me/highlights/{id}', summary: 'Take a highlight away' },
		params,
		run: ({ db, viewer, params }) => removeHighlight(db, viewer, params.id)
	})
];
