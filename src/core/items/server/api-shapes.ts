import { z } from 'zod';
import { id } from '../input.ts';

/** What the API sends of items: the shapes of ../post.ts, for its description. */
export const author = z.object({
	id: id.nullable(),
	name: z.string(),
	image: z.string().nullable(),
	anonymous: z.boolean(),
	you: z.boolean()
});
const time = z.iso.datetime();

const comment = z.object({ id, author, bodyHtml: z.string(), createdAt: time, canEdit: z.boolean() });

/** Of anything with a text: a question, an answer, a page. */
export const post = z.object({
	id,
	author,
	bodyHtml: z.string(),
	createdAt: time,
	editedAt: time.nullable(),
	version: z.number(),
	state: z.enum(['open', 'archived']),
	helpedCount: z.number(),
	helpedMinutes: z.number(),
	mine: z.object({ helped: z.boolean(), kept: id.nullable(), flagged: z.boolean() }),
	flags: z.number(),
	canEdit: z.boolean(),
	comments: z.array(comment)
});

const relatives = z.array(z.object({ kind: z.string(), title: z.string(), href: z.string() }));

/** Of an item with a page of its own. */
export const itemView = post.extend({
	title: z.string(),
	tags: z.array(z.string()),
	space: z.object({ id, slug: z.string(), name: z.string() }),
	following: z.boolean(),
	followers: z.number(),
	outcome: z.object({ id, author, bodyHtml: z.string(), bodyMd: z.string(), at: time }).nullable(),
	madeFrom: relatives,
	ledTo: relatives,
	canWrite: z.boolean()
});

/** Of an item in a list. */
export const itemRow = z.object({
	id,
	kind: z.string(),
	title: z.string(),
	excerpt: z.string(),
	author,
	space: z.object({ slug: z.string(), name: z.string() }),
	tags: z.array(z.string()),
	helpedCount: z.number(),
	createdAt: time,
	activeAt: time
});
