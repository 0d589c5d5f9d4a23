import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { pageOf } from '#src/core/api/server/page.ts';
import { feedAnswer, feedTypes } from '#src/core/feed-out/server/feed.ts';
import { id } from '#src/core/items/input.ts';
import {
	changeAnswer,
	findEdit,
	findFilter,
	listEdit,
	listFilter,
	newEdition,
	newFind,
	newList,
	newPick,
	pickEdit,
	place,
	snooze
} from '../input.ts';
import { draft, draftRow, editionView, find, listRow, listView, shelf, subscription } from './api-shapes.ts';
import { beginList, discardList, editList, listToEdit, myDrafts } from './drafts.ts';
import { collect, editFind, findsOfYear, removeFind } from './finds.ts';
import { pick, placePick, takeOut, writePick } from './picks.ts';
import { publishList } from './publish.ts';
import { seriesFeed } from './feed.ts';
import { pdfAnswer } from './pdf-answer.ts';
import { listLists, readEdition, readList, readSeries } from './read.ts';
import { answerChange } from './readers.ts';
import { mySubscriptions, snoozeLists, subscribeTo, unsubscribeFrom } from './subscriptions.ts';

const tag = 'Reading lists';
const get = { tag, scope: 'read', method: 'GET' } as const;
const write = { tag, scope: 'write' } as const;
const params = z.object({ id });
const ofList = z.object({ id, pick: id });
const ofShelf = z.object({ shelf: id });
const someId = '0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77';
const versionOnly = z.object({ version: z.number() });

