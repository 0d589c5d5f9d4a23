import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { rest, sheet } from '../input.ts';
import { answerQuarter, autonomyPulseFor, restFrom } from './pulse.ts';

const TAG = 'Autonomy';

const said = z
	.object({
		lean: z.enum(['most', 'split', 'few']),
		share: z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable()
	})
	.nullable();

export const saidQuarter = z.object({
	...{ quarter: z.string(), answered: z.int().nullable() },
	said: z.object({ decide: said, leave: said })
});

export const pulseEndpoints: Endpoint[] = [
	endpoint({
		...{ method: 'GET', path: '/me/autonomy-pulse', tag: TAG, scope: 'read' },
		summary: 'Whether I am asked how I am reached',
		response: z.object({
			...{ quarter: z.string(), isAsked: z.boolean(), answered: z.boolean(), rests: z.string().nullable() }
		}),
		run: ({ db, viewer }) => autonomyPulseFor(db, viewer)
	}),
	endpoint({
		...{ method: 'PUT', path: '/me/autonomy-pulse', tag: TAG, scope: 'write', confidential: true },
		summary: 'Say whether I decide what reaches me',
		description: 'Once a quarter, from 1 (not at all) to 5 (fully). Only how many said what is kept.',
		body: sheet,
		example: { body: { decide: '4', leave: '5' } },
		run: ({ db, viewer, body }) => answerQuarter(db, viewer, body)
	}),
	endpoint({
		...{ method: 'PUT', path: '/me/autonomy-pulse/rest', tag: TAG, scope: 'write' },
		summary: 'Not be asked this quarter, for a week, or ever',
		body: rest,
		example: { body: { for: 'week' } },
		run: ({ db, viewer, body }) => restFrom(db, viewer, body.for)
	})
];
