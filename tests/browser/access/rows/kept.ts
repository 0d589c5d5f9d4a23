import { everybody, forAll, members, signedIn, type Row, type Rows } from '../row.ts';
import type { Role, World } from '../world.ts';

/** What somebody keeps is theirs alone: here it is the asker's. */
const keeper: Role[] = ['asker'];
const page = { url: 'https://keeps.example/matrix' };
const note = { note: 'Mine.', tags: '', version: '1' };
const own = (may: readonly Role[], more = {}): Row => ({ may, body: ({ shared }) => ({ item: shared.kept, ...more }) });
const passage = { exact: 'Count once.' };
const onHighlight = (may: readonly Role[], more = {}): Row => ({
	may,
	body: ({ shared }) => ({ item: shared.highlights, ...more })
});
const highlightAt = ({ shared }: World) => `/api/v1/me/highlights/${shared.highlights}`;
const entry = (rest: string, more = {}): Row => ({
	may: members,
	path: ({ shared }) => `/api/v1/entries/${shared.entries}${rest}`,
	body: () => more
});

/** Keeping: nobody but the keeper sees or changes it. To keep something one must be able to read it. */
export const kept: Rows = {
	...forAll(signedIn, 'GET /kept', 'GET /kept/new', 'GET /api/v1/me/kept', 'GET /api/v1/me/kept-tags'),
	'POST /kept/shared': { may: everybody, body: () => page },
	...forAll(everybody, 'GET /kept/shared'),
	...forAll(signedIn, 'GET /settings/keeping', 'GET /api/v1/me/kept-count'),
	'POST /settings/keeping?/count': { may: signedIn, body: () => ({ counted: 'off' }) },
	'PUT /api/v1/me/kept-count': { may: signedIn, body: () => ({ counted: false }) },
	...forAll(keeper, 'GET /kept/[id]', 'GET /api/v1/me/kept/{id}'),
	'POST /kept/new': { may: signedIn, body: () => page },
	'POST /api/v1/me/kept': { may: signedIn, body: () => page },
	'POST /kept?/edit': own(keeper, note),
	'POST /kept/[id]?/edit': own(keeper, note),
	'PUT /api/v1/me/kept/{id}': { may: keeper, body: () => ({ note: 'Mine.', tags: [], version: 1 }) },
	// What nobody keeps is taken away without a word, and brought back by its keeper alone.
	'POST /kept?/remove': own(signedIn),
	'POST /kept/[id]?/remove': own(signedIn),
	'DELETE /api/v1/me/kept/{id}': { may: signedIn },
	'POST /kept?/restore': own(keeper),
	'PUT /api/v1/me/kept/{id}/restoration': { may: keeper },
	'POST /kept/[id]?/highlight': { may: keeper, body: () => passage },
	'POST /api/v1/me/kept/{id}/highlights': { may: keeper, body: () => passage },
	'POST /kept/[id]?/noteHighlight': onHighlight(keeper, { note: 'So.', version: '1' }),
	'PUT /api/v1/me/highlights/{id}': { may: keeper, path: highlightAt, body: () => ({ note: 'So.', version: 1 }) },
	'POST /kept/[id]?/removeHighlight': onHighlight(signedIn),
	'DELETE /api/v1/me/highlights/{id}': { may: signedIn, path: highlightAt },
	...forAll(keeper, 'GET /kept/[id]/share'),
	'POST /kept/[id]/share': { may: keeper, body: ({ spaceId }) => ({ spaceId, why: 'So.' }) },
	'POST /api/v1/me/kept/{id}/shares': { may: keeper, body: ({ spaceId }) => ({ spaceId, why: 'So.' }) },
	'PUT /api/v1/items/{id}/kept': { may: members, body: () => ({ note: 'Mine.' }) },
	'DELETE /api/v1/items/{id}/kept': { may: signedIn },
	'GET /api/v1/items/{id}/keepers': { may: members },
	'GET /api/v1/entries/{id}/keepers': { ...entry('/keepers'), body: undefined },
	'POST /feeds?/keep': { may: members, body: ({ shared }) => ({ item: shared.entries }) },
	'POST /feeds/entries/[id]?/keep': { may: members },
	'PUT /api/v1/entries/{id}/kept': entry('/kept')
};
