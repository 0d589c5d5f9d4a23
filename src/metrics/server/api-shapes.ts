import { z } from 'zod';
import { id } from '#src/core/items/input.ts';
import { itemRow, itemView } from '#src/core/items/server/api-shapes.ts';
import { every } from '../metric.ts';

const day = z.iso.date();
const named = z.object({ id, name: z.string() });
const rule = z.enum(['outside', 'run', 'near limit']);
const bound = z.number().nullable();

const facts = {
	...{ unit: z.string(), better: z.enum(['more', 'less']), every: z.enum(every), counts: z.enum(['work', 'activity']) },
	...{ people: z.number(), least: bound, most: bound, zone: z.string() }
};
const { unit, better, every: rhythm, counts } = facts;

export const metricRow = itemRow.extend({
	...{ unit, better, every: rhythm, counts, owner: named, points: z.number() },
	latest: z.object({ day, value: z.number() }).nullable()
});

const point = z.object({ day, value: z.number(), signal: rule.nullable(), missing: z.number() });
const mark = z.object({
	...{ id, day, label: z.string() },
	about: z.object({ title: z.string(), href: z.string() }).nullable()
});

export const metricView = itemView.extend({
	...{
		...facts,
		owner: named,
		canKeep: z.boolean(),
		points: z.number(),
		first: day.nullable(),
		latest: point.nullable()
	},
	limits: z
		.object({ middle: z.number(), low: z.number(), high: z.number(), range: z.number(), from: z.number() })
		.nullable(),
	signals: z.array(z.object({ day, value: z.number(), rule })),
	gaps: z.array(z.object({ from: day, to: day, count: z.number() })),
	...{ marks: z.array(mark), table: z.array(point), before: day.nullable(), aside: z.number().nullable() }
});

export const metricDraft = z.object({
	...{ id, title: z.string(), bodyMd: z.string(), tags: z.array(z.string()), version: z.number() },
	...{ ...facts, fixed: z.boolean() }
});

export const points = z.object({ items: z.array(z.object({ day, value: z.number() })) });

export const taken = z.object({
	...{ id, taken: z.number(), replaced: z.number(), repeated: z.number(), asideCount: z.number() },
	aside: z.array(z.object({ line: z.number(), day: z.string(), value: z.string(), why: z.string() }))
});

export const intake = z.object({
	...{ id, title: z.string(), ...facts, asideCount: z.number() },
	aside: z.array(
		z.object({
			...{ id, line: z.number(), day: z.string(), value: z.string(), why: z.string() },
			...{ canTake: z.boolean(), at: z.iso.datetime() }
		})
	),
	intakes: z.array(
		z.object({
			...{ id, way: z.enum(['typed', 'file', 'api', 'webhook', 'pull']), source: z.string(), person: named.nullable() },
			...{ taken: z.number(), replaced: z.number(), repeated: z.number(), aside: z.number(), at: z.iso.datetime() }
		})
	)
});

const estimate = z.object({
	...{ value: z.number(), low: z.number(), high: z.number(), error: z.number() },
	...{ freedom: z.number(), smallest: z.number() }
});

const reckoned = z.object({
	...{ kind: z.literal('reckoned'), verdict: z.enum(['better', 'worse', 'open']), sentence: z.string() },
	...{ average: estimate, parts: z.array(estimate.extend({ name: z.string() })), assumptions: z.array(z.string()) },
	lines: z.array(z.object({ period: z.number(), fitted: z.number(), without: z.number() })),
	window: z.object({ from: day, to: day, before: z.number(), after: z.number() }),
	...{ rho: z.number(), lags: z.number() }
});

export const effectView = z.object({
	...{ id, title: z.string(), unit, every: rhythm, better, counts, marks: z.array(mark), mark: mark.nullable() },
	against: named.nullable(),
	effect: z
		.discriminatedUnion('kind', [reckoned, z.object({ kind: z.literal('refused'), reasons: z.array(z.string()) })])
		.nullable()
});

export const sources = z.object({
	...{ id, title: z.string() },
	sources: z.array(
		z.object({
			...{
				id,
				kind: z.enum(['webhook', 'http', 'postgres', 'mysql']),
				place: z.string(),
				query: z.string().nullable()
			},
			...{ everyHours: z.number().nullable(), lastAt: z.iso.datetime().nullable(), lastOk: z.boolean().nullable() },
			lastWords: z.string()
		})
	)
});
