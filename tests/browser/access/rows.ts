import { newId } from '#src/platform/server/ids.ts';
import type { Operation } from './operations.ts';
import { roles, type Role, type World } from './world.ts';

/** Who may do an operation; all others must be turned away. */
export interface Row {
	may: readonly Role[];
	/** What is sent; the same for everybody. */
	body?: (world: World) => Record<string, unknown>;
	/** Where the address has parts that the world does not name. */
	path?: (world: World) => string;
}

const everybody = roles;
const signedIn = roles.filter((role) => role !== 'visitor');
/** Those in the closed space that the world is about. */
const members: Role[] = ['asker', 'member', 'steward'];
const settlers: Role[] = ['asker', 'steward'];

const about =
	(key: 'question' | 'answer' | 'comment', more: Record<string, unknown> = {}) =>
	(world: World) => ({ item: world[key], ...more });

const onQuestion = '/questions/[id]';

const pages: [Operation, readonly Role[]][] = [
	['GET /', signedIn],
	['GET /answers/[id]/edit', ['member', 'steward']],
	['GET /bookmarks', signedIn],
	['GET /items/[id]/history', members],
	['GET /notifications', signedIn],
	['GET /pages/[id]', members],
	['GET /pages/[id]/edit', settlers],
	['GET /questions', signedIn],
	[`GET ${onQuestion}`, members],
	['GET /questions/[id]/edit', settlers],
	['GET /questions/new', signedIn],
	['GET /settings/drafts', signedIn],
	['GET /settings/export', signedIn],
	['GET /tags', signedIn],
	['GET /tags/[tag]', signedIn],
	['GET /sign-in', everybody],
	['GET /sign-out', everybody],
	['GET /welcome', everybody],
	['GET /design', everybody],
	['GET /developers', everybody]
];

const edit = { title: 'How do I reset the till now?', bodyMd: 'Please.', tags: 'till', note: '', version: '1' };

/** Every route of the application with who may use it. A route without a row fails the test. */
export const rows: Record<Operation, Row> = {
	...Object.fromEntries(pages.map(([operation, may]) => [operation, { may }])),

	'POST /sign-in': { may: everybody, body: () => ({ email: 'nobody@example.org', password: 'wrong' }) },
	'POST /sign-out': { may: everybody },
	'POST /welcome': { may: everybody },
	'POST /theme': { may: everybody, body: () => ({ theme: 'dark' }) },

	[`POST ${onQuestion}?/helped`]: { may: ['asker', 'steward'], body: about('answer', { minutesSaved: '5' }) },
	[`POST ${onQuestion}?/takeBackHelped`]: { may: members, body: about('answer') },
	[`POST ${onQuestion}?/bookmark`]: { may: members, body: about('question') },
	// One's own bookmark or follow may go even when the item is out of sight.
	[`POST ${onQuestion}?/removeBookmark`]: { may: signedIn, body: about('question') },
	[`POST ${onQuestion}?/follow`]: { may: members, body: about('question') },
	[`POST ${onQuestion}?/unfollow`]: { may: signedIn, body: about('question') },
	[`POST ${onQuestion}?/flag`]: { may: members, body: about('answer') },
	[`POST ${onQuestion}?/settle`]: { may: settlers, body: about('question', { as: 'still_right' }) },
	[`POST ${onQuestion}?/archive`]: { may: settlers, body: about('question') },
	[`POST ${onQuestion}?/restore`]: { may: settlers, body: about('question') },
	[`POST ${onQuestion}?/removeComment`]: { may: ['member', 'steward'], body: about('comment') },
	[`POST ${onQuestion}?/answer`]: { may: members, body: about('question', { bodyMd: 'Mine.' }) },
	[`POST ${onQuestion}?/comment`]: { may: members, body: about('answer', { bodyMd: 'Mine.' }) },
	[`POST ${onQuestion}?/commentOnQuestion`]: { may: members, body: about('question', { bodyMd: 'Mine.' }) },
	[`POST ${onQuestion}?/accept`]: { may: settlers, body: about('answer') },
	[`POST ${onQuestion}?/takeBackAcceptance`]: { may: settlers, body: about('question') },
	[`POST ${onQuestion}?/askForMore`]: { may: members, body: about('question', { bodyMd: 'Which?' }) },
	[`POST ${onQuestion}?/markDuplicate`]: {
		may: settlers,
		body: ({ question, original }) => ({ item: question, originalId: original })
	},
	[`POST ${onQuestion}?/unmarkDuplicate`]: { may: settlers, body: about('question') },
	'POST /questions/[id]/edit': { may: settlers, body: () => edit },
	'POST /questions/new': { may: members, body: ({ spaceId }) => ({ spaceId, title: 'May I ask this?', bodyMd: '' }) },
	'POST /answers/[id]/edit': {
		may: ['member', 'steward'],
		body: ({ question }) => ({ questionId: question, bodyMd: 'Better.', version: '1' })
	},
	'POST /tags/[tag]?/follow': { may: signedIn },
	'POST /tags/[tag]?/unfollow': { may: signedIn },
	'GET /questions/similar': { may: signedIn },

	'POST /pages/[id]?/comment': { may: members, body: () => ({ bodyMd: 'Mine.' }) },
	'POST /pages/[id]?/helped': { may: ['member', 'steward'], body: () => ({ minutesSaved: '5' }) },
	'POST /pages/[id]?/outdated': { may: members },
	'POST /pages/[id]/edit': { may: settlers, body: () => edit },
	'POST /items/[id]/history?/restore': { may: settlers, body: () => ({ version: '1', seen: '1' }) },

	'POST /settings/drafts?/discard': { may: signedIn, body: () => ({ key: 'question' }) },
	'GET /settings/export/download': { may: signedIn },
	'GET /drafts/[key]': { may: signedIn },
	'PUT /drafts/[key]': { may: signedIn, body: () => ({ content: {} }) },
	'DELETE /drafts/[key]': { may: signedIn },
	'POST /files': { may: signedIn },
	// Nothing is stored under this id: the files' own tests hold who may read one.
	'GET /files/[id]/[name]': { may: [], path: () => `/files/${newId()}/a.png` },
	'GET /suggest/people': { may: signedIn },
	'GET /suggest/tags': { may: signedIn },

	'POST /notifications?/read': { may: signedIn },
	'POST /notifications?/unread': { may: signedIn },
	'POST /notifications?/mute': { may: signedIn },
	'POST /notifications?/unmute': { may: signedIn },
	'POST /notifications?/less': { may: signedIn },
	'POST /notifications?/off': { may: signedIn },
	'GET /notifications/recent': { may: signedIn },
	'GET /notifications/stream': { may: signedIn },

	'GET /healthz': { may: everybody },
	'GET /readyz': { may: everybody },
	// From this machine; from elsewhere with its token only.
	'GET /metrics': { may: everybody },
	'GET /api/v1/openapi.json': { may: everybody },

	'GET /api/v1/me': { may: signedIn },
	'GET /api/v1/me/tokens': { may: signedIn },
	'POST /api/v1/me/tokens': { may: signedIn, body: () => ({ name: 'Test', scopes: ['read'], days: 1 }) },
	'DELETE /api/v1/me/tokens/{id}': { may: [], path: () => `/api/v1/me/tokens/${newId()}` }
};
