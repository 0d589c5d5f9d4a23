import { forAll, members, onItem, settlers, signedIn, type Rows } from '../row.ts';
import { aStory } from '../shared.ts';

const { anonymous: _, ...story } = { ...aStory, masks: undefined, tags: '' };
const { masks: __, ...told } = story;

const asked = { title: 'Asked about tills', bodyMd: '', tags: '' };
const noEntry = '00000000-0000-4000-8000-000000000000';
const gathered = { title: 'All about tills', bodyMd: '', tags: '', ruleTags: '' };
const lists = { ...gathered, tags: [], ruleTags: [] };

const wanted = { title: 'Who can show me the scales?', bodyMd: '', tags: '' };

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
	'PUT /api/v1/stories/{id}': { may: settlers, body: () => ({ ...told, tags: [], version: 1 }) },

	...forAll(signedIn, 'GET /requests', 'GET /requests/new', 'GET /api/v1/requests'),
	...forAll(members, 'GET /requests/[id]', 'GET /api/v1/requests/{id}'),
	...forAll(settlers, 'GET /requests/[id]/edit', 'DELETE /api/v1/requests/{id}/thanks'),
	...onItem('/requests/[id]', ({ shared }) => shared.requests),
	'POST /requests/new': { may: members, body: ({ spaceId }) => ({ ...wanted, spaceId }) },
	'POST /requests/[id]/edit': { may: settlers, body: () => ({ ...wanted, version: '1' }) },
	'POST /requests/[id]?/show': { may: members, body: ({ shared, page }) => ({ item: shared.requests, itemId: page }) },
	// Only what is shown can be taken away or thanked for; who may is tried beside the commands.
	'POST /requests/[id]?/showNoMore': { may: [], body: ({ shared, page }) => ({ item: shared.requests, itemId: page }) },
	'POST /requests/[id]?/thank': { may: [], body: ({ shared, page }) => ({ item: shared.requests, itemId: page }) },
	'POST /requests/[id]?/takeBackThanks': { may: settlers, body: ({ shared }) => ({ item: shared.requests }) },
	'POST /api/v1/requests': { may: members, body: ({ spaceId }) => ({ ...wanted, tags: [], spaceId }) },
	'PUT /api/v1/requests/{id}': { may: settlers, body: () => ({ ...wanted, tags: [], version: 1 }) },
	'POST /api/v1/requests/{id}/shown': { may: members, body: ({ page }) => ({ itemId: page }) },
	'DELETE /api/v1/requests/{id}/shown/{item}': { may: [] },
	'PUT /api/v1/requests/{id}/thanks': { may: [], body: ({ page }) => ({ itemId: page }) },

	...forAll(signedIn, 'GET /collections/new', 'GET /api/v1/collections'),
	'GET /collections/add': { may: members, path: ({ page }) => `/collections/add?item=${page}` },
	...forAll(members, 'GET /collections/[id]', 'GET /api/v1/collections/{id}'),
	...forAll(settlers, 'GET /collections/[id]/edit'),
	...onItem('/collections/[id]', ({ shared }) => shared.collections),
	'POST /collections/new': { may: members, body: ({ spaceId }) => ({ ...gathered, spaceId }) },
	'POST /collections/add': {
		may: settlers,
		body: ({ shared, page }) => ({ collectionId: shared.collections, itemId: page })
	},
	'POST /collections/[id]/edit': { may: settlers, body: () => ({ ...gathered, version: '1' }) },
	'POST /collections/[id]?/add': {
		may: settlers,
		body: ({ shared, page }) => ({ item: shared.collections, itemId: page })
	},
	// What is not in it cannot be moved; who may is tried beside the commands.
	'POST /collections/[id]?/change': {
		may: [],
		body: ({ shared, page }) => ({ item: shared.collections, itemId: page, move: 'up' })
	},
	'POST /collections/[id]?/take': {
		may: settlers,
		body: ({ shared, page }) => ({ item: shared.collections, itemId: page })
	},
	'POST /api/v1/collections': { may: members, body: ({ spaceId }) => ({ ...lists, spaceId }) },
	'PUT /api/v1/collections/{id}': { may: settlers, body: () => ({ ...lists, version: 1 }) },
	'POST /api/v1/collections/{id}/entries': { may: settlers, body: ({ page }) => ({ itemId: page }) },
	'PUT /api/v1/collections/{id}/entries/{item}': { may: [], body: () => ({ move: 'up' }) },
	'DELETE /api/v1/collections/{id}/entries/{item}': { may: settlers },

	// What is pinned in a space out of sight is an empty list.
	...forAll(signedIn, 'GET /api/v1/most-helpful', 'GET /api/v1/spaces/{id}/pins'),
	'POST /spaces/[slug]?/pin': { may: ['steward'], body: ({ page }) => ({ itemId: page }) },
	'POST /spaces/[slug]?/unpin': { may: ['steward'], body: ({ page }) => ({ itemId: page }) },
	'PUT /api/v1/spaces/{id}/pins/{item}': {
		may: ['steward'],
		path: ({ spaceId, page }) => `/api/v1/spaces/${spaceId}/pins/${page}`
	},
	'DELETE /api/v1/spaces/{id}/pins/{item}': {
		may: ['steward'],
		path: ({ spaceId, page }) => `/api/v1/spaces/${spaceId}/pins/${page}`
	},

	...forAll(signedIn, 'GET /faqs/new', 'GET /api/v1/faqs'),
	// Only an answered question can be put in, and only what is in it be changed; who may is tried beside the commands.
	'GET /faqs/add': { may: [], path: ({ question }) => `/faqs/add?question=${question}` },
	...forAll(members, 'GET /faqs/[id]', 'GET /api/v1/faqs/{id}'),
	...forAll(settlers, 'GET /faqs/[id]/edit'),
	...onItem('/faqs/[id]', ({ shared }) => shared.faqs),
	'POST /faqs/new': { may: members, body: ({ spaceId }) => ({ ...asked, spaceId }) },
	'POST /faqs/add': { may: settlers, body: ({ shared, question }) => ({ faqId: shared.faqs, questionId: question }) },
	'POST /faqs/[id]/edit': { may: settlers, body: () => ({ ...asked, version: '1' }) },
	'POST /faqs/[id]?/add': {
		may: settlers,
		body: ({ shared, question }) => ({ item: shared.faqs, questionId: question })
	},
	'POST /faqs/[id]?/change': {
		may: [],
		body: ({ shared }) => ({ item: shared.faqs, entryId: noEntry, question: 'How?', answerMd: 'So.' })
	},
	'POST /faqs/[id]?/settle': { may: [], body: ({ shared }) => ({ item: shared.faqs, entryId: noEntry, take: 'ours' }) },
	'POST /faqs/[id]?/move': { may: [], body: ({ shared }) => ({ item: shared.faqs, entryId: noEntry, move: 'up' }) },
	'POST /faqs/[id]?/takeOut': { may: [], body: ({ shared }) => ({ item: shared.faqs, entryId: noEntry }) },
	'POST /api/v1/faqs': { may: members, body: ({ spaceId }) => ({ ...asked, tags: [], spaceId }) },
	'PUT /api/v1/faqs/{id}': { may: settlers, body: () => ({ ...asked, tags: [], version: 1 }) },
	'POST /api/v1/faqs/{id}/entries': { may: settlers, body: ({ question }) => ({ questionId: question }) },
	'PUT /api/v1/faqs/{id}/entries/{entry}': {
		may: [],
		path: ({ shared }) => `/api/v1/faqs/${shared.faqs}/entries/${noEntry}`,
		body: () => ({ question: 'How?', answerMd: 'So.' })
	},
	'PUT /api/v1/faqs/{id}/entries/{entry}/place': {
		may: [],
		path: ({ shared }) => `/api/v1/faqs/${shared.faqs}/entries/${noEntry}/place`,
		body: () => ({ move: 'up' })
	},
	'DELETE /api/v1/faqs/{id}/entries/{entry}': {
		may: [],
		path: ({ shared }) => `/api/v1/faqs/${shared.faqs}/entries/${noEntry}`
	},
	'PUT /api/v1/faqs/{id}/entries/{entry}/source': {
		may: [],
		path: ({ shared }) => `/api/v1/faqs/${shared.faqs}/entries/${noEntry}/source`,
		body: () => ({ take: 'ours' })
	}
};
