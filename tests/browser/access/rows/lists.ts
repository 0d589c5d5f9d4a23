import { forAll, members, onItem, signedIn, type Row, type Rows } from '../row.ts';
import type { Role, World } from '../world.ts';

/** The list is the asker’s own: nobody else writes it. */
const curator: Role[] = ['asker'];
const page = 'https://reads.example/matrix';
const facts = { title: 'Counting', author: '', site: '', foundOn: '2030-03-06', note: '', version: '1' };
const words = { title: 'March', opening: '', closing: '', wanted: '10', version: '1' };
const text = { before: '', why: 'So.', quote: '', version: '2' };
const of = (may: readonly Role[], item: (world: World) => string, more = {}): Row => ({
	may,
	body: (world) => ({ item: item(world), ...more })
});
const at = (may: readonly Role[], path: (world: World) => string, body?: Row['body']): Row => ({ may, path, body });
const onShelf = (may: readonly Role[], rest = '', body?: Row['body']) =>
	at(may, ({ shared }) => `/api/v1/me/list-subscriptions/${shared.shelves}${rest}`, body);
const onPick = (rest = '', body?: Row['body']) =>
	at(curator, ({ shared }) => `/api/v1/lists/${shared.lists}/picks/${shared.picks}${rest}`, body);
const pick = ({ shared }: World) => shared.picks;
const shelf = ({ shared }: World) => shared.shelves;
const find = ({ shared }: World) => shared.finds;
const month = ({ spaceId }: World) => ({ month: '2030-05', of: 'me', spaceId });

/** Reading lists: what is collected is one’s own, what is published is for those who read the space. */
export const lists: Rows = {
	...forAll(signedIn, 'GET /lists', 'GET /lists/found', 'GET /lists/collect'),
	...forAll(
		signedIn,
		'GET /api/v1/finds',
		'GET /api/v1/me/lists',
		'GET /api/v1/lists',
		'GET /api/v1/me/list-subscriptions'
	),
	...forAll(members, 'GET /lists/[id]', 'GET /api/v1/lists/{id}', 'GET /lists/[id]/pdf', 'GET /api/v1/lists/{id}/pdf'),
	...forAll(members, 'GET /api/v1/shelves/{id}/atom', 'GET /api/v1/shelves/{id}/json'),
	'GET /lists/by/[shelf]/atom': at(members, ({ shared }) => `/lists/by/${shared.shelves}/atom`),
	'GET /lists/by/[shelf]/json': at(members, ({ shared }) => `/lists/by/${shared.shelves}/json`),
	'GET /lists/[id]/editions/[hash]': at(members, ({ shared }) => `/lists/${shared.lists}/editions/${shared.edition}`),
	'GET /api/v1/lists/{id}/editions/{hash}': at(
		members,
		({ shared }) => `/api/v1/lists/${shared.lists}/editions/${shared.edition}`
	),
	...forAll(curator, 'GET /lists/[id]/edit', 'GET /api/v1/lists/{id}/draft', 'DELETE /api/v1/lists/{id}'),
	...forAll(curator, 'DELETE /api/v1/finds/{id}'),
	'POST /lists/collect': { may: signedIn, body: () => ({ url: page }) },
	'POST /api/v1/finds': { may: signedIn, body: () => ({ url: page }) },
	'PUT /api/v1/finds/{id}': { may: curator, body: () => ({ ...facts, version: 1 }) },
	'POST /lists/found?/find': of(curator, find, facts),
	'POST /lists/found?/remove': of(curator, find),
	'POST /lists/found?/begin': { may: members, body: month },
	'POST /api/v1/lists': { may: members, body: month },
	...onItem('/lists/[id]', ({ shared }) => shared.lists),
	'POST /lists/[id]?/answer': of(members, ({ shared }) => shared.lists, { changed: 'yes' }),
	'PUT /api/v1/lists/{id}/change': { may: members, body: () => ({ changed: true }) },
	'POST /lists/[id]?/subscribe': of(members, shelf),
	'PUT /api/v1/me/list-subscriptions/{shelf}': onShelf(members),
	// A wish of one’s own may end even when the lists are out of sight.
	'POST /lists/[id]?/unsubscribe': of(signedIn, shelf),
	'POST /lists?/unsubscribe': of(signedIn, shelf),
	'DELETE /api/v1/me/list-subscriptions/{shelf}': onShelf(signedIn),
	// Nobody of the world has asked for these lists; who may is tried beside the command.
	'POST /lists?/snooze': of([], shelf, { days: '90' }),
	'PUT /api/v1/me/list-subscriptions/{shelf}/snooze': onShelf([], '/snooze', () => ({ days: 90 })),
	'POST /lists/[id]/edit?/words': { may: curator, body: () => words },
	'PUT /api/v1/lists/{id}': { may: curator, body: () => ({ ...words, wanted: 10, version: 1 }) },
	'POST /lists/[id]/edit?/pick': { may: curator, body: (world) => ({ findId: find(world) }) },
	'POST /api/v1/lists/{id}/picks': { may: curator, body: (world) => ({ findId: find(world) }) },
	'POST /lists/[id]/edit?/write': of(curator, pick, text),
	'PUT /api/v1/lists/{id}/picks/{pick}': onPick('', () => ({ ...text, lesson: false, version: 2 })),
	'POST /lists/[id]/edit?/place': of(curator, pick, { to: '2' }),
	'PUT /api/v1/lists/{id}/picks/{pick}/place': onPick('/place', () => ({ to: 2 })),
	'POST /lists/[id]/edit?/takeOut': of(curator, pick),
	'DELETE /api/v1/lists/{id}/picks/{pick}': onPick(),
	'POST /lists/[id]/edit?/find': of(curator, find, facts),
	'POST /lists/[id]/edit?/publish': { may: curator, body: () => ({ update: 'More.' }) },
	'POST /api/v1/lists/{id}/editions': { may: curator, body: () => ({ update: 'More.' }) },
	'POST /lists/[id]/edit?/discard': { may: curator }
};
