import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { pageOf } from '#src/core/api/server/page.ts';
import { id } from '#src/core/items/input.ts';
import { linkEdit, newCheck, newLink } from '../input.ts';
import { verdicts } from '../link.ts';
import { checkLink, withdrawCheck } from './checks.ts';
import { linkFilter, listLinks } from './list.ts';
import { linkChanges, readLink } from './read.ts';
import { editLink, lookAgain, shareLink } from './share.ts';

const tag = 'Links';
const params = z.object({ id });
const time = z.iso.datetime();
const at = { tag, scope: 'read', method: 'GET' } as const;
const write = { tag, scope: 'write' } as const;

const author = z.object({
	id: z.string().nullable(),
	name: z.string(),
	image: z.string().nullable(),
	anonymous: z.boolean(),
	you: z.boolean()
});
const place = z.object({ slug: z.string(), name: z.string() });
const standing = z.object({
	...{ trust: z.number(), care: z.number(), avoid: z.number(), stale: z.number() },
	amber: z.enum(['changed', 'expired']).nullable(),
	lost: z.boolean()
});
const line = z.object({
	...{ id, kind: z.string(), title: z.string(), excerpt: z.string(), author, space: place, tags: z.array(z.string()) },
	...{ helpedCount: z.number(), createdAt: time, activeAt: time, url: z.string(), site: z.string(), standing }
});
const page = z.object({
	...{ url: z.string(), site: z.string(), author: z.string(), publishedAt: time.nullable(), description: z.string() },
	...{ language: z.string(), minutes: z.number(), fileType: z.string(), problem: z.string(), cut: z.boolean() },
	image: z.object({ url: z.string(), width: z.number().nullable(), height: z.number().nullable() }).nullable(),
	state: z.enum(['waiting', 'page', 'login', 'file', 'gone', 'failed']),
	...{ lookedAt: time.nullable(), lostAt: time.nullable() }
});
const check = z.object({
	person: author,
	verdict: z.enum(verdicts),
	answers: z.array(z.object({ label: z.string(), text: z.string() })),
	...{ madeAt: time, expiresAt: time, stale: z.enum(['changed', 'expired']).nullable(), space: place.nullable() }
});
const note = z.object({ id, author, bodyHtml: z.string(), createdAt: time });
const link = z.object({
	...{ id, title: z.string(), bodyHtml: z.string(), author, space: place.extend({ id }), tags: z.array(z.string()) },
	...{ state: z.enum(['open', 'archived']), version: z.number(), createdAt: time, editedAt: time.nullable() },
	...{ helpedCount: z.number(), page, standing, checks: z.array(check), comments: z.array(note) },
	kept: z.object({ html: z.string(), takenAt: time, version: z.number(), versions: z.number() }).nullable(),
	elsewhere: z.array(note.extend({ href: z.string(), space: place }))
});

/** Links to web pages, what colleagues think of them, and what became of the pages. */
export const linkEndpoints: Endpoint[] = [
	endpoint({
		...{ ...at, path: '/links', summary: 'Links I may read, the liveliest first' },
		description: 'With `url`, only links to that page, however it is spelled.',
		query: linkFilter,
		response: pageOf(line),
		run: ({ db, viewer, query }) => listLinks(db, viewer, query)
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/links', status: 201, summary: 'Share a link' },
		description: 'A page that the space has already gets the note as a comment; its id comes back.',
		body: newLink,
		response: z.object({ id }),
		example: {
			body: {
				url: 'https://example.org/guide',
				spaceId: '0190a6e2-0000-7000-8000-000000000000',
				bodyMd: 'The part on returns.'
			}
		},
		run: async ({ db, viewer, body }) => ({ id: await shareLink(db, viewer, body) })
	}),
	endpoint({
		...{ ...at, path: '/links/{id}', summary: 'A link, its page as it was kept, verdicts and notes' },
		params,
		response: link,
		run: ({ db, viewer, params }) => readLink(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/links/{id}', summary: 'Change the title, note or tags of a link' },
		params,
		body: linkEdit,
		response: z.object({ version: z.number() }),
		run: async ({ db, viewer, params, body }) => ({ version: await editLink(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/links/{id}/check', summary: 'Say whether its page can be trusted' },
		description: 'My own verdict before gives way. It holds for `months`, or until the page changes.',
		params,
		body: newCheck,
		example: { body: { verdict: 'trust', behind: 'The national standards body', months: 12 } },
		run: ({ db, viewer, params, body }) => checkLink(db, viewer, params.id, body)
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/links/{id}/check', summary: 'Take my verdict back' },
		params,
		run: ({ db, viewer, params }) => withdrawCheck(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/links/{id}/looks', summary: 'Have its page looked at again' },
		params,
		run: ({ db, viewer, params }) => lookAgain(db, viewer, params.id)
	}),
	endpoint({
		...{ ...at, path: '/links/{id}/changes', summary: 'What changed on the page' },
		params,
		query: z.strictObject({
			from: z.coerce.number().int().min(1).optional(),
			to: z.coerce.number().int().min(1).optional()
		}),
		response: z.object({
			...{ title: z.string(), from: z.number(), to: z.number() },
			versions: z.array(z.object({ version: z.number(), takenAt: time, title: z.string() })),
			difference: z.record(
				z.string(),
				z.array(z.object({ text: z.string(), kind: z.enum(['same', 'added', 'removed']) }))
			)
		}),
		run: async ({ db, viewer, params, query }) => {
			const { difference, ...changes } = await linkChanges(db, viewer, params.id, query);
			return { ...changes, difference: { ...difference } };
		}
	})
];
