import { forAll, members, signedIn, type Row, type Rows } from '../row.ts';
import type { Role } from '../world.ts';

/** What a space reads is for its stewards to say; each member may put it away. */
const choosers: Role[] = ['steward'];
const nowhere = { url: 'http://127.0.0.1/', title: '', folder: '' };
const named = { title: 'The yard', folder: 'Trade' };
const entry: Row = { may: signedIn, body: ({ shared }) => ({ ids: shared.entries, read: 'true' }) };
const all: Row = { may: signedIn, body: () => ({ until: new Date().toISOString() }) };
const oneOf = (may: readonly Role[], more = {}): Row => ({
	may,
	body: ({ shared }) => ({ item: shared.feeds, ...more })
});
const rule = { words: ['pallets'], deed: 'top' };
const ofSpace = { words: ['ferries'], deed: 'hide' };
const oneRule = (may: readonly Role[], more = {}): Row => ({
	may,
	body: ({ shared }) => ({ item: shared.rules, ...more })
});
const telling: Row['body'] = ({ shared }) => ({ telling: shared.entries });
const batch = '00000000-0000-4000-8000-000000000000';

/** Feeds: the asker’s space reads one. */
export const feeds: Rows = {
	...forAll(signedIn, 'GET /feeds', 'GET /feeds/add', 'GET /feeds/mine', 'GET /feeds/opml'),
	...forAll(signedIn, 'GET /api/v1/feeds', 'GET /api/v1/feeds/opml', 'GET /api/v1/entries'),
	...forAll(members, 'GET /feeds/entries/[id]', 'GET /api/v1/entries/{id}'),
	'GET /api/v1/feeds/discovery': { may: signedIn, path: () => `/api/v1/feeds/discovery?url=${nowhere.url}` },
	'POST /feeds/add': { may: signedIn, body: () => nowhere },
	'POST /api/v1/feeds': { may: signedIn, body: () => nowhere },
	'POST /feeds?/mark': entry,
	'POST /feeds/entries/[id]?/mark': { may: signedIn, body: () => ({ read: 'true' }) },
	'PUT /api/v1/me/entries-read': { may: signedIn, body: ({ shared }) => ({ ids: [shared.entries] }) },
	'POST /feeds/entries/[id]?/whole': { may: members },
	'POST /api/v1/entries/{id}/whole-text': { may: members },
	'POST /feeds/entries/[id]?/apart': { may: members, body: telling },
	'POST /feeds/entries/[id]?/together': { may: members, body: telling },
	'PUT /api/v1/entries/{id}/apart': { may: members, body: () => ({}) },
	'DELETE /api/v1/entries/{id}/apart': { may: members },
	// A hub calls by an address that only it knows; this one is nobody's.
	...forAll([], 'GET /feed-push/[id]', 'POST /feed-push/[id]'),
	'POST /feeds?/markAll': all,
	'PUT /api/v1/me/entries-read/all': all,
	'POST /feeds?/undo': { may: signedIn, body: () => ({ batch }) },
	'DELETE /api/v1/me/entries-read/{batch}': { may: signedIn, path: () => `/api/v1/me/entries-read/${batch}` },
	...forAll(signedIn, 'GET /api/v1/feeds/suggestions'),
	...forAll(signedIn, 'GET /feeds/rules', 'GET /api/v1/feeds/rules'),
	'POST /feeds/rules?/make': { may: choosers, body: ({ spaceId }) => ({ ...ofSpace, spaceId }) },
	'POST /api/v1/feeds/rules': { may: choosers, body: ({ spaceId }) => ({ ...ofSpace, spaceId }) },
	'POST /feeds/rules?/edit': oneRule(choosers, rule),
	'PUT /api/v1/feeds/rules/{id}': { may: choosers, body: () => rule },
	'POST /feeds/rules?/off': oneRule(members),
	'PUT /api/v1/feeds/rules/{id}/off': { may: members },
	'POST /feeds/rules?/on': oneRule(members),
	'DELETE /api/v1/feeds/rules/{id}/off': { may: members },
	'POST /feeds/rules?/remove': oneRule(choosers),
	'DELETE /api/v1/feeds/rules/{id}': { may: choosers },
	'POST /feeds/mine?/edit': oneOf(choosers, named),
	'PUT /api/v1/feeds/{id}': { may: choosers, body: () => named },
	'POST /feeds/mine?/remove': oneOf(choosers),
	'DELETE /api/v1/feeds/{id}': { may: choosers },
	'POST /feeds/mine?/mute': oneOf(members, { days: '7' }),
	'PUT /api/v1/feeds/{id}/mute': { may: members, body: () => ({ days: 7 }) },
	'POST /feeds/mine?/unmute': oneOf(members),
	'DELETE /api/v1/feeds/{id}/mute': { may: members },
	'POST /feeds/mine?/bring': { may: signedIn },
	'POST /api/v1/feeds/opml': { may: signedIn, body: () => ({ opml: '<opml version="2.0"><body/></opml>' }) }
};
