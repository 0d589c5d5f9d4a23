import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { id } from '#src/core/items/input.ts';
import { causeNames, type CauseName } from '../../causes.ts';
import { newPulse, pulseSheet } from '../input.ts';
import { answerPulse, closePulse, declinePulse, openPulse } from './pulse.ts';
import { readPulse } from './read.ts';

const tag = 'Needs';
const write = { tag, scope: 'write' } as const;
const params = z.object({ id });
const known = z.number().nullable();
const said = z.object({ lean: z.enum(['most', 'split', 'few', 'unknown']), yes: known, no: known });
const result = z.object({
	answered: z.number(),
	said: z.object(Object.fromEntries(causeNames.map((name) => [name, said])) as Record<CauseName, typeof said>)
});
const view = z.object({
	open: z
		.object({
			...{ id, closesOn: z.iso.date(), asked: z.number(), answered: known },
			you: z.enum(['asked', 'answered', 'spared', 'not_asked'])
		})
		.nullable(),
	last: z.object({ closedAt: z.iso.datetime(), asked: z.number(), result: result.nullable() }).nullable()
});

export const pulseEndpoints: Endpoint[] = [
	endpoint({
		...{ tag, scope: 'read', method: 'GET', path: '/needs/{id}/pulse', summary: 'What those who do the work say' },
		description:
			'Once it is closed, and from five answers on: which way they lean, and numbers where either side has five people or more.',
		params,
		response: view,
		run: ({ db, viewer, params }) => readPulse(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/needs/{id}/pulse', summary: 'Ask those who do the work' },
		description: 'The members of the space who do not work it out themselves; never fewer than five.',
		params,
		body: newPulse,
		example: { body: { closesOn: '2030-03-12' } },
		run: ({ db, viewer, params, body }) => openPulse(db, viewer, params.id, body)
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/needs/{id}/pulse', summary: 'Ask no longer, and see what they said' },
		params,
		run: ({ db, viewer, params }) => closePulse(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/needs/{id}/pulse/answers', confidential: true, summary: 'Answer a pulse' },
		description: 'Once, and for good. Nothing says who answered what: only how many said what is kept.',
		params,
		body: pulseSheet,
		example: { body: { tools: 'no', knowledge: 'yes' } },
		run: ({ db, viewer, params, body }) => answerPulse(db, viewer, params.id, body)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/needs/{id}/pulse/declined', summary: 'Not be asked this time' },
		params,
		run: ({ db, viewer, params }) => declinePulse(db, viewer, params.id)
	})
];
