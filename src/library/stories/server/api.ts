import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { pageOf } from '#src/core/api/server/page.ts';
import { id } from '#src/core/items/input.ts';
import { itemRow, itemView } from '#src/core/items/server/api-shapes.ts';
import { newStory, storyEdit } from '../input.ts';
import { results } from '../story.ts';
import { listStories, readStory, storyFilter } from './read.ts';
import { editStory, tellStory } from './stories.ts';

const tag = 'Stories';
const params = z.object({ id });
const result = z.enum(results);

const example = {
	title: 'A rush order on the day of the stock count',
	...{ situation: 'The count had begun when a client needed forty crates.', tried: 'We stopped in one aisle.' },
	...{ happened: 'The crates left in time; the count was wrong.', again: 'Count at night.' },
	...{ result: 'partly', tags: ['stock'], masks: { 'Harbour Ltd': 'the client' } }
};

/** Stories: what happened, told by whoever was there. */
export const storyEndpoints: Endpoint[] = [
	endpoint({
		...{ tag, scope: 'read', method: 'GET', path: '/stories', summary: 'Stories I may read, the liveliest first' },
		query: storyFilter,
		response: pageOf(itemRow.extend({ result })),
		run: ({ db, viewer, query }) => listStories(db, viewer, query)
	}),
	endpoint({
		...{ tag, scope: 'write', method: 'POST', path: '/stories', status: 201, summary: 'Tell a story' },
		description:
			'Names of people and clients must be decided about: an answer 422 lists them as `names`; send them again in `masks`, each with what stands in its place, or `keep`.',
		body: newStory,
		response: z.object({ id }),
		example: { body: { spaceId: '0198c0de-0000-7000-8000-000000000001', ...example } },
		run: async ({ db, viewer, body }) => ({ id: await tellStory(db, viewer, body) })
	}),
	endpoint({
		...{ tag, scope: 'read', method: 'GET', path: '/stories/{id}', summary: 'A story with its comments' },
		params,
		response: itemView.extend({ result }),
		run: ({ db, viewer, params }) => readStory(db, viewer, params.id)
	}),
	endpoint({
		...{ tag, scope: 'write', method: 'PUT', path: '/stories/{id}', summary: 'Change a story' },
		params,
		body: storyEdit,
		response: z.object({ version: z.number() }),
		example: { body: { ...example, version: 1 } },
		run: async ({ db, viewer, params, body }) => ({ version: await editStory(db, viewer, params.id, body) })
	})
];
