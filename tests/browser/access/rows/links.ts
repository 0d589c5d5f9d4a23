import { forAll, members, onItem, settlers, signedIn, type Rows } from '../row.ts';

const one = '/links/[id]';

/** Links: the world's is shared by the asker. */
export const links: Rows = {
	...forAll(signedIn, 'GET /links', 'GET /links/new', 'GET /links/import'),
	...forAll(members, `GET ${one}`, `GET ${one}/changes`),
	...forAll(settlers, `GET ${one}/edit`),
	...onItem(one, ({ shared }) => shared.links),
	'POST /links/new': { may: members, body: ({ spaceId }) => ({ spaceId, url: 'https://new.example/a' }) },
	// Without a file a member is told that one is needed; so is everybody, before rights are asked.
	'POST /links/import': { may: signedIn, body: ({ spaceId }) => ({ spaceId }) },
	[`POST ${one}/edit`]: { may: settlers, body: () => ({ title: 'The manual', bodyMd: '', tags: '', version: '1' }) },
	[`POST ${one}?/check`]: { may: members, body: ({ shared }) => ({ item: shared.links, verdict: 'trust' }) },
	[`POST ${one}?/withdraw`]: { may: members, body: ({ shared }) => ({ item: shared.links }) },
	[`POST ${one}?/look`]: { may: members, body: ({ shared }) => ({ item: shared.links }) },

	...forAll(signedIn, 'GET /api/v1/links'),
	...forAll(members, 'GET /api/v1/links/{id}', 'GET /api/v1/links/{id}/changes'),
	'POST /api/v1/links': { may: members, body: ({ spaceId }) => ({ spaceId, url: 'https://new.example/a' }) },
	'PUT /api/v1/links/{id}': { may: settlers, body: () => ({ title: 'The manual', bodyMd: '', version: 1 }) },
	'PUT /api/v1/links/{id}/check': { may: members, body: () => ({ verdict: 'care' }) },
	...forAll(members, 'DELETE /api/v1/links/{id}/check', 'POST /api/v1/links/{id}/looks')
};
