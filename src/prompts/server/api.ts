import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { pageOf } from '#src/core/api/server/page.ts';
import { id } from '#src/core/items/input.ts';
import { itemRow, itemView } from '#src/core/items/server/api-shapes.ts';
import { itemFilter } from '#src/core/items/server/list.ts';
import { asideWhy, entryText, newPrompt, promptEdit } from '../input.ts';
import { drawWinners } from './draw.ts';
import { enterPrompt, leavePrompt, setAside } from './entries.ts';
import { listPrompts, readPrompt } from './read.ts';
import { editPrompt, makePrompt, promptToEdit } from './write.ts';

const tag = 'Prompts';
const get = { tag, scope: 'read', method: 'GET' } as const;
const write = { tag, scope: 'write' } as const;
const params = z.object({ id });
const someId = '0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77';
const day = z.iso.date();
const status = z.enum(['open', 'closed', 'drawn']);

const dates = { rule: z.string(), closesOn: day, announcesOn: day.nullable(), prizes: z.array(z.string()) };
const promptRow = itemRow.extend({ closesOn: day, status, entries: z.number(), entered: z.boolean() });
const promptView = itemView.extend({
	...{ ...dates, status, seedHash: z.string() },
	entries: z.array(
		z.object({
			...{ id, person: z.object({ id, name: z.string() }), answer: z.string(), why: z.string() },
			...{ version: z.number(), at: z.iso.datetime(), mine: z.boolean(), aside: z.string().nullable() }
		})
	),
	drawn: z
		.object({
			...{ seed: z.string(), entries: z.array(id) },
			winners: z.array(z.object({ entry: id, prize: z.string() }))
		})
		.nullable(),
	...{ canEnter: z.boolean(), canCurate: z.boolean(), canDraw: z.boolean() }
});
const draft = z.object({
	...{ id, spaceId: id, title: z.string(), bodyMd: z.string(), tags: z.array(z.string()), version: z.number() },
	...dates
});

const example = {
	...{ title: 'Which tool changed your week?', bodyMd: 'The list of last year may help.', rule: 'A tool, and why.' },
	...{ closesOn: '2999-04-26', announcesOn: '2999-05-03', prizes: ['A book', 'A book'] }
};

export const promptEndpoints: Endpoint[] = [
	endpoint({
		...{ ...get, path: '/prompts', summary: 'Prompts I may read, the liveliest first' },
		query: itemFilter,
		response: pageOf(promptRow),
		run: ({ db, viewer, query }) => listPrompts(db, viewer, query)
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/prompts', status: 201, summary: 'Ask something of all in a space' },
		description: 'With a rule for entries and a last day. Prizes need a day on which winners are announced.',
		body: newPrompt,
		response: z.object({ id }),
		example: { body: { spaceId: someId, ...example } },
		run: async ({ db, viewer, body }) => ({ id: await makePrompt(db, viewer, body) })
	}),
	endpoint({
		...{ ...get, path: '/prompts/{id}', summary: 'A prompt with its entries and winners' },
		description:
			'`seedHash` is SHA-256 of the seed. Once it is drawn, the lot of each entry is SHA-256 of `seed:entry`; the smallest lots win.',
		params,
		response: promptView,
		run: ({ db, viewer, params }) => readPrompt(db, viewer, params.id)
	}),
	endpoint({
		...{ ...get, path: '/prompts/{id}/draft', summary: 'A prompt as it is changed' },
		params,
		response: draft,
		run: ({ db, viewer, params }) => promptToEdit(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/prompts/{id}', summary: 'Change a prompt' },
		description: 'Send the `version` you started from. Rule, dates and prizes stay once somebody has entered.',
		params,
		body: promptEdit,
		response: z.object({ version: z.number() }),
		example: { body: { ...example, version: 1 } },
		run: async ({ db, viewer, params, body }) => ({ version: await editPrompt(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/prompts/{id}/entry', summary: 'Enter, or put my entry right' },
		params,
		body: entryText,
		example: { body: { answer: 'Sticky notes', why: 'They are in the way.' } },
		run: ({ db, viewer, params, body }) => enterPrompt(db, viewer, params.id, body)
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/prompts/{id}/entry', summary: 'Take my entry back' },
		params,
		run: ({ db, viewer, params }) => leavePrompt(db, viewer, params.id)
	}),
	endpoint({
		...{
			...write,
			method: 'PUT',
			path: '/prompts/{id}/entries/{entry}/aside',
			summary: 'Set an entry aside, saying why'
		},
		description: 'All read the reason. With an empty one it takes part again.',
		params: z.object({ id, entry: id }),
		body: asideWhy,
		example: { body: { why: 'It says no why.' } },
		run: ({ db, viewer, params, body }) => setAside(db, viewer, params.id, params.entry, body)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/prompts/{id}/winners', summary: 'Draw the winners and show the seed' },
		description: 'From the day of announcing on, once; it also happens by itself in the morning of that day.',
		params,
		run: ({ db, viewer, params }) => drawWinners(db, viewer, params.id)
	})
];
