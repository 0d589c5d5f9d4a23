import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { id } from '#src/core/items/input.ts';
import { hushFor, welcomeWords } from '../input.ts';
import { insights } from './api-shapes.ts';
import { hush, showAgain } from './hush.ts';
import { readInsights } from './read.ts';
import { welcome } from './welcome.ts';

const tag = 'Communities';

/** For whoever looks after a space: its stewards, those who share an area it is in, and community managers who read it. */
export const insightEndpoints: Endpoint[] = [
	endpoint({
		...{ tag, scope: 'read', method: 'GET', path: '/spaces/{id}/insights' },
		summary: 'What there is to do for the people of a space',
		description:
			'For its stewards, those who share an area it is in, and community managers who read it. No person is ranked; numbers of people are told from five on.',
		params: z.object({ id }),
		response: insights,
		run: ({ db, viewer, params }) => readInsights(db, viewer, params.id)
	}),
	endpoint({
		...{ tag, scope: 'write', method: 'PUT', path: '/spaces/{id}/welcomes/{person}' },
		summary: 'Welcome somebody who joined a space in the last 30 days',
		description: 'They hear of it once: who comes second gets 409.',
		params: z.object({ id, person: id }),
		body: welcomeWords,
		example: { body: { line: 'Welcome, Noor. Ask here whatever you need.' } },
		run: ({ db, viewer, params, body }) => welcome(db, viewer, params.id, params.person, body)
	}),
	endpoint({
		...{ tag, scope: 'write', method: 'PUT', path: '/spaces/{id}/insights/hush' },
		summary: 'Do not tell me on Home of newcomers of a space who wait',
		params: z.object({ id }),
		body: hushFor,
		run: ({ db, viewer, params, body }) => hush(db, viewer, params.id, body)
	}),
	endpoint({
		...{ tag, scope: 'write', method: 'DELETE', path: '/spaces/{id}/insights/hush' },
		summary: 'Tell me on Home again',
		params: z.object({ id }),
		run: ({ db, viewer, params }) => showAgain(db, viewer, params.id)
	})
];
