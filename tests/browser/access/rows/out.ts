import { newId } from '#src/platform/server/ids.ts';
import { forAll, members, signedIn, type Rows } from '../row.ts';

/** Feeds out: whoever may read a space may read its feed; private addresses are one's own. */
export const out: Rows = {
	'GET /out/[kind]/[target]/[format]': { may: members, path: ({ spaceId }) => `/out/space/${spaceId}/atom` },
	'GET /api/v1/out/{kind}/{target}/{format}': {
		may: members,
		path: ({ spaceId }) => `/api/v1/out/space/${spaceId}/json`
	},
	...forAll(signedIn, 'GET /settings/feeds', 'GET /api/v1/me/feed-addresses'),
	'POST /settings/feeds?/make': { may: members, body: ({ spaceId }) => ({ kind: 'space', target: spaceId }) },
	'POST /api/v1/me/feed-addresses': { may: members, body: ({ spaceId }) => ({ kind: 'space', target: spaceId }) },
	'POST /settings/feeds?/app': { may: signedIn, body: () => ({ name: 'Phone' }) },
	// No token, no reader: what one opens is tried beside the protocol.
	'GET /api/greader.php/[...path]': { may: [], path: () => '/api/greader.php/reader/api/0/user-info' },
	'POST /api/greader.php/[...path]': { may: [], path: () => '/api/greader.php/reader/api/0/edit-tag' },
	// Nobody has this one; that each is its owner’s alone is tried beside the command.
	'POST /settings/feeds?/end': { may: [], body: () => ({ id: newId() }) },
	'POST /settings/feeds?/endApp': { may: [], body: () => ({ id: newId() }) },
	'DELETE /api/v1/me/feed-addresses/{id}': { may: [], path: () => `/api/v1/me/feed-addresses/${newId()}` }
};
