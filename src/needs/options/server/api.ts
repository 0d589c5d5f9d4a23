import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { id } from '#src/core/items/input.ts';
import { causeNames } from '../../causes.ts';
import { starterNames } from '../catalogue.ts';
import { newOption } from '../input.ts';
import { addOption, listOptions, withdrawOption } from './options.ts';

const tag = 'Needs';

/** An option as the API sends it. */
export const option = z.object({
	...{ id: z.string(), label: z.string(), fits: z.string(), outside: z.string() },
	causes: z.array(z.enum(causeNames)),
	starters: z.array(z.enum(starterNames)),
	...{ hoursMake: z.number(), days: z.number(), by: z.object({ id, name: z.string() }).nullable() },
	canWithdraw: z.boolean()
});

export const optionEndpoints: Endpoint[] = [
	endpoint({
		...{ tag, scope: 'read', method: 'GET', path: '/options', summary: 'What can be done beside courses' },
		response: z.object({ items: z.array(option) }),
		run: async ({ db, viewer }) => ({ items: await listOptions(db, viewer) })
	}),
	endpoint({
		...{ tag, scope: 'write', method: 'POST', path: '/options', status: 201, summary: 'Add one more way to help' },
		body: newOption,
		response: z.object({ id }),
		example: {
			body: {
				...{
					label: 'A morning in the other shift',
					fits: 'Two shifts that blame each other.',
					causes: ['expectations']
				},
				...{ outside: 'Swap two people for a morning, and let them tell the others.', hoursMake: 8, days: 7 }
			}
		},
		run: async ({ db, viewer, body }) => ({ id: await addOption(db, viewer, body) })
	}),
	endpoint({
		...{ tag, scope: 'write', method: 'DELETE', path: '/options/{id}', summary: 'Take one out of the catalogue' },
		params: z.object({ id }),
		run: ({ db, viewer, params }) => withdrawOption(db, viewer, params.id)
	})
];
