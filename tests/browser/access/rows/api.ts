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

	...forAll(signedIn, 'GET /api/v1/questions', 'GET /api/v1/questions/similar', 'GET /api/v1/tags'),
	...forAll(members, 'GET /api/v1/questions/{id}'),
	// Of a space one may not read there is nothing to count: the answer is empty.
	...forAll(signedIn, 'GET /api/v1/spaces/{id}/answer-times'),
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
	'GET /api/v1/me/bookmarks': { may: signedIn },
	'PUT /api/v1/items/{id}/bookmark': { may: members },
	'DELETE /api/v1/items/{id}/bookmark': { may: signedIn },
	...forAll(signedIn, 'PUT /api/v1/me/follows/{kind}/{target}', 'DELETE /api/v1/me/follows/{kind}/{target}'),
	'PUT /api/v1/items/{id}/outdated': { may: members },
	'POST /api/v1/items/{id}/settlement': { may: settlers, body: () => ({ as: 'still_right' }) },
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
