import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { pageOf } from '#src/core/api/server/page.ts';
import { id } from '#src/core/items/input.ts';
import {
	chatAddress,
	coming,
	dripEdit,
	dripFilter,
	newDrip,
	newTip,
	pace,
	pauseFor,
	place,
	tipEdit
} from '../input.ts';
import { chat, draft, draftRow, dripRow, dripView, following, tipPage } from './api-shapes.ts';
import { chatOf, removeChat, setChat } from './chat.ts';
import { addAuthor, beginDrip, discardDrip, dripToEdit, myDrafts, removeAuthor } from './drafts.ts';
import { changePace, letCome, markKnown, myFollowing, pauseTips, stopTips } from './follow.ts';
import { publishDrip, writeDrip } from './publish.ts';
import { listDrips, openTip, readDrip } from './read.ts';
import { addTip, placeTip, takeOut, writeTip } from './tips.ts';

const tag = 'Series of tips';
const get = { tag, scope: 'read', method: 'GET' } as const;
const write = { tag, scope: 'write' } as const;
const params = z.object({ id });
const ofTip = z.object({ id, tip: id });
const ofAuthor = z.object({ id, person: id });
const someId = '0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77';
const versionOnly = z.object({ version: z.number() });
const aTip = { kind: 'technique', title: 'Count twice', body: 'Count the till once *before* you open.' };

