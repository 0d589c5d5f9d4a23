import { z } from 'zod';
import { id } from '#src/core/items/input.ts';
import { itemRow, itemView } from '#src/core/items/server/api-shapes.ts';

const time = z.iso.datetime();
const day = z.iso.date();

export const shelf = z.object({
	...{ id, name: z.string(), of: z.enum(['person', 'space']) },
	spaceId: id.nullable()
});

export const find = z.object({
	...{ id, url: z.string(), title: z.string(), author: z.string(), site: z.string() },
	...{ publishedOn: day.nullable(), foundOn: day, foundBy: z.object({ id, name: z.string() }), note: z.string() },
	version: z.number(),
	citedIn: z.array(z.object({ id, month: z.string(), published: z.boolean() })),
	canEdit: z.boolean()
});

export const draftRow = z.object({
	...{ id, title: z.string(), month: z.string(), by: z.string(), picked: z.number(), wanted: z.number() },
	publishedAt: time.nullable()
});

export const draft = z.object({
	...{ id, shelf, spaceId: id, month: z.string(), title: z.string(), opening: z.string(), closing: z.string() },
	...{ wanted: z.number(), version: z.number(), publishedAt: time.nullable(), isChanged: z.boolean() },
	picks: z.array(
		z.object({
			...{ id, find, before: z.string(), why: z.string(), quote: z.string(), lesson: z.boolean() },
			...{ version: z.number(), odd: z.array(z.string()) }
		})
	)
});

const content = z.object({
	...{ title: z.string(), month: z.string(), by: z.string(), opening: z.string() },
	entries: z.array(
		z.object({
			...{ url: z.string(), title: z.string(), author: z.string(), site: z.string(), publishedOn: day.nullable() },
			...{ foundOn: day, before: z.string(), why: z.string(), quote: z.string(), lesson: z.boolean() }
		})
	),
	closing: z.string(),
	updates: z.array(z.object({ on: day, text: z.string(), url: z.string(), about: z.string() }))
});

export const edition = z.object({
	...{ number: z.number(), hash: z.string(), publishedAt: time, content },
	html: z.object({
		...{ opening: z.string(), closing: z.string() },
		entries: z.array(z.object({ before: z.string(), why: z.string() }))
	})
});

export const editionView = z.object({
	list: z.object({ id, title: z.string() }),
	edition,
	newer: z.object({ number: z.number(), hash: z.string() }).nullable()
});

export const listView = itemView.extend({
	...{ shelf, edition, canCurate: z.boolean(), subscribed: z.boolean() },
	editions: z.array(z.object({ number: z.number(), hash: z.string(), publishedAt: time })),
	...{ ask: z.boolean(), answer: z.boolean().nullable() },
	pulse: z.object({ id, title: z.string(), answered: z.number(), changed: z.number() }).nullable()
});

export const listRow = itemRow.extend({
	...{ month: z.string(), by: z.string(), shelfId: id, entries: z.number(), opening: z.string() }
});

export const subscription = z.object({ shelf, snoozedUntil: time.nullable() });
