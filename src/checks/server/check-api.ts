import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { pageOf } from '#src/core/api/server/page.ts';
import { id } from '#src/core/items/input.ts';
import { author, itemRow, itemView } from '#src/core/items/server/api-shapes.ts';
import { itemFilter } from '#src/core/items/server/list.ts';
import { checkEdit, newCheck, signOffNote } from '../input.ts';
import { editCheck, writeCheck } from './checks.ts';
import { listChecks, readCheck } from './read.ts';
import { signOff } from './signoff.ts';

const tag = 'Checks';
const params = z.object({ id });
const support = z.object({ id, title: z.string(), href: z.string() }).nullable();

const check = itemView.extend({
	...{ minutes: z.number(), contentMinutes: z.number(), passPercent: z.number(), questions: z.number() },
	job: z.object({ seconds: z.number(), clock: z.string() }).nullable(),
	objectives: z.array(z.object({ objectiveId: id, title: z.string(), draws: z.number(), ready: z.number() })),
	content: z.array(itemRow),
	support: z.object({ expert: author.nullable(), thread: support, faq: support }),
	signOff: z
		.object({
			...{ by: z.object({ id, name: z.string() }), at: z.iso.datetime(), note: z.string() },
			...{ questions: z.number(), current: z.boolean() }
		})
		.nullable(),
	maySignOff: z.boolean(),
	bankId: id.nullable()
});

const example = {
	...{ title: 'Taking goods back', minutes: 8, contentMinutes: 20 },
	objectives: [{ title: 'Takes back goods without a receipt', draws: 2 }]
};

export const ownEndpoints: Endpoint[] = [
	endpoint({
		...{ tag, scope: 'read', method: 'GET', path: '/checks', summary: 'Checks I may take, the liveliest first' },
		query: itemFilter,
		response: pageOf(itemRow.extend({ minutes: z.number(), questions: z.number() })),
		run: ({ db, viewer, query }) => listChecks(db, viewer, query)
	}),
	endpoint({
		...{ tag, scope: 'write', method: 'POST', path: '/checks', status: 201, summary: 'Write a check' },
		description:
			'Without a `bankId` it has a bank of its own, whose questions are written at `/banks/{id}/questions`. More than 15 minutes are refused by the rule `flow-budget`.',
		body: newCheck,
		response: z.object({ id }),
		example: { body: { spaceId: '0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77', ...example } },
		run: async ({ db, viewer, body }) => ({ id: await writeCheck(db, viewer, body) })
	}),
	endpoint({
		...{ tag, scope: 'read', method: 'GET', path: '/checks/{id}', summary: 'A check: what it asks for, never how' },
		params,
		response: check,
		run: ({ db, viewer, params }) => readCheck(db, viewer, params.id)
	}),
	endpoint({
		...{ tag, scope: 'write', method: 'PUT', path: '/checks/{id}', summary: 'Change a check' },
		description: 'It holds for attempts that begin from now on.',
		params,
		body: checkEdit,
		response: z.object({ version: z.number() }),
		example: { body: { ...example, version: 1 }, response: { version: 2 } },
		run: async ({ db, viewer, params, body }) => ({ version: await editCheck(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ tag, scope: 'write', method: 'PUT', path: '/checks/{id}/sign-off', summary: 'Sign off that it is valid' },
		description:
			'For stewards of its space and managers in it. It is out of date once a question or what is drawn changes.',
		params,
		body: signOffNote,
		example: { body: { note: 'As the shop does it since May.' } },
		run: ({ db, viewer, params, body }) => signOff(db, viewer, params.id, body)
	})
];
