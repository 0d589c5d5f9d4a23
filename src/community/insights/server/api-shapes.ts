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

export const insights = z.object({ dayMinutes: z.int(), newcomers });
