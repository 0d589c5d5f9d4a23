import { forAll, members, onItem, settlers, signedIn, type Rows } from '../row.ts';
import type { World } from '../world.ts';

const about =
	(key: 'question' | 'answer' | 'comment', more: Record<string, unknown> = {}) =>
	(world: World) => ({ item: world[key], ...more });

const onQuestion = '/questions/[id]';
const edit = { title: 'How do I reset the till now?', bodyMd: 'Please.', tags: 'till', note: '', version: '1' };

/** Questions, answers, pages and what is done with every item. */
export const items: Rows = {
	...forAll(signedIn, 'GET /questions', 'GET /questions/new', 'GET /pages/new', 'GET /tags', 'GET /tags/[tag]'),
	...forAll(members, `GET ${onQuestion}`, 'GET /pages/[id]', 'GET /items/[id]/history'),
	...forAll(settlers, `GET ${onQuestion}/edit`, 'GET /pages/[id]/edit'),
	...forAll(['member', 'steward'], 'GET /answers/[id]/edit'),
	...forAll(['member'], 'GET /comments/[id]/edit'),

	...onItem(onQuestion, ({ question }) => question),
	...onItem('/pages/[id]', ({ page }) => page),

	[`POST ${onQuestion}?/answer`]: { may: members, body: about('question', { bodyMd: 'Mine.' }) },
	[`POST ${onQuestion}?/commentOnQuestion`]: { may: members, body: about('question', { bodyMd: 'Mine.' }) },
	[`POST ${onQuestion}?/accept`]: { may: settlers, body: about('answer') },
	[`POST ${onQuestion}?/takeBackAcceptance`]: { may: settlers, body: about('question') },
	[`POST ${onQuestion}?/askForMore`]: { may: members, body: about('question', { bodyMd: 'Which?' }) },
	[`POST ${onQuestion}?/markDuplicate`]: {
		may: settlers,
		body: ({ question, original }) => ({ item: question, originalId: original })
	},
	[`POST ${onQuestion}?/askPerson`]: {
		may: members,
		body: ({ question, colleague }) => ({ item: question, personId: colleague })
	},
	[`POST ${onQuestion}?/unmarkDuplicate`]: { may: settlers, body: about('question') },
	'POST /questions/[id]/edit': { may: settlers, body: () => edit },
	'POST /pages/new': { may: members, body: ({ spaceId }) => ({ spaceId, title: 'Mine', bodyMd: 'Mine.' }) },
	'POST /questions/new': { may: members, body: ({ spaceId }) => ({ spaceId, title: 'May I ask this?', bodyMd: '' }) },
	'POST /answers/[id]/edit': {
		may: ['member', 'steward'],
		body: ({ question }) => ({ questionId: question, bodyMd: 'Better.', version: '1' })
	},
	'POST /comments/[id]/edit': { may: ['member'], body: () => ({ bodyMd: 'Better.', version: '1' }) },
	'POST /tags/[tag]?/follow': { may: signedIn },
	'POST /tags/[tag]?/unfollow': { may: signedIn },
	'GET /questions/similar': { may: signedIn },

	'POST /pages/[id]/edit': { may: settlers, body: () => edit },
	'POST /items/[id]/history?/correct': { may: settlers, body: () => ({ since: '1', note: 'Green.' }) },
	'POST /items/[id]/history?/restore': { may: settlers, body: () => ({ version: '1', seen: '1' }) }
};
