import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { pageOf } from '#src/core/api/server/page.ts';
import { id } from '#src/core/items/input.ts';
import { itemRow, itemView } from '#src/core/items/server/api-shapes.ts';
import { itemFilter, listItems } from '#src/core/items/server/list.ts';
import { entryMove, faqEdit, faqEntryText, newFaq, newFaqEntry, sourceChoice } from '../input.ts';
import { readFaq } from './read.ts';
import { addFaqEntry, changeFaqEntry, editFaq, makeFaq, moveFaqEntry, removeFaqEntry, settleSource } from './write.ts';

const tag = 'FAQs';
const params = z.object({ id });
const oneEntry = z.object({ id, entry: id });
const write = { tag, scope: 'write' } as const;
const someId = '0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77';

const part = z.object({ text: z.string(), kind: z.enum(['same', 'added', 'removed']) });
const entry = z.object({
	id,
	question: z.string(),
	answerHtml: z.string(),
	source: z.object({ id, title: z.string() }).nullable(),
	answerMd: z.string().nullable(),
	change: z.object({ gone: z.boolean(), parts: z.array(part) }).nullable()
});

/** FAQs: answered questions on a page that stays linked to them. */
export const faqEndpoints: Endpoint[] = [
	endpoint({
		...{ tag, scope: 'read', method: 'GET', path: '/faqs', summary: 'FAQs I may read' },
		query: itemFilter,
		response: pageOf(itemRow),
		run: ({ db, viewer, query }) => listItems(db, viewer, query, ['faq'])
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/faqs', status: 201, summary: 'Make an FAQ' },
		body: newFaq,
		response: z.object({ id }),
		example: { body: { spaceId: someId, title: 'The till, asked and answered', questionId: someId } },
		run: async ({ db, viewer, body }) => ({ id: await makeFaq(db, viewer, body) })
	}),
	endpoint({
		...{ tag, scope: 'read', method: 'GET', path: '/faqs/{id}', summary: 'An FAQ with its entries' },
		params,
		response: itemView.extend({ introHtml: z.string(), entries: z.array(entry) }),
		run: ({ db, viewer, params }) => readFaq(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/faqs/{id}', summary: 'Change title, opening and tags' },
		params,
		body: faqEdit,
		response: z.object({ version: z.number() }),
		run: async ({ db, viewer, params, body }) => ({ version: await editFaq(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/faqs/{id}/entries', summary: 'Put an answered question in' },
		params,
		body: newFaqEntry,
		example: { body: { questionId: someId } },
		run: ({ db, viewer, params, body }) => addFaqEntry(db, viewer, params.id, body.questionId)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/faqs/{id}/entries/{entry}', summary: 'Say an entry in other words' },
		params: oneEntry,
		body: faqEntryText,
		example: { body: { question: 'How do I reset the till?', answerMd: 'Hold the green key.' } },
		run: ({ db, viewer, params, body }) => changeFaqEntry(db, viewer, params.id, params.entry, body)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/faqs/{id}/entries/{entry}/place', summary: 'Move an entry one place' },
		params: oneEntry,
		body: entryMove,
		example: { body: { move: 'up' } },
		run: ({ db, viewer, params, body }) => moveFaqEntry(db, viewer, params.id, params.entry, body)
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/faqs/{id}/entries/{entry}', summary: 'Take a question out of an FAQ' },
		params: oneEntry,
		run: ({ db, viewer, params }) => removeFaqEntry(db, viewer, params.id, params.entry)
	}),
	endpoint({
		...{
			...write,
			method: 'PUT',
			path: '/faqs/{id}/entries/{entry}/source',
			summary: 'Take the new text, or keep ours'
		},
		params: oneEntry,
		body: sourceChoice,
		example: { body: { take: 'source' } },
		run: ({ db, viewer, params, body }) => settleSource(db, viewer, params.id, params.entry, body)
	})
];
