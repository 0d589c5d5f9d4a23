import { z } from 'zod';
import { id } from '#src/core/items/input.ts';
import { aidTypes } from '../aid.ts';
import { aidContent } from '../content.ts';

/** What the API sends of job aids: the shapes of ../aid.ts, for its description. */
const time = z.iso.datetime();
const day = z.iso.date().nullable();
const type = z.enum(aidTypes);
const titled = z.object({ id, title: z.string() });
const author = z.object({
	id: id.nullable(),
	name: z.string(),
	image: z.string().nullable(),
	anonymous: z.boolean(),
	you: z.boolean()
});

export const aidLine = z.object({
	id,
	type,
	title: z.string(),
	excerpt: z.string(),
	author,
	space: z.object({ slug: z.string(), name: z.string() }),
	tags: z.array(z.string()),
	roles: z.array(z.string()),
	version: z.number(),
	verifyBy: day,
	due: z.boolean(),
	helpedCount: z.number(),
	activeAt: time
});

const picture = z
	.object({ src: z.string(), alt: z.string(), width: z.number().nullable(), height: z.number().nullable() })
	.nullable();

const shown = z.object({
	introHtml: z.string(),
	cards: z.array(
		z.object({
			title: z.string(),
			html: z.string(),
			group: z.string(),
			picture,
			at: z.number().nullable(),
			choices: z.array(z.object({ label: z.string(), to: z.number() })),
			next: z.number().nullable()
		})
	),
	table: z
		.object({ columns: z.array(z.string()), rows: z.array(z.array(z.string())), conditions: z.number() })
		.nullable(),
	chart: z.string().nullable(),
	template: z.string().nullable(),
	picture,
	video: z.string().nullable(),
	html: z.string()
});

const comment = z.object({ id, author, bodyHtml: z.string(), createdAt: time, canEdit: z.boolean() });

export const aidView = z.object({
	id,
	type,
	title: z.string(),
	author,
	space: z.object({ id, slug: z.string(), name: z.string() }),
	tags: z.array(z.string()),
	version: z.number(),
	state: z.enum(['open', 'archived']),
	createdAt: time,
	editedAt: time.nullable(),
	content: aidContent,
	shown,
	owner: z.object({ id, name: z.string(), image: z.string().nullable(), you: z.boolean() }),
	verification: z.object({ until: day, due: z.boolean(), at: time.nullable(), by: z.string().nullable() }),
	roles: z.array(z.string()),
	patterns: z.array(z.string()),
	use: z
		.object({
			people: z.number(),
			finished: z.number(),
			stuck: z.object({ step: z.number(), share: z.number() }).nullable()
		})
		.nullable(),
	questions: z.array(z.object({ id, title: z.string(), step: z.number().nullable(), answered: z.boolean() })),
	successor: titled.nullable(),
	replaced: z.array(titled),
	helpedCount: z.number(),
	helpedMinutes: z.number(),
	mine: z.object({ helped: z.boolean(), kept: id.nullable(), flagged: z.boolean() }),
	flags: z.number(),
	following: z.boolean(),
	followers: z.number(),
	canEdit: z.boolean(),
	canWrite: z.boolean(),
	canKeep: z.boolean(),
	comments: z.array(comment)
});

export const exampleAid = {
	spaceId: '01900000-0000-7000-8000-000000000000',
	title: 'Open the shop',
	content: {
		type: 'checklist',
		intro: 'Ten minutes before the doors open.',
		items: [{ text: 'Lights on' }, { text: 'Till counted', note: 'Two people count.' }, { text: 'Doors unlocked' }]
	},
	tags: ['opening'],
	roles: ['cashier'],
	patterns: ['till.example.org/day/*'],
	verifyBy: '2027-06-30'
};
