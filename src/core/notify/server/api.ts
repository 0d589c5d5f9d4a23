import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { id, words } from '#src/core/items/input.ts';
import { mailChoice, noticeFilter, oneItem, pauseFor } from '../input.ts';
import { muteItem, mutedItems, pause, preferencesOf, savePreferences, unmuteItem } from './preferences.ts';
import { pushEndpoints } from './push/api.ts';
import { listNotices, markRead, markUnread, unreadCount } from './read.ts';

const TAG = 'Notifications';

const notice = z.object({
	id,
	kind: z.string(),
	sentence: z.string(),
	excerpt: z.string(),
	actor: z.object({ name: z.string(), image: z.string().nullable(), anonymous: z.boolean() }),
	href: z.string(),
	at: z.iso.datetime(),
	read: z.boolean()
});

const group = z.object({
	topic: id,
	title: z.string(),
	space: z.string(),
	item: id.nullable(),
	notices: z.array(notice)
});

const choice = z.strictObject({
	kind: words(60),
	inPage: z.boolean('must be true or false'),
	mail: mailChoice,
	push: mailChoice.optional()
});
const ids = z.strictObject({ ids: z.array(id).min(1, 'is needed').max(200, 'may have 200 at most') });

export const notifyEndpoints: Endpoint[] = [
	...pushEndpoints,
	endpoint({
		...{ method: 'GET', path: '/me/notifications', tag: TAG, scope: 'read' },
		summary: 'My notifications, grouped by what they are about',
		query: noticeFilter,
		response: z.object({ items: z.array(group), next: z.string().nullable(), unread: z.number() }),
		run: async ({ db, viewer, query }) => {
			const { groups, next } = await listNotices(db, viewer, query);
			return { items: groups, next, unread: await unreadCount(db, viewer) };
		}
	}),
	endpoint({
		...{ method: 'POST', path: '/me/notifications/read', tag: TAG, scope: 'write' },
		summary: 'Mark notifications as read',
		description: 'Without `ids`, all of them. The answer names those that were unread, to take it back with.',
		body: ids.partial(),
		response: z.object({ ids: z.array(id) }),
		run: async ({ db, viewer, body }) => ({ ids: await markRead(db, viewer, body) })
	}),
	endpoint({
		...{ method: 'POST', path: '/me/notifications/unread', tag: TAG, scope: 'write' },
		summary: 'Mark notifications as unread',
		body: ids,
		run: ({ db, viewer, body }) => markUnread(db, viewer, body.ids)
	}),
	endpoint({
		...{ method: 'GET', path: '/me/notification-settings', tag: TAG, scope: 'read' },
		summary: 'How I am told of each kind',
		response: z.object({
			choices: z.array(choice.required().extend({ label: z.string(), group: z.string() })),
			pausedUntil: z.iso.datetime().nullable()
		}),
		run: ({ db, viewer }) => preferencesOf(db, viewer)
	}),
	endpoint({
		...{ method: 'PUT', path: '/me/notification-settings', tag: TAG, scope: 'write' },
		summary: 'Change how I am told',
		description: 'Kinds that are left out stay as they are, and so does `push` (on devices) where it is left out.',
		body: z.strictObject({ choices: z.array(choice).min(1, 'is needed').max(50) }),
		example: { body: { choices: [{ kind: 'item.helped', inPage: true, mail: 'never' }] } },
		run: ({ db, viewer, body }) => savePreferences(db, viewer.id, body.choices)
	}),
	endpoint({
		...{ method: 'PUT', path: '/me/notification-pause', tag: TAG, scope: 'write' },
		summary: 'Be told nothing for a while',
		body: pauseFor,
		example: { body: { for: 'week' } },
		run: ({ db, viewer, body }) => pause(db, viewer.id, body.for)
	}),
	endpoint({
		...{ method: 'GET', path: '/me/muted', tag: TAG, scope: 'read', summary: 'What I hear nothing of' },
		response: z.object({ items: z.array(z.object({ id, kind: z.string(), title: z.string() })) }),
		run: async ({ db, viewer }) => ({ items: await mutedItems(db, viewer) })
	}),
	endpoint({
		...{ method: 'PUT', path: '/me/muted/{item}', tag: TAG, scope: 'write' },
		summary: 'Hear no more of an item',
		params: oneItem,
		run: ({ db, viewer, params }) => muteItem(db, viewer.id, params.item)
	}),
	endpoint({
		...{ method: 'DELETE', path: '/me/muted/{item}', tag: TAG, scope: 'write' },
		summary: 'Hear of an item again',
		params: oneItem,
		run: ({ db, viewer, params }) => unmuteItem(db, viewer.id, params.item)
	})
];
