import { z } from 'zod';
import { id } from '#src/core/items/input.ts';

const waiting = {
	...{ id, kind: z.string(), title: z.string(), href: z.string(), at: z.iso.datetime() },
	workMinutes: z.int().describe('Working time that has passed by your own hours; at most that of the last 60 days')
};

export const newcomers = z.object({
	joined: z.int().describe('In the last 30 days'),
	welcomed: z.int(),
	toWelcome: z.array(
		z.object({
			...{ id, name: z.string(), image: z.string().nullable(), headline: z.string(), joinedAt: z.iso.datetime() }
		})
	),
	times: z.object({
		people: z.int().nullable().describe('Newcomers who wrote something in the last 90 days; null for fewer than five'),
		p50Minutes: z.number().nullable().describe('Half got a first reply within so long; null where too many still wait'),
		p90Minutes: z.number().nullable()
	}),
	waiting: z.array(z.object({ ...waiting, person: z.object({ id, name: z.string() }) })),
	waitingInAll: z.int()
});

const questions = z.array(z.object({ ...waiting, answers: z.int(), needsInfo: z.boolean() }));
const named = z.object({ id, name: z.string() });
const somebody = z.object({ ...named.shape, isHere: z.boolean(), isYou: z.boolean() });
const page = { id, kind: z.string(), title: z.string(), href: z.string() };

const topic = z.object({
	tag: z.string(),
	useful: z.int().describe('Useful answers and articles of the last 180 days'),
	byOne: z.int().describe('How many of them are by the person'),
	person: somebody,
	others: z.int().describe('How many others have ever answered about it under their name'),
	askedToWriteAt: z.iso.datetime().nullable(),
	soughtAt: z.iso.datetime().nullable(),
	asked: z.int().nullable().describe('How many were asked to be a second; null for fewer than five'),
	yes: z.array(named)
});

const readers = z.object({
	quiet: z
		.object({ people: z.int(), minutes: z.int().nullable() })
		.nullable()
		.describe('Who said that something helped in the last 90 days and wrote nothing; null for fewer than five'),
	solved: z.array(z.object({ ...page, people: z.int(), minutes: z.int().nullable(), isFeatured: z.boolean() })),
	weak: z.array(
		z.object({
			...{ ...page, readers: z.int().describe('So many people or more'), author: somebody },
			askedAt: z.iso.datetime().nullable()
		})
	)
});

export const insights = z.object({
	dayMinutes: z.int().describe('How long your working day is, in minutes'),
	newcomers,
	unanswered: z.object({ questions, inAll: z.int() }),
	topics: z.array(topic),
	readers,
	onHome: z
		.object({ shown: z.boolean(), againAt: z.iso.datetime().nullable() })
		.describe('Whether Home tells you of newcomers whose first words wait longer than a working day')
});
