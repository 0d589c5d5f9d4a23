import { forAll, type Rows } from '../row.ts';
import type { Role, World } from '../world.ts';

/** Who looks after a space is its steward; community managers do where they read, which here they do not. */
const tenders: Role[] = ['steward'];
const line = 'Welcome. Ask whatever you need.';
const insights = { path: ({ spaceId }: World) => `/api/v1/spaces/${spaceId}/insights` };

export const community: Rows = {
	...forAll(tenders, 'GET /spaces/[slug]/community'),
	'GET /api/v1/spaces/{id}/insights': { may: tenders, ...insights },
	// Everybody in the world has just joined.
	'POST /spaces/[slug]/community?/welcome': { may: tenders, body: ({ colleague }) => ({ item: colleague, line }) },
	'PUT /api/v1/spaces/{id}/welcomes/{person}': {
		may: tenders,
		path: ({ spaceId, colleague }) => `/api/v1/spaces/${spaceId}/welcomes/${colleague}`,
		body: () => ({ line })
	}
};
