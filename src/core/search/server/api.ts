import { z } from 'zod';
import { allow } from '#src/core/access/server/policy.ts';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { checkbox, id, words } from '#src/core/items/input.ts';
import { listMisses, mayListMisses } from './misses.ts';
import { searchPeople, searchTags } from './people.ts';
import { LAST_PAGE, searchItems } from './search.ts';
import { suggest } from './suggest.ts';

const tag = 'Search';
const pieces = z.array(z.object({ text: z.string(), mark: z.boolean() }));
const day = z.iso.date('must be a day such as 2026-01-31').optional();

const hit = z.object({
	id,
	kind: z.string(),
	label: z.string(),
	icon: z.string(),
	href: z.string(),
	title: pieces,
	passage: pieces,
	space: z.string(),
	why: z.string(),
	at: z.iso.datetime()
});

export const searchQuery = z.strictObject({
	q: words(2000).default(''),
	kind: words(60).optional(),
	space: words(100).optional(),
	tag: words(60).optional(),
	author: words(100).optional(),
	after: day,
	before: day,
	archived: checkbox.default(false),
	page: z.coerce.number('must be a number').int().min(1).max(LAST_PAGE, `may be ${LAST_PAGE} at most`).default(1)
});

export const searchEndpoints: Endpoint[] = [
	endpoint({
		...{ method: 'GET', path: '/search', tag, scope: 'read', summary: 'Search everything I may read' },
		description:
			'`q` takes "phrases", -exclusions and filters such as `tag:till`; `author` also takes "me". Twenty a page; people and tags come with the first.',
		query: searchQuery,
		response: z.object({
			items: z.array(hit),
			next: z.number().nullable(),
			corrected: z.array(z.object({ asked: z.string(), taken: z.string() })),
			people: z.array(z.object({ id, name: z.string(), headline: z.string(), why: z.string() })),
			tags: z.array(z.string())
		}),
		run: async ({ db, viewer, query }) => {
			const { hits, next, corrected } = await searchItems(db, viewer, query);
			const isFirst = query.page === 1 && !query.kind;
			return {
				...{ items: hits.map((one) => ({ ...one, at: one.at.toISOString() })), next, corrected },
				people: isFirst ? await searchPeople(db, query.q) : [],
				tags: isFirst ? await searchTags(db, viewer, query.q) : []
			};
		}
	}),
	endpoint({
		...{ method: 'GET', path: '/suggest', tag, scope: 'read', summary: 'What the Ask bar shows while somebody types' },
		query: z.strictObject({ q: words(300) }),
		response: z.object({
			groups: z.array(
				z.object({
					label: z.string(),
					options: z.array(z.object({ href: z.string(), icon: z.string(), title: pieces, why: z.string() }))
				})
			)
		}),
		run: async ({ db, viewer, query }) => ({ groups: await suggest(db, viewer, query.q) })
	}),
	endpoint({
		...{ method: 'GET', path: '/search/misses', tag, scope: 'read', summary: 'What was sought in vain' },
		description: 'For stewards, of their spaces; for community managers and admins, of all. Never who searched.',
		response: z.object({
			items: z.array(
				z.object({ query: z.string(), space: z.string().nullable(), times: z.number(), lastAt: z.iso.datetime() })
			)
		}),
		run: async ({ db, viewer }) => {
			allow(mayListMisses(viewer), 'Stewards and community managers look after this.');
			const misses = await listMisses(db, viewer);
			return { items: misses.map((miss) => ({ ...miss, lastAt: miss.lastAt.toISOString() })) };
		}
	})
];
