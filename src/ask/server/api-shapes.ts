import { z } from 'zod';
import { id } from '#src/core/items/input.ts';
import { away } from '#src/core/people/input.ts';
import { itemRow, itemView, post } from '#src/core/items/server/api-shapes.ts';

/** What the API sends of questions: the shapes of ../question.ts, for its description. */
const status = z.enum(['open', 'needs_info', 'answered', 'duplicate']);

const answer = post.extend({ accepted: z.boolean(), givenTo: id.nullable() });

export const question = itemView.extend({
	status,
	duplicateOf: id.nullable(),
	duplicates: z.array(z.object({ id, title: z.string() })),
	answers: z.array(answer),
	canSettle: z.boolean()
});

export const questionRow = itemRow.extend({ status, answerCount: z.number() });

export const similar = z.object({ id, title: z.string(), answerCount: z.number(), solved: z.boolean() });

const waits = z.object({
	questions: z.number(),
	answered: z.number(),
	p50Minutes: z.number().nullable(),
	p90Minutes: z.number().nullable(),
	workP50Minutes: z.number().nullable().describe('In working time of whoever asked'),
	workP90Minutes: z.number().nullable().describe('In working time of whoever asked')
});

export const times = waits.extend({
	before: waits.describe('The 90 days before, as they stood at their end'),
	promised: z
		.object({ share: z.number(), hours: z.number(), kept: z.number(), late: z.number(), open: z.number() })
		.nullable()
});

export const exampleQuestion = {
	spaceId: '0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77',
	title: 'How do I reset the till?',
	bodyMd: 'It hangs after the **second** receipt.',
	tags: ['till']
};

export const expert = z.object({
	id,
	name: z.string(),
	image: z.string().nullable(),
	headline: z.string(),
	reason: z.string(),
	away: away.nullable(),
	asked: z.boolean()
});
