import { examples } from '#src/testing/aids.ts';
import { forAll, members, settlers, signedIn, type Rows } from '../row.ts';

const { checklist } = examples;

/** Job aids: the world's is written, and so kept, by the asker. */
export const aids: Rows = {
	...forAll(signedIn, 'GET /api/v1/aids'),
	...forAll(members, 'GET /api/v1/aids/{id}', 'GET /api/v1/aids/{id}/versions/{version}'),
	'POST /api/v1/aids': {
		may: members,
		body: ({ spaceId }) => ({ spaceId, title: 'Close the till', content: checklist })
	},
	'PUT /api/v1/aids/{id}': { may: settlers, body: () => ({ title: 'Open it', content: checklist, version: 1 }) },
	'DELETE /api/v1/aids/{id}': { may: settlers },
	'PUT /api/v1/aids/{id}/verification': { may: settlers, body: () => ({ until: null }) },
	'PUT /api/v1/aids/{id}/owner': { may: settlers, body: ({ colleague }) => ({ ownerId: colleague }) },
	'PUT /api/v1/aids/{id}/retirement': { may: settlers, body: () => ({ successorId: null }) },
	'DELETE /api/v1/aids/{id}/retirement': { may: settlers },
	'PUT /api/v1/aids/{id}/runs/{run}': { may: members, body: () => ({ version: 1, step: 1 }) },
	'POST /api/v1/aids/{id}/stuck': { may: members, body: () => ({ step: 1 }) }
};
