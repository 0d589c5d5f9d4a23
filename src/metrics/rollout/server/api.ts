import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { pageOf } from '#src/core/api/server/page.ts';
import { id } from '#src/core/items/input.ts';
import { itemRow, itemView } from '#src/core/items/server/api-shapes.ts';
import { itemFilter } from '#src/core/items/server/list.ts';
import { every } from '../../metric.ts';
import { newDeparture, newRollout, rolloutEdit } from '../input.ts';
import { recordDeparture } from './departures.ts';
import { drawOrder } from './draw.ts';
import { listRollouts, readRollout } from './read.ts';
import { editRollout, planRollout, rolloutToEdit } from './write.ts';

const tag = 'Figures';
const get = { tag, scope: 'read', method: 'GET' } as const;
const write = { tag, scope: 'write' } as const;
const params = z.object({ id });
const made = z.object({ id });
const someId = '0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77';
const day = z.iso.date();
const named = z.object({ id, name: z.string() });

const times = { startsOn: day, steps: z.number(), stepPeriods: z.number(), basePeriods: z.number() };
const cell = z.object({ mean: z.number().nullable(), values: z.number(), has: z.boolean().nullable() });
const refused = z.object({ kind: z.literal('refused'), reasons: z.array(z.string()) });
const reckoned = z.object({
	...{ kind: z.literal('reckoned'), verdict: z.enum(['better', 'worse', 'open']), sentence: z.string() },
	...{ value: z.number(), low: z.number(), high: z.number(), chance: z.number(), smallest: z.number() },
	...{ orders: z.number(), all: z.boolean(), assumptions: z.array(z.string()) }
});
const rolloutView = itemView.extend({
	...{ ...times, unit: z.string(), better: z.enum(['more', 'less']), every: z.enum(every), endsOn: day },
	parts: z.array(z.object({ from: day, to: day })),
	places: z.array(
		z.object({
			...{ id, title: z.string().nullable(), step: z.number().nullable(), day: day.nullable() },
			cells: z.array(cell).nullable()
		})
	),
	...{ seedHash: z.string(), orders: z.number() },
	drawn: z.object({ seed: z.string(), at: z.iso.datetime(), by: named.nullable() }).nullable(),
	next: z.object({ day, places: z.array(z.string()) }).nullable(),
	departures: z.array(
		z.object({
			...{ id, place: id, title: z.string(), beganOn: day.nullable(), why: z.string(), person: named.nullable() },
			...{ at: z.iso.datetime(), counts: z.boolean() }
		})
	),
	...{ canKeep: z.boolean(), canDraw: z.boolean() },
	effect: z.discriminatedUnion('kind', [reckoned, refused]).nullable()
});
const draft = z.object({
	...{ id, spaceId: id, title: z.string(), bodyMd: z.string(), tags: z.array(z.string()), version: z.number() },
	...{ ...times, places: z.array(id), fixed: z.boolean() }
});

const example = {
	...{ title: 'The new job aid for returns', bodyMd: 'Shown by a colleague, then it hangs at the counter.' },
	places: ['0', '1', '2', '3'].map((digit) => `${someId.slice(0, -1)}${digit}`),
	...{ startsOn: '2999-03-04', steps: 4, stepPeriods: 4, basePeriods: 8 }
};

export const rolloutEndpoints: Endpoint[] = [
	endpoint({
		...{ ...get, path: '/rollouts', summary: 'Roll-outs I may read, the liveliest first' },
		query: itemFilter,
		response: pageOf(itemRow.extend({ startsOn: day, places: z.number(), drawn: z.boolean() })),
		run: ({ db, viewer, query }) => listRollouts(db, viewer, query)
	}),
	endpoint({
		...{
			...write,
			method: 'POST',
			path: '/rollouts',
			status: 201,
			summary: 'Plan that something comes to place after place'
		},
		description:
			'`places` are figures that you look after, one for each place, all counted alike. At each of `steps` it comes to as many; `stepPeriods` lie between two, and `basePeriods` before the first count.',
		body: newRollout,
		response: made,
		example: { body: { spaceId: someId, ...example } },
		run: async ({ db, viewer, body }) => ({ id: await planRollout(db, viewer, body) })
	}),
	endpoint({
		...{ ...get, path: '/rollouts/{id}', summary: 'A roll-out with its order, its values and what it changed' },
		description:
			'`seedHash` is SHA-256 of the seed. Once it is drawn, the lot of each place is SHA-256 of `seed:place`; the smallest lots come first. What it changed is reckoned once it is over, with a 95 % interval by the orders that could have been drawn; or with the reasons why the data cannot tell.',
		params,
		response: rolloutView,
		run: ({ db, viewer, params }) => readRollout(db, viewer, params.id)
	}),
	endpoint({
		...{ ...get, path: '/rollouts/{id}/draft', summary: 'A roll-out as its form begins' },
		params,
		response: draft,
		run: ({ db, viewer, params }) => rolloutToEdit(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/rollouts/{id}', summary: 'Change a roll-out' },
		description: 'Send the `version` you started from. Once the order is drawn, only its words change.',
		params,
		body: rolloutEdit,
		response: z.object({ version: z.number() }),
		example: { body: { ...example, version: 1 } },
		run: async ({ db, viewer, params, body }) => ({ version: await editRollout(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/rollouts/{id}/order', summary: 'Draw the order of a roll-out' },
		description: 'Once, before its first day. It shows the seed and marks in each figure when its turn comes.',
		params,
		run: ({ db, viewer, params }) => drawOrder(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/rollouts/{id}/departures', status: 201 },
		summary: 'Record that a place began earlier or later than drawn',
		description: 'Without `beganOn` they never did. What it changed is reckoned as drawn all the same.',
		params,
		body: newDeparture,
		response: made,
		example: { body: { place: someId, beganOn: '2030-03-01', why: 'They had seen it next door.' } },
		run: async ({ db, viewer, params, body }) => ({ id: await recordDeparture(db, viewer, params.id, body) })
	})
];
