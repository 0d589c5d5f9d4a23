import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { id } from '#src/core/items/input.ts';
import { option } from '../../options/server/api.ts';
import { madeOfStep, newReview, newStep, planEdit, stepEdit } from '../input.ts';
import { verdicts } from '../plan.ts';
import { readBudget, readPlan } from './read.ts';
import { addStep, attachToStep, editStep, finishStep, removeStep } from './steps.ts';
import { reviewPlan, writePlan } from './write.ts';

const get = { tag: 'Needs', scope: 'read', method: 'GET' } as const;
const write = { tag: 'Needs', scope: 'write' } as const;
const params = z.object({ id });
const ofStep = z.object({ id, step: id });
const named = z.object({ id, name: z.string() });
const titled = z.object({ id, title: z.string() }).nullable();
const day = z.iso.date();
const versionOnly = z.object({ version: z.number() });
const someId = '0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77';

const kept = z.object({
	...{ id, title: z.string(), unit: z.string(), href: z.string(), isActivity: z.boolean() },
	latest: z.object({ day, value: z.number() }).nullable()
});
const step = z.object({
	...{ id, option: option.nullable(), title: z.string(), owner: named, byOn: day, version: z.number() },
	made: z.object({ title: z.string(), href: z.string().nullable() }).nullable(),
	...{ doneAt: z.iso.datetime().nullable(), canFinish: z.boolean() },
	begins: z.array(z.object({ label: z.string(), href: z.string() }))
});
const plan = z.object({
	...{ owner: named, hypothesis: z.string(), figure: z.string(), kept: kept.nullable(), metricId: id.nullable() },
	...{
		baseline: z.number(),
		baselineOn: day,
		baselineSource: z.string(),
		target: z.number(),
		reviewOn: day.nullable()
	},
	...{ currency: z.string(), budget: z.number(), saves: z.number(), funds: titled, fundsNote: z.string() },
	...{ version: z.number(), steps: z.array(step) },
	reviews: z.array(
		z.object({ id, seenOn: day, value: z.number(), verdict: z.enum(verdicts), says: z.string(), by: z.string() })
	)
});

export const planEndpoints: Endpoint[] = [
	endpoint({
		...{ ...get, path: '/needs/{id}/plan', summary: 'The support plan of a problem, and what fits its causes' },
		params,
		response: z.object({
			need: z.object({ id, title: z.string(), spaceId: id }),
			...{ plan: plan.nullable(), isConcluded: z.boolean(), canWork: z.boolean(), options: z.array(option) }
		}),
		run: ({ db, viewer, params }) => readPlan(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/needs/{id}/plan', summary: 'Write the plan, with its baseline' },
		description:
			'After the analysis is recorded. The baseline is the newest value of `metricId`, or typed in with its day and where it was read. `version` is 0 for the first.',
		params,
		body: planEdit,
		response: versionOnly,
		example: {
			body: {
				...{ ownerId: someId, hypothesis: 'With labels printed where parcels are closed, fewer come back.' },
				...{ figure: 'Returns a week', baseline: 14, baselineOn: '2030-03-01', baselineSource: 'The carrier’s list' },
				...{ target: 6, reviewOn: '2030-06-01', budget: 450, saves: 9000, version: 0 }
			}
		},
		run: async ({ db, viewer, params, body }) => ({ version: await writePlan(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/needs/{id}/steps', status: 201, summary: 'Add what is to be done' },
		description: '`option` is one of `GET /options`.',
		params,
		body: newStep,
		response: z.object({ id }),
		example: { body: { option: 'fix', title: 'Put the printer up', ownerId: someId, byOn: '2030-03-20' } },
		run: async ({ db, viewer, params, body }) => ({ id: await addStep(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/needs/{id}/steps/{step}', summary: 'Change what is to be done' },
		params: ofStep,
		body: stepEdit,
		response: versionOnly,
		run: async ({ db, viewer, params, body }) => ({
			version: await editStep(db, viewer, params.id, params.step, body)
		})
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/needs/{id}/steps/{step}', summary: 'Take a step out of the plan' },
		params: ofStep,
		run: ({ db, viewer, params }) => removeStep(db, viewer, params.id, params.step)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/needs/{id}/steps/{step}/made', summary: 'Say what was made of a step' },
		params: ofStep,
		body: madeOfStep,
		run: ({ db, viewer, params, body }) => attachToStep(db, viewer, params.id, params.step, body.itemId)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/needs/{id}/steps/{step}/done', summary: 'Say that a step is done' },
		description: 'In a figure that is kept here, and that I look after, it is marked from then on.',
		params: ofStep,
		run: ({ db, viewer, params }) => finishStep(db, viewer, params.id, params.step, true)
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/needs/{id}/steps/{step}/done', summary: 'Say that it is not done' },
		params: ofStep,
		run: ({ db, viewer, params }) => finishStep(db, viewer, params.id, params.step, false)
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/needs/{id}/reviews', status: 201, summary: 'Record what was seen' },
		description: 'It never changes. `next` sets when to look again.',
		params,
		body: newReview,
		response: z.object({ id }),
		example: { body: { value: 7, verdict: 'cannot_tell', says: 'Half a year has peaks.', next: '2030-09-01' } },
		run: async ({ db, viewer, params, body }) => ({ id: await reviewPlan(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...get, path: '/budget', summary: 'What plans cost, what they save, and what that pays for' },
		response: z.object({
			items: z.array(
				z.object({
					...{ id, title: z.string(), currency: z.string(), budget: z.number(), saves: z.number(), given: z.number() },
					...{ verdict: z.enum(verdicts).nullable(), funds: titled, fundsNote: z.string() }
				})
			)
		}),
		run: async ({ db, viewer }) => ({ items: await readBudget(db, viewer) })
	})
];
