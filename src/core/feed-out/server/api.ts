import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { id } from '#src/core/items/input.ts';
import { iso } from '#src/core/items/server/present.ts';
import { feedFormat, feedOf } from '../input.ts';
import { feedAnswer } from './feed.ts';
import { endFeedKey, makeFeedKey, myFeedKeys } from './keys.ts';
import { readFeed } from './sources.ts';

const tag = 'Feeds out';
const time = z.iso.datetime();
const address = z.object({
	...{ id, kind: z.string(), target: z.string(), title: z.string() },
	...{ createdAt: time, lastUsedAt: time.nullable() }
});

export const feedOutEndpoints: Endpoint[] = [
	endpoint({
		...{ method: 'GET', path: '/out/{kind}/{target}/{format}', tag, scope: 'read', sends: 'application/atom+xml' },
		summary: 'A space, a tag, a search or a person as a feed',
		description:
			'`kind` is `space`, `tag`, `search` or `person`, and what else the rooms give out; `target` its id, its name, or for a search its address after the question mark; `format` is `atom` or `json`, and `ics` for calendars where it has days and hours (`programme`).',
		params: z.object({ kind: feedOf.shape.kind, target: feedOf.shape.target, format: feedFormat }),
		run: async ({ db, viewer, params, origin, request }) =>
			feedAnswer(await readFeed(db, viewer, params, { origin, format: params.format }), params.format, request)
	}),
	endpoint({
		...{ method: 'GET', path: '/me/feed-addresses', tag, scope: 'read', summary: 'My private addresses of feeds' },
		response: z.object({ items: z.array(address) }),
		run: async ({ db, viewer }) => ({
			items: (await myFeedKeys(db, viewer)).map(({ createdAt, lastUsedAt, ...rest }) => ({
				...{ ...rest, createdAt: iso(createdAt), lastUsedAt: lastUsedAt && iso(lastUsedAt) }
			}))
		})
	}),
	endpoint({
		...{ method: 'POST', path: '/me/feed-addresses', tag, scope: 'admin', status: 201, secret: true },
		summary: 'Make a private address of a feed, for a reader',
		description: 'The answer is the only time it is shown. One of the same feed made before ends at once.',
		body: feedOf,
		response: z.object({ id, title: z.string(), atom: z.url(), json: z.url(), ics: z.url().nullable() }),
		example: { body: { kind: 'tag', target: 'till' } },
		run: ({ db, viewer, body, origin }) => makeFeedKey(db, viewer, body, origin)
	}),
	endpoint({
		...{ method: 'DELETE', path: '/me/feed-addresses/{id}', tag, scope: 'admin', summary: 'End a private address' },
		params: z.object({ id }),
		run: ({ db, viewer, params }) => endFeedKey(db, viewer, params.id)
	})
];