/** What is collected as it is found. */
const findEndpoints: Endpoint[] = [
	endpoint({
		...{ ...get, path: '/finds', summary: 'What was found in a year, by me or a space' },
		description: 'Mine, and of this year, unless `shelf` and `year` say otherwise.',
		query: findFilter,
		response: z.object({
			...{ shelf: shelf.nullable(), year: z.number(), years: z.array(z.number()) },
			finds: z.array(find)
		}),
		run: ({ db, viewer, query }) => findsOfYear(db, viewer, query)
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/finds', status: 201, summary: 'Collect a link as it is found' },
		description:
			'Into my list of the year, or that of a space. What is not told is read from the page soon after. The same address again keeps the day it was found on.',
		body: newFind,
		response: z.object({ id, known: z.boolean(), shelf: id, year: z.number() }),
		example: { body: { url: 'https://example.org/counting', foundOn: '2030-03-05', note: 'We never counted twice.' } },
		run: ({ db, viewer, body }) => collect(db, viewer, body)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/finds/{id}', summary: 'Put right what is told of a find' },
		params,
		body: findEdit,
		response: versionOnly,
		example: {
			body: { title: 'Counting', author: 'A. Reader', site: 'Example', foundOn: '2030-03-05', note: '', version: 1 }
		},
		run: async ({ db, viewer, params, body }) => ({ version: await editFind(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/finds/{id}', summary: 'Take a find away that no list cites' },
		params,
		run: ({ db, viewer, params }) => removeFind(db, viewer, params.id)
	})
];

/** A list while it is written. */
const draftEndpoints: Endpoint[] = [
	endpoint({
		...{ ...get, path: '/me/lists', summary: 'The lists I am writing' },
		response: z.object({ items: z.array(draftRow) }),
		run: async ({ db, viewer }) => ({ items: await myDrafts(db, viewer) })
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/lists', status: 201, summary: 'Begin the list of a month' },
		description: 'One a month for each person and each space: where there is one already, that is it.',
		body: newList,
		response: z.object({ id }),
		example: { body: { month: '2030-03', of: 'me', spaceId: someId } },
		run: async ({ db, viewer, body }) => ({ id: await beginList(db, viewer, body) })
	}),
	endpoint({
		...{ ...get, path: '/lists/{id}/draft', summary: 'A list as its curators write it' },
		params,
		response: draft,
		run: ({ db, viewer, params }) => listToEdit(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/lists/{id}', summary: 'Change the words around the entries' },
		params,
		body: listEdit,
		response: versionOnly,
		example: { body: { title: 'Ten for March', opening: 'A month of counting.', closing: '', wanted: 10, version: 1 } },
		run: async ({ db, viewer, params, body }) => ({ version: await editList(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/lists/{id}', summary: 'Throw away a list that was never published' },
		params,
		run: ({ db, viewer, params }) => discardList(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/lists/{id}/picks', status: 201, summary: 'Pick a find for a list' },
		params,
		body: newPick,
		response: z.object({ id }),
		example: { body: { findId: someId } },
		run: async ({ db, viewer, params, body }) => ({ id: await pick(db, viewer, params.id, body.findId) })
	}),
	endpoint({
		...{
			...write,
			method: 'PUT',
			path: '/lists/{id}/picks/{pick}',
			summary: 'Write why, a quote, and what leads to it'
		},
		description: 'Send the `version` you started from. When somebody was faster, theirs comes back as `current`.',
		params: ofList,
		body: pickEdit,
		response: versionOnly,
		example: { body: { before: 'But that is half of it.', why: 'It counts.', quote: '', lesson: false, version: 1 } },
		run: async ({ db, viewer, params, body }) => ({
			version: await writePick(db, viewer, params.id, params.pick, body)
		})
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/lists/{id}/picks/{pick}/place', summary: 'Move an entry, counted from 1' },
		params: ofList,
		body: place,
		example: { body: { to: 1 } },
		run: ({ db, viewer, params, body }) => placePick(db, viewer, params.id, params.pick, body.to)
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/lists/{id}/picks/{pick}', summary: 'Take an entry out of a list' },
		params: ofList,
		run: ({ db, viewer, params }) => takeOut(db, viewer, params.id, params.pick)
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/lists/{id}/editions', status: 201, summary: 'Publish a list, or an update' },
		description: 'Each entry must say why. From the second time on `update` says in a line what is new.',
		params,
		body: newEdition,
		response: z.object({ hash: z.string() }),
		example: { body: { update: 'The author has answered.', url: 'https://example.org/answer' } },
		run: async ({ db, viewer, params, body }) => ({ hash: await publishList(db, viewer, params.id, body) })
	})
];

/** A list as it is read. */
const readerEndpoints: Endpoint[] = [
	endpoint({
		...{ ...get, path: '/lists', summary: 'Published reading lists' },
		query: listFilter,
		response: pageOf(listRow),
		run: ({ db, viewer, query }) => listLists(db, viewer, query)
	}),
	endpoint({
		...{ ...get, path: '/lists/{id}', summary: 'A reading list in its newest edition' },
		params,
		response: listView,
		run: ({ db, viewer, params }) => readList(db, viewer, params.id)
	}),
	endpoint({
		...{ ...get, path: '/lists/{id}/pdf', summary: 'A reading list as PDF', sends: 'application/pdf' },
		params,
		run: ({ db, viewer, params, origin }) => pdfAnswer(db, viewer, params.id, origin)
	}),
	endpoint({
		...{
			...get,
			path: '/shelves/{id}/atom',
			summary: 'The lists of a person or a space as Atom',
			sends: feedTypes.atom
		},
		params,
		run: async ({ db, viewer, params, origin, request }) =>
			feedAnswer(seriesFeed(await readSeries(db, viewer, params.id), origin, 'atom'), 'atom', request)
	}),
	endpoint({
		...{ ...get, path: '/shelves/{id}/json', summary: 'The same as JSON Feed', sends: feedTypes.json },
		params,
		run: async ({ db, viewer, params, origin, request }) =>
			feedAnswer(seriesFeed(await readSeries(db, viewer, params.id), origin, 'json'), 'json', request)
	}),
	endpoint({
		...{ ...get, path: '/lists/{id}/editions/{hash}', summary: 'One edition, as it was published' },
		description: 'Its `hash` is SHA-256 of `content` as JSON without spaces, the names of every object in order.',
		params: z.object({ id, hash: z.string().regex(/^[\w-]{1,64}$/, 'must be the hash of an edition') }),
		response: editionView,
		run: ({ db, viewer, params }) => readEdition(db, viewer, params.id, params.hash)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/lists/{id}/change', summary: 'Say whether a list changed how I work' },
		description: 'Thirty days after reading it. Counted once a person; of fewer than five answers nothing is shown.',
		params,
		body: changeAnswer,
		run: ({ db, viewer, params, body }) => answerChange(db, viewer, params.id, body.changed)
	}),
	endpoint({
		...{ ...get, path: '/me/list-subscriptions', summary: 'Whose reading lists I am told of' },
		response: z.object({ items: z.array(subscription) }),
		run: async ({ db, viewer }) => ({ items: await mySubscriptions(db, viewer) })
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/me/list-subscriptions/{shelf}', summary: 'Be told of new lists' },
		params: ofShelf,
		run: ({ db, viewer, params }) => subscribeTo(db, viewer, params.shelf)
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/me/list-subscriptions/{shelf}', summary: 'Be told no more' },
		params: ofShelf,
		run: ({ db, viewer, params }) => unsubscribeFrom(db, viewer, params.shelf)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/me/list-subscriptions/{shelf}/snooze', summary: 'Not for so many days' },
		params: ofShelf,
		body: snooze,
		run: ({ db, viewer, params, body }) => snoozeLists(db, viewer, params.shelf, body.days)
	})
];

export const listEndpoints: Endpoint[] = [...findEndpoints, ...draftEndpoints, ...readerEndpoints];
