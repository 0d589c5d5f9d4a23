import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { id } from '#src/core/items/input.ts';
import { verdicts } from '../../plan/plan.ts';
import { helpedFilter } from '../input.ts';
import { helpedPdfAnswer } from './answer.ts';
import { readHelped } from './read.ts';

const get = { tag: 'Needs', scope: 'read', method: 'GET' } as const;

const rolled = z.object({
	...{ id, title: z.string(), href: z.string(), marks: z.number(), people: z.number() },
	minutes: z
		.object({ people: z.number(), sum: z.number(), low: z.number(), median: z.number(), high: z.number() })
		.nullable(),
	says: z.array(z.object({ text: z.string(), title: z.string(), href: z.string() }))
});

export const helpedEndpoints: Endpoint[] = [
	endpoint({
		...{ ...get, path: '/what-helped', summary: 'What helped in a quarter, by space and by problem at work' },
		description:
			'Minutes are as people say, with their quartiles. Nothing counts fewer than five people, and no sum holds what is left out.',
		query: helpedFilter,
		response: z.object({
			...{ quarter: z.string(), bySpace: z.array(rolled), byNeed: z.array(rolled) },
			...{ spacesLeftOut: z.number(), needsLeftOut: z.number() },
			reviews: z.array(
				z.object({
					...{ id, title: z.string(), figure: z.string(), baseline: z.number(), target: z.number(), value: z.number() },
					...{ verdict: z.enum(verdicts), says: z.string() }
				})
			)
		}),
		run: ({ db, viewer, query }) => readHelped(db, viewer, query)
	}),
	endpoint({
		...{ ...get, path: '/what-helped/pdf', summary: 'The same as PDF', sends: 'application/pdf' },
		query: helpedFilter,
		run: ({ db, viewer, query, origin }) => helpedPdfAnswer(db, viewer, query, origin)
	})
];
