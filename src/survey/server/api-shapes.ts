import { z } from 'zod';
import { id } from '#src/core/items/input.ts';
import { itemRow, itemView } from '#src/core/items/server/api-shapes.ts';
import { questionTypes } from '../survey.ts';

const day = z.iso.date();
const status = z.enum(['preparing', 'open', 'closed']);

const question = z.object({
	...{ key: z.string(), type: z.enum(questionTypes), label: z.string(), hint: z.string() },
	...{ required: z.boolean(), about: z.boolean(), rows: z.array(z.string()), options: z.array(z.string()) },
	bands: z.array(z.number()),
	showIf: z.object({ key: z.string(), options: z.array(z.number()) }).nullable()
});

export const surveyRow = itemRow.extend({
	...{ status, edition: z.string(), minutes: z.number(), answered: z.boolean() }
});

export const surveyView = itemView.extend({
	...{ status, anonymous: z.boolean(), minCell: z.number(), releaseEvery: z.number(), closesOn: day.nullable() },
	...{ edition: z.string(), language: z.string(), languages: z.array(z.string()), minutes: z.number() },
	...{ asks: z.number(), answered: z.boolean(), canSeeResults: z.boolean(), canKeep: z.boolean() },
	...{ answers: z.number().nullable(), hasLink: z.boolean() },
	editions: z.array(z.object({ id, edition: z.string(), title: z.string() }))
});

export const surveyToAnswer = z.object({
	...{ id, title: z.string(), introHtml: z.string(), anonymous: z.boolean(), version: z.number() },
	...{ language: z.string(), languages: z.array(z.string()), minutes: z.number(), questions: z.array(question) },
	...{ values: z.record(z.string(), z.string()), resume: z.string() }
});

export const surveyToEdit = z.object({
	...{ id, spaceId: id, title: z.string(), bodyMd: z.string(), tags: z.array(z.string()), version: z.number() },
	...{ anonymous: z.boolean(), minCell: z.number(), releaseEvery: z.number(), language: z.string() },
	...{ closesOn: day.nullable(), edition: z.string(), answered: z.boolean(), questions: z.array(question) },
	translations: z.record(z.string(), z.record(z.string(), z.string()))
});

const interval = z.object({ low: z.number(), high: z.number() });

const distribution = z.object({
	n: z.number(),
	parts: z.array(
		z.object({
			...{ places: z.array(z.number()), labels: z.array(z.string()), count: z.number(), share: z.number() },
			interval
		})
	)
});

export const results = z.object({
	...{ id, title: z.string(), edition: z.string(), status, minCell: z.number(), releaseEvery: z.number() },
	...{ n: z.number(), releases: z.number(), releasedOn: day.nullable(), moved: z.number().nullable() },
	versions: z.array(z.object({ number: z.number(), n: z.number(), on: day })),
	segments: z.array(z.object({ key: z.string(), label: z.string() })),
	by: z.string().nullable(),
	questions: z.array(
		z.object({
			...{ key: z.string(), type: z.enum(questionTypes), label: z.string(), hint: z.string() },
			options: z.array(z.string()),
			rows: z.array(
				z.object({
					...{ key: z.string(), label: z.string(), all: distribution.nullable() },
					groups: z.array(z.object({ label: z.string(), distribution }))
				})
			),
			places: z
				.object({
					...{ n: z.number(), places: z.array(z.string()) },
					rows: z.array(z.object({ label: z.string(), shares: z.array(z.number()) }))
				})
				.nullable(),
			said: z.array(z.string())
		})
	),
	canKeep: z.boolean()
});

export const trend = z.object({
	...{ id, title: z.string(), edition: z.string() },
	editions: z.array(z.object({ id: id.nullable(), label: z.string(), n: z.number() })),
	questions: z.array(
		z.object({
			...{ key: z.string(), label: z.string(), counts: z.string() },
			lines: z.array(
				z.object({
					label: z.string(),
					points: z.array(z.object({ chosen: z.number(), n: z.number(), share: z.number(), interval }).nullable()),
					change: z.object({ difference: z.number(), interval, p: z.number() }).nullable()
				})
			)
		})
	)
});

export const textsToRead = z.object({
	survey: z.object({ id, title: z.string() }),
	questions: z.array(z.object({ key: z.string(), label: z.string(), texts: z.array(z.string()) }))
});

export const namedAnswers = z.object({
	person: z.object({ id, name: z.string() }),
	answers: z.array(z.object({ name: z.string(), label: z.string(), words: z.string() }))
});
