import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { pageOf } from '#src/core/api/server/page.ts';
import { id } from '#src/core/items/input.ts';
import {
	entryFilter,
	markAll,
	mute,
	newSubscription,
	opmlText,
	partingFor,
	readMark,
	sought,
	subscriptionEdit
} from '../input.ts';
import { entryLine, entryView, subscriptionView, suggestion } from './api-shapes.ts';
import { discoverFeeds } from './discover.ts';
import { bringOpml, writeOpml } from './opml.ts';
import { markAllRead, markRead, undoMark } from './reads.ts';
import { putTogether, takeApart } from './apart.ts';
import { readEntry } from './entry.ts';
import { readWhole } from './whole.ts';
import { readEntries } from './stream.ts';
import { editSubscription, muteFeed, subscribe, unmuteFeed, unsubscribe } from './subscribe.ts';
import { suggestFeeds } from './suggest.ts';
import { mySubscriptions } from './subscriptions.ts';

const tag = 'Feeds';
const params = z.object({ id });
const get = { tag, scope: 'read', method: 'GET' } as const;
const write = { tag, scope: 'write' } as const;

/** Feeds that people and spaces read, and what they say. */
export const feedEndpoints: Endpoint[] = [
	endpoint({
		...{ ...get, path: '/feeds', summary: 'The feeds I read, and those of my spaces' },
		response: z.object({ items: z.array(subscriptionView) }),
		run: async ({ db, viewer }) => ({ items: await mySubscriptions(db, viewer) })
	}),
	endpoint({
		...{ ...get, path: '/feeds/discovery', summary: 'The feeds behind the address of a page' },
		query: sought,
		response: z.object({ items: z.array(z.object({ url: z.string(), title: z.string(), format: z.string() })) }),
		run: async ({ db, query }) => ({ items: (await discoverFeeds(db, query.url)).candidates })
	}),
	endpoint({
		...{ ...get, path: '/feeds/suggestions', summary: 'Feeds that people around me read' },
		description: 'At least five others of a space of mine or of my line of work; `readers` is told in steps.',
		response: z.object({ items: z.array(suggestion) }),
		run: async ({ db, viewer }) => ({ items: await suggestFeeds(db, viewer) })
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/feeds', status: 201, summary: 'Read a feed, alone or with a space' },
		description:
			'Takes the address of a feed, or of a page that names one. The same feed again is the same subscription.',
		body: newSubscription,
		response: z.object({ id }),
		example: { body: { url: 'https://example.org/news', folder: 'Trade' } },
		run: async ({ db, viewer, body }) => ({ id: await subscribe(db, viewer, body) })
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/feeds/{id}', summary: 'Name a subscription, or put it into a folder' },
		params,
		body: subscriptionEdit,
		run: ({ db, viewer, params, body }) => editSubscription(db, viewer, params.id, body)
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/feeds/{id}', summary: 'Read a feed no more' },
		params,
		run: ({ db, viewer, params }) => unsubscribe(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/feeds/{id}/mute', summary: 'Put a feed of my space away for myself' },
		params,
		body: mute,
		run: ({ db, viewer, params, body }) => muteFeed(db, viewer, params.id, body)
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/feeds/{id}/mute', summary: 'Take it up again' },
		params,
		run: ({ db, viewer, params }) => unmuteFeed(db, viewer, params.id)
	}),
	endpoint({
		...{ ...get, path: '/feeds/opml', summary: 'My own feeds as OPML', sends: 'text/x-opml' },
		run: async ({ db, viewer }) =>
			new Response(await writeOpml(db, viewer), { headers: { 'content-type': 'text/x-opml; charset=utf-8' } })
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/feeds/opml', summary: 'Take over the feeds of another reader' },
		body: opmlText,
		response: z.object({ added: z.number(), there: z.number(), refused: z.array(z.string()) }),
		run: ({ db, viewer, body }) => bringOpml(db, viewer, Buffer.from(body.opml))
	}),
	endpoint({
		...{ ...get, path: '/entries', summary: 'Entries of my feeds, each once whichever feeds told it' },
		description:
			'`order=rare` lets voices that speak seldom stay up longer; `why` says why an entry stands where it stands.',
		query: entryFilter,
		response: pageOf(entryLine),
		run: ({ db, viewer, query }) => readEntries(db, viewer, query)
	}),
	endpoint({
		...{ ...get, path: '/entries/{id}', summary: 'An entry, whole' },
		params,
		response: entryView,
		run: ({ db, viewer, params }) => readEntry(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/entries/{id}/whole-text', summary: 'Read the whole text from its page' },
		description: 'Kept for all who may read the entry; once more gives what was read.',
		params,
		response: entryView,
		run: ({ db, viewer, params }) => readWhole(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/entries/{id}/apart', summary: 'Say that a telling is another story' },
		description: '`id` is that of the telling. For the asker alone, or for all, by stewards of a space that reads it.',
		params,
		body: partingFor,
		response: z.object({ id }),
		run: async ({ db, viewer, params, body }) => ({ id: await takeApart(db, viewer, { telling: params.id, ...body }) })
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/entries/{id}/apart', summary: 'Put a telling back into its story' },
		params,
		query: partingFor,
		response: z.object({ id }),
		run: async ({ db, viewer, params, query }) => ({
			id: await putTogether(db, viewer, { telling: params.id, ...query })
		})
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/me/entries-read', summary: 'Mark entries as read, or as not' },
		body: readMark,
		run: ({ db, viewer, body }) => markRead(db, viewer, body)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/me/entries-read/all', summary: 'Mark all that a list holds as read' },
		description: 'Up to the moment at which it was shown. `batch` takes it back.',
		body: markAll,
		response: z.object({ batch: id, count: z.number() }),
		run: ({ db, viewer, body }) => markAllRead(db, viewer, body)
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/me/entries-read/{batch}', summary: 'Take back what was marked together' },
		params: z.object({ batch: id }),
		run: ({ db, viewer, params }) => undoMark(db, viewer, params.batch)
	})
];
