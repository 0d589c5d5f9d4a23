import { forAll, members, onItem, settlers, signedIn, type Rows } from '../row.ts';
import { aStory } from '../shared.ts';

const { anonymous: _, ...story } = { ...aStory, masks: undefined, tags: '' };
const { masks: __, ...told } = story;

/** What the library holds; the asker of the world shared it. */
export const library: Rows = {
	...forAll(signedIn, 'GET /library', 'GET /stories/new', 'GET /api/v1/stories'),
	...forAll(members, 'GET /api/v1/resources/{id}/text'),
	...forAll(members, 'GET /stories/[id]', 'GET /api/v1/stories/{id}'),
	...forAll(settlers, 'GET /stories/[id]/edit'),
	...onItem('/stories/[id]', ({ shared }) => shared.stories),
	'POST /stories/new': { may: members, body: ({ spaceId }) => ({ ...told, spaceId }) },
	'POST /stories/[id]/edit': { may: settlers, body: () => ({ ...told, version: '1' }) },
	'POST /api/v1/stories': { may: members, body: ({ spaceId }) => ({ ...told, tags: [], spaceId }) },
	'PUT /api/v1/stories/{id}': { may: settlers, body: () => ({ ...told, tags: [], version: 1 }) }
};
