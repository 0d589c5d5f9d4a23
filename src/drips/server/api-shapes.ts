import { z } from 'zod';
import { id } from '#src/core/items/input.ts';
import { itemRow, itemView } from '#src/core/items/server/api-shapes.ts';
import { tipKinds } from '../input.ts';

const time = z.iso.datetime();
const named = z.object({ id, name: z.string() });
const kind = z.enum(tipKinds);

export const draftRow = z.object({
	...{ id, title: z.string(), tips: z.number(), waiting: z.number() },
	publishedAt: time.nullable()
});

export const draft = z.object({
	...{ id, spaceId: id, title: z.string(), about: z.string(), alone: z.boolean() },
	...{ version: z.number(), publishedAt: time.nullable() },
	authors: z.array(named),
	tips: z.array(
		z.object({
			...{ id, kind, title: z.string(), body: z.string(), version: z.number(), publishedAt: time.nullable() },
			problems: z.array(z.string())
		})
	)
});

const tip = z.object({
	...{ id, kind, title: z.string(), bodyHtml: z.string(), version: z.number() },
	...{ publishedAt: time, seenAt: time.nullable(), known: z.boolean() }
});

const coming = z.object({
	...{ days: z.array(z.number()), every: z.number(), minute: z.number().nullable() },
	...{ byMail: z.boolean(), byFeed: z.boolean(), byChat: z.boolean() },
	...{ pausedUntil: time.nullable(), nextAt: time.nullable() }
});

export const following = z.object({
	...{ drip: named, coming, tips: z.number(), seen: z.number(), next: named.nullable() }
});

export const chat = z.object({ host: z.string(), problem: z.string() });

export const dripView = itemView.extend({
	...{ authors: z.array(named), tips: z.array(tip), coming: coming.nullable(), canWriteTips: z.boolean() }
});

export const tipPage = z.object({
	drip: named.extend({ space: z.object({ slug: z.string(), name: z.string() }) }),
	...{ tip, place: z.number(), of: z.number(), before: id.nullable(), after: id.nullable() },
	corrections: z.array(z.object({ at: time, note: z.string() })),
	canWriteTips: z.boolean()
});

export const dripRow = itemRow.extend({ by: z.array(z.string()), tips: z.number(), seen: z.number() });
