import { newId } from '#src/platform/server/ids.ts';
import { admins, forAll, members, outside, settlers, signedIn, type Rows } from '../row.ts';

/** The JSON API, for people who have signed in; what tokens may do is held beside its frame. */
export const api: Rows = {
	'GET /api/v1/me': { may: signedIn },
	'GET /api/v1/me/tokens': { may: signedIn },
	'POST /api/v1/me/tokens': { may: signedIn, body: () => ({ name: 'Test', scopes: ['read'], days: 1 }) },
	'DELETE /api/v1/me/tokens/{id}': { may: [], path: () => `/api/v1/me/tokens/${newId()}` },
	'GET /api/v1/me/notifications': { may: signedIn },
	'GET /api/v1/me/notification-settings': { may: signedIn },
	'POST /api/v1/me/notifications/read': { may: signedIn },
	'POST /api/v1/me/notifications/unread': { may: signedIn },
	'PUT /api/v1/me/notification-settings': { may: signedIn },
	'PUT /api/v1/me/notification-pause': { may: signedIn },
	// One's own list of what to hear nothing of: it tells nothing of the item.
	'PUT /api/v1/me/muted/{item}': { may: signedIn },
	'DELETE /api/v1/me/muted/{item}': { may: signedIn },

	...forAll(signedIn, 'GET /api/v1/home', 'GET /api/v1/search', 'GET /api/v1/suggest'),
	...forAll(signedIn, 'GET /api/v1/suggest/people', 'GET /api/v1/suggest/tags'),
	'GET /api/v1/search/misses': { may: ['steward', 'admin'] },

	...forAll(signedIn, 'GET /api/v1/me/drafts', 'PUT /api/v1/me/drafts/{key}', 'DELETE /api/v1/me/drafts/{key}'),
	// One's own only, and nobody has one here.
	'GET /api/v1/me/drafts/{key}': { may: [] },
	...forAll(signedIn, 'GET /api/v1/me/export', 'GET /api/v1/me/follows', 'GET /api/v1/me/muted'),
	...forAll(signedIn, 'PUT /api/v1/me/photo', 'DELETE /api/v1/me/photo'),
	...forAll(signedIn, 'GET /api/v1/me/sessions', 'DELETE /api/v1/me/sessions', 'DELETE /api/v1/me/sessions/{id}'),
	'POST /api/v1/me/invitations': { may: signedIn, body: ({ token }) => ({ link: `http://localhost/join/${token}` }) },

	...forAll(signedIn, 'GET /api/v1/items', 'GET /api/v1/pages'),
	...forAll(members, 'GET /api/v1/pages/{id}'),
	'POST /api/v1/pages': { may: members, body: ({ spaceId }) => ({ spaceId, title: 'Mine', bodyMd: 'Mine.' }) },
	'PUT /api/v1/pages/{id}': {
		may: settlers,
		body: () => ({ title: 'The till', bodyMd: 'Better.', tags: [], version: 1 })
	},

	'POST /api/v1/files': { may: signedIn },
	'GET /api/v1/files/{id}': { may: members, path: ({ file }) => `/api/v1/files/${file}` },
	// Nothing is stored under this id: the files' own tests hold who may read one.
	'GET /api/v1/files/{id}/content': { may: [], path: () => `/api/v1/files/${newId()}/content` },

	...forAll(settlers, 'GET /api/v1/items/{id}/source'),
	...forAll(members, 'GET /api/v1/items/{id}/revisions', 'GET /api/v1/questions/{id}/people-who-may-know'),
	'GET /api/v1/items/{id}/revisions/{version}': {
		may: members,
		path: ({ question }) => `/api/v1/items/${question}/revisions/1`
	},
	'GET /api/v1/items/{id}/difference': {
		may: members,
		path: ({ question }) => `/api/v1/items/${question}/difference?from=1&to=1`
	},
	'POST /api/v1/items/{id}/restoration': { may: settlers, body: () => ({ version: 1, seen: 1 }) },
	'GET /api/v1/comments/{id}': { may: ['member'] },
	'PUT /api/v1/comments/{id}': { may: ['member'], body: () => ({ bodyMd: 'Better.', version: 1 }) },

	// Only who may bring somebody in finds anybody.
	'GET /api/v1/spaces/{id}/candidates': {
		may: signedIn,
		path: ({ spaceId }) => `/api/v1/spaces/${spaceId}/candidates?q=a`
	},

	'GET /api/v1/accounts': { may: admins },
	'GET /api/v1/organisation': { may: admins },
	'PUT /api/v1/organisation': { may: admins, body: () => ({ name: 'Harbour Works', openDomains: [] }) },

	...forAll(signedIn, 'GET /api/v1/questions', 'GET /api/v1/questions/similar', 'GET /api/v1/tags'),
	...forAll(members, 'GET /api/v1/questions/{id}'),
	// Of a space one may not read there is nothing to count: the answer is empty.
	...forAll(signedIn, 'GET /api/v1/spaces/{id}/answer-times'),
	'PUT /api/v1/spaces/{id}/answer-promise': { may: ['steward'], body: () => ({ share: 50, hours: 4 }) },
	'DELETE /api/v1/spaces/{id}/answer-promise': { may: ['steward'] },
	'POST /api/v1/questions': { may: members, body: ({ spaceId }) => ({ spaceId, title: 'May I ask this?' }) },
	'PUT /api/v1/questions/{id}': {
		may: settlers,
		body: () => ({ title: 'How is the till reset now?', bodyMd: '', tags: [], version: 1 })
	},
	'POST /api/v1/questions/{id}/answers': { may: members, body: () => ({ bodyMd: 'Mine.' }) },
	'PUT /api/v1/answers/{id}': { may: ['member', 'steward'], body: () => ({ bodyMd: 'Better.', version: 1 }) },
	...forAll(settlers, 'PUT /api/v1/answers/{id}/acceptance', 'DELETE /api/v1/questions/{id}/acceptance'),
	// The asker is a member too, but adds to the question instead of asking oneself.
	'POST /api/v1/questions/{id}/information-requests': { may: members, body: () => ({ bodyMd: 'Which?' }) },
	'POST /api/v1/questions/{id}/comments': { may: members, body: () => ({ bodyMd: 'Mine.' }) },
	'PUT /api/v1/questions/{id}/duplicate-of': { may: settlers, body: ({ original }) => ({ originalId: original }) },
	'DELETE /api/v1/questions/{id}/duplicate-of': { may: settlers },
	'POST /api/v1/questions/{id}/people-asked': { may: members, body: ({ colleague }) => ({ personId: colleague }) },

	'POST /api/v1/items/{id}/comments': { may: members, body: () => ({ bodyMd: 'Mine.' }) },
	'DELETE /api/v1/comments/{id}': { may: ['member', 'steward'] },
	'PUT /api/v1/items/{id}/helped': { may: ['member', 'steward'] },
	'DELETE /api/v1/items/{id}/helped': { may: members },
	...forAll(signedIn, 'PUT /api/v1/me/follows/{kind}/{target}', 'DELETE /api/v1/me/follows/{kind}/{target}'),
	'PUT /api/v1/items/{id}/outdated': { may: members },
	'POST /api/v1/items/{id}/settlement': { may: settlers, body: () => ({ as: 'still_right' }) },
	'POST /api/v1/items/{id}/correction': { may: settlers, body: () => ({ since: 1, note: 'Green.' }) },
	'PUT /api/v1/items/{id}/outcome': { may: settlers, body: () => ({ bodyMd: 'It was the paper.' }) },
	// Open again is only what was closed; who may is tried beside the command.
	'DELETE /api/v1/items/{id}/outcome': { may: [] },
	...forAll(settlers, 'PUT /api/v1/items/{id}/archive', 'DELETE /api/v1/items/{id}/archive'),

	...forAll(signedIn, 'GET /api/v1/spaces', 'GET /api/v1/spaces/{id}', 'GET /api/v1/people', 'GET /api/v1/people/{id}'),
	'POST /api/v1/spaces': { may: signedIn, body: () => ({ name: 'Tills', access: 'open', kind: 'team' }) },
	'PUT /api/v1/spaces/{id}': { may: ['steward'], body: () => ({ name: 'Tills', purpose: '', access: 'closed' }) },
	...forAll(['steward'], 'PUT /api/v1/spaces/{id}/archive', 'DELETE /api/v1/spaces/{id}/archive'),
	...forAll(members, 'PUT /api/v1/spaces/{id}/membership', 'DELETE /api/v1/spaces/{id}/membership'),
	...forAll(outside, 'PUT /api/v1/spaces/{id}/request'),
	...forAll(signedIn, 'DELETE /api/v1/spaces/{id}/request'),
	// Only stewards find somebody in it; for all others it is empty.
	...forAll(signedIn, 'GET /api/v1/spaces/{id}/requests'),
	'POST /api/v1/spaces/{id}/requests': {
		may: ['steward'],
		body: ({ applicant }) => ({ personId: applicant, approve: true })
	},
	...forAll(members, 'GET /api/v1/spaces/{id}/members'),
	...forAll(['steward'], 'PUT /api/v1/spaces/{id}/members/{personId}', 'DELETE /api/v1/spaces/{id}/members/{personId}'),
	'PUT /api/v1/spaces/{id}/members/{personId}/role': { may: ['steward'], body: () => ({ role: 'steward' }) },
	'PUT /api/v1/me/profile': { may: signedIn },
	'PUT /api/v1/people/{id}/roles': { may: admins, body: () => ({ roles: [] }) },
	...forAll(admins, 'PUT /api/v1/people/{id}/deactivation', 'DELETE /api/v1/people/{id}/deactivation')
};
