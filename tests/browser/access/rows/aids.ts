import { newId } from '#src/platform/server/ids.ts';
import { examples } from '#src/testing/aids.ts';
import { forAll, members, onItem, settlers, signedIn, type Rows } from '../row.ts';

const { checklist } = examples;
/** A checklist as its form sends it. */
const form = {
	title: 'Open it',
	intro: '',
	'items.0.text': 'Lights on',
	tags: '',
	roles: '',
	patterns: '',
	verifyBy: ''
};
const step = () => ({ step: '1', version: '1', run: newId() });
const newList = '/aids/new/checklist';

/** Job aids: the world's is written, and so kept, by the asker. */
export const aids: Rows = {
	...forAll(signedIn, 'GET /api/v1/aids', 'GET /aids/new'),
	'GET /aids/new/[type]': { may: signedIn, path: () => newList },
	'POST /aids/new/[type]?/rows': { may: signedIn, path: () => `${newList}?/rows`, body: () => form },
	'POST /aids/new/[type]?/save': {
		may: members,
		path: () => `${newList}?/save`,
		body: ({ spaceId }) => ({ ...form, spaceId })
	},
	...forAll(members, 'GET /aids/[id]', 'GET /aids/[id]/run', 'GET /aids/[id]/print'),
	...onItem('/aids/[id]', ({ shared }) => shared.aids),
	'GET /aids/[id]/edit': { may: settlers },
	'POST /aids/[id]/edit?/rows': { may: settlers, body: () => form },
	'POST /aids/[id]/edit?/save': { may: settlers, body: () => ({ ...form, note: '', version: '1' }) },
	'POST /aids/[id]?/verify': { may: settlers, body: () => ({ until: '' }) },
	'POST /aids/[id]?/handOver': { may: settlers, body: ({ colleague }) => ({ ownerId: colleague }) },
	'POST /aids/[id]?/retire': { may: settlers, body: () => ({ successorId: '' }) },
	'POST /aids/[id]?/revive': { may: settlers },
	'POST /aids/[id]?/stuck': { may: members, body: step },
	'POST /aids/[id]/run?/stuck': { may: members, body: step },
	'POST /aids/[id]/run?/done': { may: members, body: step },

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
