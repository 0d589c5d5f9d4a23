import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { id } from '#src/core/items/input.ts';
import { laterDate, newAsking, quietFor } from '../input.ts';
import { qualities, type Quality } from '../qualities.ts';
import { askToPass, endAsking, giveMoreTime } from './ask.ts';
import { listAskings, readAsking, whoIsWaitedFor } from './oversee.ts';
import { beQuietAbout, tasksOf } from './tasks.ts';

const tag = 'Checks';
const params = z.object({ id });

const quality = z.object({ met: z.boolean(), why: z.string() });
const reason = z.object({
	...{ id, legalText: z.string(), legalSource: z.string(), legalNames: z.boolean() },
	analysis: z.object({ id, title: z.string(), says: z.string(), href: z.string() }).nullable(),
	...{ renewMonths: z.number().nullable(), askedBy: z.string() },
	qualities: z.object(
		Object.fromEntries(qualities.map(({ name }) => [name, quality])) as Record<Quality, typeof quality>
	)
});

const task = z.object({
	...{ id, title: z.string(), href: z.string(), minutes: z.number(), state: z.enum(['open', 'in_review']) },
	...{ dueOn: z.iso.date(), isLate: z.boolean(), isRenewal: z.boolean(), quietUntil: z.iso.datetime().nullable() },
	reasons: z.array(reason)
});

const check = z.object({ id, title: z.string() });
const line = reason.extend({
	check,
	audience: z.enum(['people', 'space', 'everybody']),
	of: z.string(),
	dueOn: z.iso.date().nullable(),
	dueDays: z.number().nullable(),
	at: z.iso.datetime(),
	endedAt: z.iso.datetime().nullable(),
	standing: z.object({ asked: z.number(), passed: z.number().nullable(), words: z.string() })
});
const waiting = z.object({ id, name: z.string(), dueOn: z.iso.date(), isLate: z.boolean() });

const yes = { met: true, why: '' };
const asked = {
	legalText: 'Whoever drives a lift truck shows once a year that they can.',
	legalSource: 'Rules for lift trucks, section 7',
	...{ dueDays: 30, renewMonths: 12 },
	qualities: {
		...{ flow: yes, continuous: yes, immediate: yes, social: yes },
		autonomous: { met: false, why: 'The law sets the day.' }
	},
	...{ audience: 'space', spaceId: '0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77' }
};

export const askingEndpoints: Endpoint[] = [
	endpoint({
		...{
			method: 'GET',
			path: '/me/tasks',
			tag,
			scope: 'read',
			summary: 'The checks that are asked of me and not done'
		},
		description: 'Each with the law or rule behind it. A pass ends it, whenever it was.',
		response: z.object({ items: z.array(task) }),
		run: async ({ db, viewer }) => ({ items: await tasksOf(db, viewer) })
	}),
	endpoint({
		...{
			method: 'PUT',
			path: '/me/tasks/{id}/quiet',
			tag,
			scope: 'write',
			summary: 'Be reminded of a check less, or not at all'
		},
		description: 'The task stays in my list.',
		params,
		body: quietFor,
		example: { body: { for: 'month' } },
		run: ({ db, viewer, params, body }) => beQuietAbout(db, viewer, params.id, body)
	}),
	endpoint({
		...{ method: 'GET', path: '/askings', tag, scope: 'read', summary: 'What I am responsible for asking of people' },
		query: z.strictObject({ check: id.optional() }),
		response: z.object({ items: z.array(line) }),
		run: async ({ db, viewer, query }) => ({ items: await listAskings(db, viewer, query.check) })
	}),
	endpoint({
		...{
			method: 'POST',
			path: '/checks/{id}/askings',
			tag,
			scope: 'write',
			status: 201,
			summary: 'Ask people to pass a check'
		},
		description:
			'Only with the law or rule behind it, or `analysisId`: the newest record of an analysis you work at that found a lack of knowledge or skill; and with what it has of the five characteristics of learning at work. Who joins the space later is asked then. Whoever has passed already has nothing to do.',
		params,
		body: newAsking,
		response: z.object({ id }),
		example: { body: asked },
		run: async ({ db, viewer, params, body }) => ({ id: await askToPass(db, viewer, params.id, body) })
	}),
	endpoint({
		...{
			method: 'GET',
			path: '/askings/{id}',
			tag,
			scope: 'read',
			summary: 'Why a check is asked of me, or of others'
		},
		description:
			'For those who are asked, and those responsible, who also see how many have passed: never fewer than five.',
		params,
		response: z.object({ reason, check, line: line.nullable(), waiting: z.array(waiting).nullable() }),
		run: ({ db, viewer, params }) => readAsking(db, viewer, params.id)
	}),
	endpoint({
		...{ method: 'GET', path: '/askings/{id}/waiting', tag, scope: 'read', summary: 'Who has not passed yet' },
		description: 'Only where the law names people (`legalNames`), which they were told.',
		params,
		response: z.object({ items: z.array(waiting) }),
		run: async ({ db, viewer, params }) => ({ items: await whoIsWaitedFor(db, viewer, params.id) })
	}),
	endpoint({
		...{ method: 'PUT', path: '/askings/{id}/due', tag, scope: 'write', summary: 'Give more time' },
		params,
		body: laterDate,
		example: { body: { dueDays: 60 } },
		run: ({ db, viewer, params, body }) => giveMoreTime(db, viewer, params.id, body)
	}),
	endpoint({
		...{ method: 'DELETE', path: '/askings/{id}', tag, scope: 'write', summary: 'Ask no longer' },
		params,
		run: ({ db, viewer, params }) => endAsking(db, viewer, params.id)
	})
];
