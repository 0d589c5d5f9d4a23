import { z } from 'zod';
import { id } from '#src/core/items/input.ts';
import { deeds, places } from '../rule.ts';

const time = z.iso.datetime();
const media = z.object({ url: z.string(), type: z.string(), seconds: z.number().nullable() });

export const subscriptionView = z.object({
	...{ id, feedId: id, title: z.string(), folder: z.string(), url: z.string(), siteUrl: z.string() },
	state: z.enum(['waiting', 'live', 'failing', 'gone']),
	problem: z.string(),
	/** In words. */
	pace: z.string(),
	...{ checkedAt: time.nullable(), nextCheckAt: time, unread: z.number() },
	space: z.object({ id, name: z.string(), slug: z.string() }).nullable(),
	canEdit: z.boolean(),
	/** A time, or "for good". */
	mutedUntil: z.string().nullable()
});

export const entryLine = z.object({
	...{ id, title: z.string(), url: z.string(), author: z.string(), excerpt: z.string(), minutes: z.number() },
	...{ publishedAt: time.nullable(), oddDate: z.string(), foundAt: time, isRead: z.boolean() },
	media: z.array(media),
	sources: z.array(z.object({ subscriptionId: id, title: z.string() })),
	why: z.string(),
	rules: z.array(
		z.object({ id, words: z.array(z.string()), deed: z.enum(deeds), tag: z.string(), space: z.string().nullable() })
	)
});

export const entryView = entryLine.extend({
	...{ html: z.string(), tags: z.array(z.string()) },
	whole: z.object({ url: z.string(), readAt: time }).nullable(),
	tellings: z.array(
		z.object({ id, subscriptionId: id, feed: z.string(), title: z.string(), url: z.string(), joined: z.boolean() })
	),
	apart: z.enum(['me', 'all']).nullable(),
	canPartForAll: z.boolean()
});

export const ruleView = z.object({
	...{ id, words: z.array(z.string()), place: z.enum(places), deed: z.enum(deeds), tag: z.string() },
	space: z.object({ id, name: z.string(), slug: z.string() }).nullable(),
	...{ canEdit: z.boolean(), isOff: z.boolean(), found: z.number(), createdAt: time }
});

export const suggestion = z.object({
	...{ title: z.string(), url: z.string(), siteUrl: z.string(), description: z.string() },
	...{ kind: z.enum(['space', 'work']), name: z.string(), readers: z.number() }
});
