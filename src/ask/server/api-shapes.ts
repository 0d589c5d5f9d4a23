import { z } from 'zod';
import { id } from '#src/core/items/input.ts';

/** What the API sends of questions: the shapes of ../question.ts, for its description. */
const author = z.object({
	id: id.nullable(),
	name: z.string(),
	image: z.string().nullable(),
	anonymous: z.boolean(),
	you: z.boolean()
});
const status = z.enum(['open', 'needs_info', 'answered', 'duplicate']);
const time = z.iso.datetime();

const comment = z.object({ id, author, bodyHtml: z.string(), createdAt: time, canEdit: z.boolean() });

const post = {
	id,
	author,
	bodyHtml: z.string(),
	createdAt: time,
	editedAt: time.nullable(),
	version: z.number(),
	state: z.enum(['open', 'archived']),
	helpedCount: z.number(),
	helpedMinutes: z.number(),
	mine: z.object({ helped: z.boolean(), bookmarked: z.boolean(), flagged: z.boolean() }),
	flags: z.number(),
	canEdit: z.boolean(),
	comments: z.array(comment)
};

const answer = z.object({ ...post, accepted: z.boolean(), givenTo: id.nullable() });

export const question = z.object({
	...post,
	title: z.string(),
	tags: z.array(z.string()),
	status,
	duplicateOf: id.nullable(),
	duplicates: z.array(z.object({ id, title: z.string() })),
	space: z.object({ id, slug: z.string(), name: z.string() }),
	answers: z.array(answer),
	following: z.boolean(),
	followers: z.number(),
	canSettle: z.boolean(),
	canWrite: z.boolean()
});

export const questionRow = z.object({
	id,
	title: z.string(),
	excerpt: z.string(),
	author,
	space: z.object({ slug: z.string(), name: z.string() }),
	tags: z.array(z.string()),
	status,
	answerCount: z.number(),
	helpedCount: z.number(),
	createdAt: time,
	activeAt: time
});

export const similar = z.object({ id, title: z.string(), answerCount: z.number(), solved: z.boolean() });

export const times = z.object({
	questions: z.number(),
	answered: z.number(),
	p50Minutes: z.number().nullable(),
	p90Minutes: z.number().nullable()
});

export const exampleQuestion = {
	spaceId: '0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77',
	title: 'How do I reset the till?',
	bodyMd: 'It hangs after the **second** receipt.',
	tags: ['till']
};