/** A series while it is written. */
const draftEndpoints: Endpoint[] = [
	endpoint({
		...{ ...get, path: '/me/drips', summary: 'The series I write that hold something not published yet' },
		response: z.object({ items: z.array(draftRow) }),
		run: async ({ db, viewer }) => ({ items: await myDrafts(db, viewer) })
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/drips', status: 201, summary: 'Begin a series of tips' },
		description: 'Nobody but its authors and the stewards of the space sees it before it is published.',
		body: newDrip,
		response: z.object({ id }),
		example: { body: { title: 'The till in ten days', about: 'One thing a day.', spaceId: someId } },
		run: async ({ db, viewer, body }) => ({ id: await beginDrip(db, viewer, body) })
	}),
	endpoint({
		...{ ...get, path: '/drips/{id}/draft', summary: 'A series as its authors write it' },
		description: '`problems` of a tip say what keeps it from being published, such as more than 100 words.',
		params,
		response: draft,
		run: ({ db, viewer, params }) => dripToEdit(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/drips/{id}', summary: 'Change its title and what it is about' },
		params,
		body: dripEdit,
		response: versionOnly,
		example: { body: { title: 'The till in ten days', about: 'One thing a day.', version: 1 } },
		run: async ({ db, viewer, params, body }) => ({ version: await writeDrip(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/drips/{id}', summary: 'Throw away a series that was never published' },
		params,
		run: ({ db, viewer, params }) => discardDrip(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/drips/{id}/authors/{person}', summary: 'Let a member write with us' },
		params: ofAuthor,
		run: ({ db, viewer, params }) => addAuthor(db, viewer, params.id, params.person)
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/drips/{id}/authors/{person}', summary: 'Let somebody write no more' },
		params: ofAuthor,
		run: ({ db, viewer, params }) => removeAuthor(db, viewer, params.id, params.person)
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/drips/{id}/tips', status: 201, summary: 'Add a tip at the end' },
		params,
		body: newTip,
		response: z.object({ id }),
		example: { body: aTip },
		run: async ({ db, viewer, params, body }) => ({ id: await addTip(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/drips/{id}/tips/{tip}', summary: 'Write a tip' },
		description:
			'Send the `version` you started from. When somebody was faster, theirs comes back as `current`. A published tip changes for its readers at once, and may not become longer than 100 words. With `wrong`, a line on what was wrong, whoever got a version from `since` on is told.',
		params: ofTip,
		body: tipEdit,
		response: versionOnly,
		example: { body: { ...aTip, version: 1 } },
		run: async ({ db, viewer, params, body }) => ({
			version: await writeTip(db, viewer, params.id, params.tip, body)
		})
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/drips/{id}/tips/{tip}/place', summary: 'Move a tip, counted from 1' },
		params: ofTip,
		body: place,
		example: { body: { to: 1 } },
		run: ({ db, viewer, params, body }) => placeTip(db, viewer, params.id, params.tip, body.to)
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/drips/{id}/tips/{tip}', summary: 'Take a tip out' },
		params: ofTip,
		run: ({ db, viewer, params }) => takeOut(db, viewer, params.id, params.tip)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/drips/{id}/publication', summary: 'Publish what nobody has seen yet' },
		description: 'The first time the series itself, later its new tips. Each has a title and 100 words at most.',
		params,
		response: z.object({ published: z.number() }),
		run: async ({ db, viewer, params }) => ({ published: await publishDrip(db, viewer, params.id) })
	})
];

/** A series as it is read. */
const readerEndpoints: Endpoint[] = [
	endpoint({
		...{ ...get, path: '/drips', summary: 'Published series of tips' },
		query: dripFilter,
		response: pageOf(dripRow),
		run: ({ db, viewer, query }) => listDrips(db, viewer, query)
	}),
	endpoint({
		...{ ...get, path: '/drips/{id}', summary: 'A series with all its tips, and which of them I have got' },
		params,
		response: dripView,
		run: ({ db, viewer, params }) => readDrip(db, viewer, params.id)
	}),
	endpoint({
		...{ ...get, path: '/drips/{id}/tips/{tip}', summary: 'Open one tip: then I have got it' },
		params: ofTip,
		response: tipPage,
		run: ({ db, viewer, params }) => openTip(db, viewer, params.id, params.tip)
	})
];

/** How tips come to me. */
const followEndpoints: Endpoint[] = [
	endpoint({
		...{ ...get, path: '/me/tips', summary: 'The series I follow, and the tip that is next in each' },
		response: z.object({ items: z.array(following) }),
		run: async ({ db, viewer }) => ({ items: await myFollowing(db, viewer) })
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/me/tips/{id}', summary: 'Let the tips of a series come, or change how' },
		description:
			'`rhythm` is `daily`, `weekly` (on `day`), `days` or `every` (so many working days); `at` the time of day in my time zone; `mail`, `feed` and `chat` the ways. Working days only. The feed is the one of my tips: see `/me/feed-addresses` with kind `tips` and target `mine`.',
		params,
		body: coming,
		example: { body: { rhythm: 'days', days: [1, 4], at: '08:30', mail: true } },
		run: ({ db, viewer, params, body }) => letCome(db, viewer, params.id, body)
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/me/tips/{id}', summary: 'No more of them; what I have got stays' },
		params,
		run: ({ db, viewer, params }) => stopTips(db, viewer.id, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/me/tips/{id}/pace', summary: 'One step slower or faster' },
		params,
		body: pace,
		example: { body: { pace: 'slower' } },
		run: ({ db, viewer, params, body }) => changePace(db, viewer, params.id, body.pace)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/me/tips/{id}/pause', summary: 'Nothing for so many days; 0 ends it' },
		params,
		body: pauseFor,
		example: { body: { days: 14 } },
		run: ({ db, viewer, params, body }) => pauseTips(db, viewer.id, params.id, body.days)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/drips/{id}/tips/{tip}/known', summary: 'I know this tip' },
		description: 'It comes no more; where it had come, the next one comes in its place.',
		params: ofTip,
		run: ({ db, viewer, params }) => markKnown(db, viewer.id, params.id, params.tip)
	}),
	endpoint({
		...{ ...get, path: '/me/tips-chat', summary: 'Where my chat takes tips' },
		response: z.object({ chat: chat.nullable() }),
		run: async ({ db, viewer }) => ({ chat: await chatOf(db, viewer) })
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/me/tips-chat', summary: 'Give the address of my chat: an incoming webhook' },
		description:
			'A first message is posted to it, as JSON with `text`. The address is kept sealed and never shown again.',
		body: chatAddress,
		example: { body: { address: 'https://chat.example/hooks/x1y2z3' } },
		run: ({ db, viewer, body }) => setChat(db, viewer, body.address)
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/me/tips-chat', summary: 'Forget it' },
		run: ({ db, viewer }) => removeChat(db, viewer)
	})
];

export const dripEndpoints: Endpoint[] = [...draftEndpoints, ...readerEndpoints, ...followEndpoints];
