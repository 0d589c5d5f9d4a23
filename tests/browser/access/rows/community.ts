import { forAll, members, signedIn, type Rows } from '../row.ts';
import type { Role, World } from '../world.ts';

/** Who looks after a space is its steward; community managers do where they read, which here they do not. */
const tenders: Role[] = ['steward'];
/** Whoever was asked to be a second answers alone. */
const asked: Role[] = ['asker'];
const line = 'Welcome. Ask whatever you need.';
const insights = { path: ({ spaceId }: World) => `/api/v1/spaces/${spaceId}/insights` };
const hush = { path: ({ spaceId }: World) => `/api/v1/spaces/${spaceId}/insights/hush` };

export const community: Rows = {
	...forAll(tenders, 'GET /spaces/[slug]/community'),
	'GET /api/v1/spaces/{id}/insights': { may: tenders, ...insights },
	// Everybody in the world has just joined.
	'POST /spaces/[slug]/community?/welcome': { may: tenders, body: ({ colleague }) => ({ item: colleague, line }) },
	'PUT /api/v1/spaces/{id}/welcomes/{person}': {
		may: tenders,
		path: ({ spaceId, colleague }) => `/api/v1/spaces/${spaceId}/welcomes/${colleague}`,
		body: () => ({ line })
	},
	// What is asked must be the case as well: that is tried beside the command.
	'POST /spaces/[slug]/community?/call': { may: tenders, body: () => ({ kind: 'second', item: 'till' }) },
	'POST /api/v1/spaces/{id}/calls': {
		may: tenders,
		path: ({ spaceId }) => `/api/v1/spaces/${spaceId}/calls`,
		body: () => ({ kind: 'second', topic: 'till' })
	},
	'POST /spaces/[slug]/community?/askPerson': {
		may: members,
		body: ({ question, colleague }) => ({ item: question, personId: colleague })
	},
	...forAll(signedIn, 'GET /api/v1/me/calls'),
	'GET /calls/[id]': { may: asked, path: ({ shared }) => `/calls/${shared.calls}` },
	'POST /calls/[id]': { may: asked, path: ({ shared }) => `/calls/${shared.calls}`, body: () => ({ answer: 'no' }) },
	'PUT /api/v1/me/calls/{id}/answer': {
		may: asked,
		path: ({ shared }) => `/api/v1/me/calls/${shared.calls}/answer`,
		body: () => ({ answer: 'yes' })
	},
	'POST /spaces/[slug]/community?/hush': { may: tenders, body: () => ({ how: 'week' }) },
	'PUT /api/v1/spaces/{id}/insights/hush': { may: tenders, ...hush, body: () => ({ how: 'week' }) },
	...forAll(tenders, 'POST /spaces/[slug]/community?/showAgain'),
	'DELETE /api/v1/spaces/{id}/insights/hush': { may: tenders, ...hush }
};
