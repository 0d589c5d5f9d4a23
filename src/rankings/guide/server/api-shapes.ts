import { z } from 'zod';
import { id } from '#src/core/items/input.ts';

const time = z.iso.datetime();
const day = z.iso.date();
const named = z.object({ id, name: z.string() });

const access = z.object({ id, person: named, from: day, until: day, running: z.boolean() });

export const guideView = z.object({
	ranking: z.object({ id, title: z.string(), spaceId: id }),
	space: z.object({ id, name: z.string(), slug: z.string() }).nullable(),
	isApart: z.boolean(),
	lines: z.array(
		z.object({
			...{ toolId: id, name: z.string(), place: z.number().nullable(), tied: z.boolean() },
			...{ written: z.boolean(), sample: z.boolean(), canRead: z.boolean() }
		})
	),
	editions: z.array(
		z.object({
			...{ id, number: z.number(), name: z.string(), issuedAt: time, hash: z.string(), pdfHash: z.string().nullable() },
			list: z.object({ rankingId: id, year: z.number(), hash: z.string() }),
			...{ pages: z.number().nullable(), failed: z.boolean(), canGet: z.boolean() }
		})
	),
	mine: z.array(access),
	...{ canRead: z.boolean(), canWrite: z.boolean(), canCurate: z.boolean(), canLetIn: z.boolean() },
	...{ access: z.array(access), people: z.array(named), spaces: z.array(named) }
});

const text = z.string();
export const entryDraft = z.object({
	...{ id, name: text, version: z.number(), spaceId: id, canBeSample: z.boolean() },
	...{ summary: text, features: text, own_work: text, learning: text, teaching: text, together: text }
});
