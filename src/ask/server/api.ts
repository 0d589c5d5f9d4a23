import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { pageOf } from '#src/core/api/server/page.ts';
import { id, words } from '#src/core/items/input.ts';
import {
	answerEdit,
	answerPromise,
	duplicate,
	infoRequest,
	newAnswer,
	newQuestion,
	personAsk,
	questionEdit
} from '../input.ts';
import { answerTimes } from './answer-times.ts';
import { exampleQuestion, expert, question, questionRow, similar, times } from './api-shapes.ts';
import { answerQuestion, askQuestion } from './ask.ts';
import { markDuplicate, unmarkDuplicate } from './duplicates.ts';
import { askPerson, peopleForQuestion } from './experts.ts';
import { listQuestions, listTags, questionFilter } from './list.ts';
import {
	acceptAnswer,
	askForMore,
	commentOnQuestion,
	editAnswer,
	editQuestion,
	takeBackAcceptance
} from './questions.ts';
import { promiseAnswers, takeBackPromise } from './promise.ts';
import { readQuestion } from './read.ts';
import { similarQuestions } from './similar.ts';

const tag = 'Questions';
const params = z.object({ id });
const made = z.object({ id });
const newVersion = z.object({ version: z.number() });
const at = { tag, scope: 'read', method: 'GET' } as const;
const write = { tag, scope: 'write' } as const;

/** Questions and answers. A change of state is a thing of its own: it is put there and taken away. */
export const askEndpoints: Endpoint[] = [
	endpoint({
		...{ ...at, path: '/questions', summary: 'Questions I may read, the liveliest first' },
		query: questionFilter,
		response: pageOf(questionRow),
		run: ({ db, viewer, query }) => listQuestions(db, viewer, query)
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/questions', status: 201, summary: 'Ask a question' },
		description: 'With `anonymous`, where the stewards of the space allow it: your name is shown to nobody.',
		body: newQuestion,
		response: made,
		example: { body: exampleQuestion },
		run: async ({ db, viewer, body }) => ({ id: await askQuestion(db, viewer, body) })
	}),
	endpoint({
		...{ ...at, path: '/questions/similar', summary: 'Questions much like a title' },
		query: z.strictObject({ title: words(300) }),
		response: z.object({ items: z.array(similar) }),
		run: async ({ db, viewer, query }) => ({ items: await similarQuestions(db, viewer, query.title) })
	}),
	endpoint({
		...{ ...at, path: '/questions/{id}', summary: 'A question with its answers and comments' },
		params,
		response: question,
		run: ({ db, viewer, params }) => readQuestion(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/questions/{id}', summary: 'Change a question' },
		description: 'Send the `version` you started from. When somebody was faster, theirs comes back as `current`.',
		params,
		body: questionEdit,
		response: newVersion,
		run: async ({ db, viewer, params, body }) => ({ version: await editQuestion(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/questions/{id}/answers', status: 201, summary: 'Answer a question' },
		params,
		body: newAnswer,
		response: made,
		example: { body: { bodyMd: 'Hold the **green key** for five seconds.' } },
		run: async ({ db, viewer, params, body }) => ({ id: await answerQuestion(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/answers/{id}', summary: 'Change an answer' },
		params,
		body: answerEdit,
		response: newVersion,
		run: async ({ db, viewer, params, body }) => ({ version: await editAnswer(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/answers/{id}/acceptance', summary: 'Say that an answer solved it' },
		params,
		run: async ({ db, viewer, params }) => void (await acceptAnswer(db, viewer, params.id))
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/questions/{id}/acceptance', summary: 'Not solved after all' },
		params,
		run: ({ db, viewer, params }) => takeBackAcceptance(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/questions/{id}/information-requests', status: 201 },
		summary: 'Ask the asker for what is missing',
		params,
		body: infoRequest,
		response: made,
		example: { body: { bodyMd: 'Which model of the till is it?' } },
		run: async ({ db, viewer, params, body }) => ({ id: await askForMore(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/questions/{id}/comments', status: 201, summary: 'Comment on a question' },
		description: 'From the asker it also answers a request for more.',
		params,
		body: infoRequest,
		response: made,
		run: async ({ db, viewer, params, body }) => ({ id: await commentOnQuestion(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/questions/{id}/duplicate-of', summary: 'Merge into an earlier question' },
		params,
		body: duplicate,
		response: z.object({ originalId: id }),
		run: async ({ db, viewer, params, body }) => ({
			originalId: await markDuplicate(db, viewer, params.id, body.originalId)
		})
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/questions/{id}/duplicate-of', summary: 'Take a merge back' },
		params,
		run: ({ db, viewer, params }) => unmarkDuplicate(db, viewer, params.id)
	}),
	endpoint({
		...{ ...at, path: '/questions/{id}/people-who-may-know', summary: 'Colleagues who may know the answer, and why' },
		params,
		response: z.object({ items: z.array(expert) }),
		run: async ({ db, viewer, params }) => ({ items: await peopleForQuestion(db, viewer, params.id) })
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/questions/{id}/people-asked', summary: 'Ask somebody by name, once' },
		params,
		body: personAsk,
		run: ({ db, viewer, params, body }) => askPerson(db, viewer, params.id, body)
	}),
	endpoint({
		...{ ...at, path: '/tags', summary: 'Tags of questions I may read, the most used first' },
		response: z.object({ items: z.array(z.object({ name: z.string(), count: z.number() })) }),
		run: async ({ db, viewer }) => ({ items: await listTags(db, viewer) })
	}),
	endpoint({
		...{ ...at, path: '/spaces/{id}/answer-times', summary: 'How long a space’s questions wait for a useful answer' },
		params,
		response: times,
		run: ({ db, viewer, params }) => answerTimes(db, viewer, params.id)
	}),
	endpoint({
		...{
			...write,
			method: 'PUT',
			path: '/spaces/{id}/answer-promise',
			summary: 'Promise how soon questions are answered'
		},
		description: 'For stewards. Whether it holds is told with the answer times.',
		params,
		body: answerPromise,
		example: { body: { share: 50, hours: 4 } },
		run: ({ db, viewer, params, body }) => promiseAnswers(db, viewer, params.id, body)
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/spaces/{id}/answer-promise', summary: 'Promise no answer times any more' },
		params,
		run: ({ db, viewer, params }) => takeBackPromise(db, viewer, params.id)
	})
];
