import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { pageOf, paging } from '#src/core/api/server/page.ts';
import { id } from '#src/core/items/input.ts';
import { questionContent, questionTypes } from '../../question.ts';
import { questionStates } from '../bank.ts';
import { newQuestion, objectiveMove, objectiveTitle, questionEdit, questionFilter, questionState } from '../input.ts';
import { lintRules } from '../lint.ts';
import { listBanks, readBank } from './banks.ts';
import { lintOf } from './lint.ts';
import { addObjective, moveObjective, removeObjective, renameObjective } from './objectives.ts';
import { addQuestion, editQuestion, setQuestionState } from './questions.ts';
import { listQuestions, readQuestion } from './read.ts';
import { statisticsOf } from './statistics.ts';

const params = z.object({ id });
const ofObjective = z.object({ id, objective: id });
const ofQuestion = z.object({ id, question: id });
const read = { tag: 'Banks of questions', scope: 'read', method: 'GET' } as const;
const write = { tag: 'Banks of questions', scope: 'write' } as const;

const bankName = z.object({ id, title: z.string(), space: z.string(), questions: z.number() });
const bank = z.object({
	...{ id, title: z.string(), space: z.object({ id, slug: z.string(), name: z.string() }), loose: z.number() },
	objectives: z.array(z.object({ id, title: z.string(), ready: z.number(), drafts: z.number() })),
	checks: z.array(z.object({ id, title: z.string() }))
});
const about = {
	...{ id, objectiveId: id.nullable(), state: z.enum(questionStates), version: z.number() },
	updatedAt: z.iso.datetime()
};
const line = z.object({ ...about, type: z.enum(questionTypes), asks: z.string(), mapped: z.boolean() });
const question = z.object({
	...{ ...about, bankId: id, content: questionContent },
	provenance: z.object({ source: z.string(), id: z.string() }).nullable()
});

const someId = '0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77';
const content = {
	type: 'choice',
	prompt: 'A customer has no receipt. What do you do first?',
	why: 'The till can still find the sale.',
	options: [
		{ key: 'find', text: 'Look for the sale by card or date', right: true },
		{ key: 'refuse', text: 'Refuse', right: false }
	]
};

const warning = z.object({ rule: z.enum(lintRules), message: z.string(), questionId: id.optional() });
const option = z.object({
	key: z.string(),
	text: z.string(),
	right: z.boolean(),
	share: z.number(),
	idle: z.boolean()
});
const statistics = z.object({
	...{ attempts: z.number().nullable(), fewest: z.number() },
	reliability: z
		.object({ alpha: z.number(), n: z.number(), questions: z.number(), rightOrWrong: z.boolean() })
		.nullable(),
	questions: z.array(
		z.object({
			...{ questionId: id, asks: z.string(), n: z.number(), p: z.number(), rest: z.number().nullable() },
			...{ upperLower: z.number(), options: z.array(option), repairs: z.array(z.string()) }
		})
	),
	next: z.string().nullable()
});

/** Banks and their questions, with the key: for those who write them. */
export const bankEndpoints: Endpoint[] = [
	endpoint({
		...{ ...read, path: '/banks', summary: 'The banks whose questions I write' },
		response: z.array(bankName),
		run: ({ db, viewer }) => listBanks(db, viewer)
	}),
	endpoint({
		...{ ...read, path: '/banks/{id}', summary: 'A bank with its objectives' },
		params,
		response: bank,
		run: ({ db, viewer, params }) => readBank(db, viewer, params.id)
	}),
	endpoint({
		...{ ...read, path: '/banks/{id}/warnings', summary: 'What could be better about its questions' },
		params,
		response: z.array(warning),
		run: ({ db, viewer, params }) => lintOf(db, viewer, params.id)
	}),
	endpoint({
		...{ ...read, path: '/banks/{id}/statistics', summary: 'What first attempts say of its questions' },
		description: 'Sums only, from twenty people on.',
		params,
		query: paging,
		response: statistics,
		run: ({ db, viewer, params, query }) => statisticsOf(db, viewer, params.id, query)
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/banks/{id}/objectives', status: 201, summary: 'Add an objective' },
		params,
		body: objectiveTitle,
		response: z.object({ id }),
		example: { body: { title: 'Takes back goods without a receipt' } },
		run: async ({ db, viewer, params, body }) => ({ id: await addObjective(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/banks/{id}/objectives/{objective}', summary: 'Word an objective anew' },
		params: ofObjective,
		body: objectiveTitle,
		example: { body: { title: 'Takes back goods without a receipt' } },
		run: ({ db, viewer, params, body }) => renameObjective(db, viewer, params.id, params.objective, body)
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/banks/{id}/objectives/{objective}', summary: 'Take an objective away' },
		description: 'Its questions stay in the bank and are drawn no more.',
		params: ofObjective,
		run: ({ db, viewer, params }) => removeObjective(db, viewer, params.id, params.objective)
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/banks/{id}/objectives/{objective}/move', summary: 'Move an objective' },
		params: ofObjective,
		body: objectiveMove,
		example: { body: { move: 'up' } },
		run: ({ db, viewer, params, body }) => moveObjective(db, viewer, params.id, params.objective, body)
	}),
	endpoint({
		...{ ...read, path: '/banks/{id}/questions', summary: 'The questions of a bank' },
		params,
		query: questionFilter,
		response: pageOf(line),
		run: ({ db, viewer, params, query }) => listQuestions(db, viewer, params.id, query)
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/banks/{id}/questions', status: 201, summary: 'Write a question' },
		params,
		body: newQuestion,
		response: z.object({ id }),
		example: { body: { content, objectiveId: null, state: 'draft' } },
		run: async ({ db, viewer, params, body }) => ({ id: await addQuestion(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...read, path: '/banks/{id}/questions/{question}', summary: 'A question with its key' },
		params: ofQuestion,
		response: question,
		example: {
			response: {
				...{ id: someId, bankId: someId, objectiveId: someId, state: 'ready', version: 2, provenance: null },
				...{ content, updatedAt: '2026-03-02T09:00:00.000Z' }
			}
		},
		run: ({ db, viewer, params }) => readQuestion(db, viewer, params.id, params.question)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/banks/{id}/questions/{question}', summary: 'Change a question of a bank' },
		description:
			'What it asks changes as a new version: attempts keep theirs. Send the `version` you started from; when somebody was faster, theirs comes back as `current`.',
		params: ofQuestion,
		body: questionEdit,
		response: z.object({ version: z.number() }),
		example: { body: { content, objectiveId: null, state: 'ready', version: 1 }, response: { version: 2 } },
		run: async ({ db, viewer, params, body }) => ({
			version: await editQuestion(db, viewer, params.id, params.question, body)
		})
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/banks/{id}/questions/{question}/state', summary: 'Make ready, or retire' },
		params: ofQuestion,
		body: questionState,
		example: { body: { state: 'retired' } },
		run: ({ db, viewer, params, body }) => setQuestionState(db, viewer, params.id, params.question, body.state)
	})
];
