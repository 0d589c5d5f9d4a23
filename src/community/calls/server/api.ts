import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { id } from '#src/core/items/input.ts';
import { callAnswer, newCall } from '../input.ts';
import { answerCall, myCalls } from './answer.ts';
import { makeCall } from './make.ts';

const tag = 'Communities';
const params = z.object({ id });

const call = z.object({
	...{ id, space: z.object({ slug: z.string(), name: z.string() }), tag: z.string() },
	...{ by: z.object({ id, name: z.string() }), at: z.iso.datetime(), answer: z.enum(['yes', 'no']).nullable() }
});

export const callEndpoints: Endpoint[] = [
	endpoint({
		...{ tag, scope: 'write', method: 'POST', path: '/spaces/{id}/calls', status: 201 },
		summary: 'Ask for what an insight names',
		description:
			'`write`: whoever a tag hangs on is asked to write it down. `second`: others are asked to answer about it too; whom, is told to nobody. `improve`: the author of a page that many read and that helps few. The same is asked once in 30 days.',
		params,
		body: newCall,
		response: z.object({ id }),
		example: { body: { kind: 'second', topic: 'till' } },
		run: async ({ db, viewer, params, body }) => ({ id: await makeCall(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ tag, scope: 'read', method: 'GET', path: '/me/calls', summary: 'Topics that seek me as a second person' },
		response: z.object({ items: z.array(call) }),
		run: async ({ db, viewer }) => ({ items: await myCalls(db, viewer) })
	}),
	endpoint({
		...{ tag, scope: 'write', method: 'PUT', path: '/me/calls/{id}/answer', summary: 'Say yes or no to it' },
		description:
			'Yes: you follow the tag and can be asked about it, and those who look after the space read your name. No: nobody is told.',
		params,
		body: callAnswer,
		run: ({ db, viewer, params, body }) => answerCall(db, viewer, params.id, body)
	})
];
