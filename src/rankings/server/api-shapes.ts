import { z } from 'zod';
import { id } from '#src/core/items/input.ts';
import { itemRow, itemView } from '#src/core/items/server/api-shapes.ts';
import { contexts, statuses } from '../ranking.ts';

const time = z.iso.datetime();
const day = z.iso.date();
const move = z.enum(['up', 'down', 'same', 'new', 'back']);
const person = z.object({ id, name: z.string() });
const said = { id, person, why: z.string(), context: z.enum(contexts) };
const standing = { place: z.number(), tied: z.boolean(), points: z.number(), ballots: z.number(), move };

export const result = z.object({
	...{ title: z.string(), year: z.number(), ballots: z.number(), most: z.number(), places: z.number() },
	comparedWith: z.object({ id, year: z.number(), hash: z.string() }).nullable(),
	entries: z.array(z.object({ ...standing, toolId: id, name: z.string(), was: z.number().nullable() })),
	off: z.array(z.object({ toolId: id, name: z.string(), was: z.number() })),
	note: z.string()
});

export const release = z.object({ number: z.number(), hash: z.string(), releasedAt: time, content: result });

export const rankingView = itemView.extend({
	...{ year: z.number(), status: z.enum(statuses), most: z.number(), places: z.number(), closesOn: day.nullable() },
	seriesId: id,
	editions: z.array(z.object({ id, year: z.number() })),
	nominees: z.array(z.object({ tool: person, nominations: z.array(z.object({ ...said, mine: z.boolean() })) })),
	...{ ballots: z.number(), voted: z.boolean(), canVote: z.boolean(), canCurate: z.boolean() },
	release: release.nullable(),
	releases: z.array(z.object({ number: z.number(), hash: z.string(), releasedAt: time })),
	opened: z.number()
});

export const rankingRow = itemRow.extend({
	...{ year: z.number(), status: z.enum(statuses), released: z.boolean(), voted: z.boolean() }
});

export const rankingDraft = z.object({
	...{
		id,
		spaceId: id,
		title: z.string(),
		bodyMd: z.string(),
		tags: z.array(z.string()),
		version: z.number(),
		year: z.number()
	},
	...{ most: z.number(), places: z.number(), closesOn: day.nullable(), status: z.enum(statuses) }
});

export const toolView = z.object({
	...{ id, name: z.string(), names: z.array(z.string()), ranking: z.object({ id, title: z.string() }) },
	history: z.array(z.object({ rankingId: id, year: z.number(), ...standing })),
	countsAs: person.nullable(),
	nominations: z.array(z.object({ ...said, year: z.number() })),
	merges: z.array(
		z.object({
			...{ tool: person, into: person, why: z.string(), by: z.string(), at: time },
			undone: z.object({ by: z.string(), at: time }).nullable()
		})
	),
	...{ opened: z.number(), canCurate: z.boolean(), others: z.array(person) }
});

export const releaseView = z.object({
	ranking: z.object({ id, title: z.string() }),
	release,
	newer: z.object({ number: z.number(), hash: z.string() }).nullable()
});
