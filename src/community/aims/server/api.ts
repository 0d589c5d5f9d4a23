import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { id } from '#src/core/items/input.ts';
import { scopes, states } from '../aim.ts';
import { aimEdit, newAim, newAimReview, purposeEdit, scope } from '../input.ts';
import { readCommunityPlan } from './read.ts';
import { addAim, editAim, quietAim, removeAim, reviewAim, writePurpose } from './write.ts';

const tag = 'Community';
const get = { tag, scope: 'read', method: 'GET' } as const;
const write = { tag, scope: 'write' } as const;
const params = z.object({ id });
const day = z.iso.date();
const value = z.number().nullable();
const versionOnly = z.object({ version: z.number() });

const figure = z.object({
	...{ id, title: z.string(), unit: z.string(), href: z.string(), isActivity: z.boolean() },
	latest: z.object({ day, value: z.number() }).nullable()
});
const state = z.enum(states);
const review = z.object({ id, seenOn: day, value, state, learnt: z.string(), by: z.string().nullable() });
const aim = z.object({
	...{ id, title: z.string(), seen: z.string(), figure: figure.nullable(), hidden: z.boolean() },
	...{ baseline: value, baselineOn: day.nullable(), target: value, moved: z.string().nullable() },
	...{ reviewOn: day.nullable(), isDue: z.boolean(), quiet: z.boolean(), state, version: z.number() },
	reviews: z.array(review)
});
const plan = z.object({
	scope: z.object({ kind: z.enum(scopes), id, name: z.string(), href: z.string() }),
	...{ purpose: z.string(), version: z.number(), writtenBy: z.string().nullable(), canWrite: z.boolean() },
	aims: z.array(aim)
});
const example = {
	...{ title: 'New people ask in their first week', seen: 'Fewer parcels come back from the evening shift.' },
	reviewOn: '2199-06-01'
};

export const aimEndpoints: Endpoint[] = [
	endpoint({
		...{ ...get, path: '/community-plans/{kind}/{id}', summary: 'What a space or an area is looked after for' },
		description:
			'`kind` is `space` or `area`. Aims that a figure of the work shows stand first; a figure that is not open to me is left out.',
		params: scope,
		response: plan,
		run: ({ db, viewer, params }) => readCommunityPlan(db, viewer, params)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/community-plans/{kind}/{id}', summary: 'Write the purpose of a plan' },
		description: 'Send the `version` you started from; it is 0 for the first.',
		params: scope,
		body: purposeEdit,
		response: versionOnly,
		example: { body: { purpose: 'Nobody waits longer than a shift for an answer.', version: 0 } },
		run: async ({ db, viewer, params, body }) => ({ version: await writePurpose(db, viewer, params, body) })
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/community-plans/{kind}/{id}/aims', status: 201, summary: 'Add an aim' },
		description:
			'`seen` is what one would see at work. With `metricId` its newest value is captured as the baseline, and a `target` is needed.',
		params: scope,
		body: newAim,
		response: z.object({ id }),
		example: { body: example },
		run: async ({ db, viewer, params, body }) => ({ id: await addAim(db, viewer, params, body) })
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/aims/{id}', summary: 'Change an aim of a community' },
		params,
		body: aimEdit,
		response: versionOnly,
		example: { body: { ...example, version: 1 } },
		run: async ({ db, viewer, params, body }) => ({ version: await editAim(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/aims/{id}', summary: 'Take out an aim that nobody has reviewed' },
		params,
		run: ({ db, viewer, params }) => removeAim(db, viewer, params.id)
	}),
	endpoint({
		...{
			...write,
			method: 'POST',
			path: '/aims/{id}/reviews',
			status: 201,
			summary: 'Record what was learnt from an aim'
		},
		description: 'It never changes. An aim that goes on (`open`) has a `next` day of review.',
		params,
		body: newAimReview,
		response: z.object({ id }),
		example: { body: { state: 'open', learnt: 'They ask each other, not here.', next: '2199-09-01' } },
		run: async ({ db, viewer, params, body }) => ({ id: await reviewAim(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/aims/{id}/quiet', summary: 'Keep a review off my home page' },
		description: 'Until its next day.',
		params,
		run: ({ db, viewer, params }) => quietAim(db, viewer, params.id)
	})
];
