import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { id } from '#src/core/items/input.ts';
import { author } from '#src/core/items/server/api-shapes.ts';
import { readCheck } from '../../server/read.ts';
import { answerSheet, judgement } from '../input.ts';
import { readAttempt } from './read.ts';
import { readReport } from './report.ts';
import { judge, readReview, reviewsOf } from './review.ts';
import { saveAnswers } from './sheet.ts';
import { attemptsAt, startAttempt } from './start.ts';
import { submitAttempt } from './submit.ts';
import { readSupport } from './support.ts';

const tag = 'Checks';
const params = z.object({ id });
const state = z.enum(['open', 'in_review', 'passed', 'failed']);
const outcome = z.object({ state });

const part = z.object({ href: z.string(), title: z.string(), label: z.string() });
const shown = z.object({
	...{ id, type: z.string(), promptHtml: z.string(), multiple: z.boolean(), words: z.array(z.string()) },
	pieces: z.array(z.object({ name: z.string(), html: z.string(), text: z.string() })),
	image: z.object({ src: z.string(), alt: z.string() }).nullable(),
	form: z
		.object({
			title: z.string(),
			fields: z.array(z.object({ name: z.string(), label: z.string(), kind: z.string(), options: z.array(z.string()) }))
		})
		.nullable(),
	...{
		accepts: z.string().nullable(),
		rubric: z.array(z.object({ criterion: z.string(), levels: z.array(z.string()) })),
		answer: z.record(z.string(), z.unknown()).nullable(),
		fileName: z.string().nullable()
	},
	/** After it was handed in. */
	...{ points: z.number().nullable().optional(), right: z.boolean().optional(), late: z.boolean().optional() },
	...{ saidHtml: z.array(z.string()).optional(), parts: z.array(part).optional(), noteHtml: z.string().optional() },
	ask: z.string().optional()
});
const attempt = z.object({
	...{ id, state, number: z.number(), revision: z.number(), left: z.number().nullable(), clock: z.string().nullable() },
	check: z.object({ id, title: z.string(), minutes: z.number() }),
	questions: z.array(shown),
	...{ points: z.number().nullable().optional(), most: z.number().optional(), passPercent: z.number().optional() },
	...{ parts: z.array(part).optional(), givenBack: z.number().optional() }
});
const review = z.object({
	...{ id, check: z.object({ id, title: z.string() }), person: z.string() },
	questions: z.array(
		z.object({
			...{ id, promptHtml: z.string() },
			rubric: z.array(
				z.object({
					...{ key: z.string(), criterion: z.string() },
					levels: z.array(z.object({ label: z.string(), points: z.number() }))
				})
			),
			shown: z.object({
				file: z.object({ href: z.string(), name: z.string() }).nullable(),
				...{ url: z.string(), noteHtml: z.string() }
			}),
			judged: z.object({ levels: z.record(z.string(), z.number()), note: z.string() }).nullable()
		})
	)
});
const lead = z.object({ href: z.string(), title: z.string() });
const helper = z.object({ id, title: z.string(), href: z.string() }).nullable();
const support = z.object({
	check: z.object({ id, title: z.string(), spaceId: id }),
	support: z.object({ expert: author.nullable(), thread: helper, faq: helper }),
	clusters: z.array(
		z.object({
			questions: z.array(z.object({ id, title: z.string(), answered: z.boolean() })),
			part: lead.nullable()
		})
	),
	unclear: z.array(lead.extend({ asked: z.number() })),
	...{ helps: z.boolean(), ask: z.string() }
});
const count = z.number().nullable();
const report = z.object({
	check: z.object({ id, title: z.string() }),
	...{ people: count, passed: count, testOuts: count, givenBack: count },
	objectives: z.array(z.object({ title: z.string(), of: count, needHelp: count }))
});
const sheetOf = { revision: 0, answers: { '0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77': { chosen: ['p2'] } } };

export const attemptEndpoints: Endpoint[] = [
	endpoint({
		...{ method: 'POST', path: '/checks/{id}/attempts', tag, scope: 'write', status: 201 },
		summary: 'Begin an attempt at a check, or go on with the open one',
		params,
		response: z.object({ id }),
		run: async ({ db, viewer, params }) => ({ id: await startAttempt(db, viewer, params.id) })
	}),
	endpoint({
		...{ method: 'GET', path: '/checks/{id}/attempts', tag, scope: 'read', summary: 'My attempts at a check' },
		params,
		response: z.object({ items: z.array(z.object({ id, number: z.number(), state, at: z.iso.datetime() })) }),
		run: async ({ db, viewer, params }) => {
			const check = await readCheck(db, viewer, params.id);
			return { items: await attemptsAt(db, viewer, check.id) };
		}
	}),
	endpoint({
		...{ method: 'GET', path: '/attempts/{id}', tag, scope: 'read', summary: 'An attempt of mine' },
		description: 'Pieces of a question are named by where they stand. Why an answer is right is told after a pass.',
		params,
		response: attempt,
		run: ({ db, viewer, params }) => readAttempt(db, viewer, params.id)
	}),
	endpoint({
		...{
			method: 'PUT',
			path: '/attempts/{id}/answers',
			tag,
			scope: 'write',
			summary: 'Keep answers of an open attempt'
		},
		description: 'Send the `revision` you started from. When others were saved meanwhile, they come back as `current`.',
		params,
		body: answerSheet,
		response: z.object({ revision: z.number() }),
		example: { body: sheetOf, response: { revision: 1 } },
		run: async ({ db, viewer, params, body }) => ({ revision: await saveAnswers(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ method: 'POST', path: '/attempts/{id}/submission', tag, scope: 'write', summary: 'Hand an attempt in' },
		description: 'With its last answers. Sent again it gives what the first one gave.',
		params,
		body: answerSheet,
		response: outcome,
		example: { body: sheetOf, response: { state: 'passed' } },
		run: async ({ db, viewer, params, body }) => ({ state: await submitAttempt(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ method: 'GET', path: '/me/reviews', tag, scope: 'read', summary: 'What waits for me to look at it' },
		response: z.object({
			items: z.array(z.object({ id, title: z.string(), person: z.string(), since: z.iso.datetime() }))
		}),
		run: async ({ db, viewer }) => ({ items: await reviewsOf(db, viewer) })
	}),
	endpoint({
		...{ method: 'GET', path: '/attempts/{id}/review', tag, scope: 'read', summary: 'What somebody shows me' },
		params,
		response: review,
		run: ({ db, viewer, params }) => readReview(db, viewer, params.id)
	}),
	endpoint({
		...{ method: 'POST', path: '/attempts/{id}/review', tag, scope: 'write', summary: 'Judge what somebody shows me' },
		params,
		body: judgement,
		response: outcome,
		example: {
			body: {
				...{ questionId: '0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77', levels: { slip: 1 }, note: 'Well done.' }
			},
			response: { state: 'passed' }
		},
		run: async ({ db, viewer, params, body }) => ({ state: await judge(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ method: 'GET', path: '/checks/{id}/support', tag, scope: 'read', summary: 'The help around a check' },
		description: 'What was asked about it, by likeness. Where its content was unclear is told to those who help.',
		params,
		response: support,
		run: ({ db, viewer, params }) => readSupport(db, viewer, params.id)
	}),
	endpoint({
		...{
			method: 'GET',
			path: '/checks/{id}/report',
			tag,
			scope: 'read',
			summary: 'Who still needs help: how many, never who'
		},
		params,
		response: report,
		run: ({ db, viewer, params }) => readReport(db, viewer, params.id)
	})
];
