import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { id } from '#src/core/items/input.ts';
import { welcomeWords } from '../input.ts';
import { insights } from './api-shapes.ts';
import { readInsights } from './read.ts';
import { welcome } from './welcome.ts';

const tag = 'Communities';

/** For whoever looks after a space: its stewards, and community managers who read it. */
export const insightEndpoints: Endpoint[] = [
	endpoint({
		...{ tag, scope: 'read', method: 'GET', path: '/spaces/{id}/insights' },
		summary: 'What there is to do for the people of a space',
		description:
			'For its stewards, and community managers who read it. No person is ranked; numbers of people are told from five on.',
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
	})
];
