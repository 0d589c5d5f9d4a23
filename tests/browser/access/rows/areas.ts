import { admins, forAll, signedIn, type Row, type Rows } from '../row.ts';
import type { Role } from '../world.ts';

/** Who shares the area of the world, and who makes areas. */
const offerers: Role[] = ['asker', 'admin'];
const offer = { duties: 'welcome', ownWords: '' };
const area = (rest: string, body?: Row['body']): Pick<Row, 'path' | 'body'> => ({
	path: ({ shared }) => `/api/v1/areas/${shared.areas}${rest}`,
	body
});
const inSpace: Row = { may: admins, path: ({ shared, spaceId }) => `/api/v1/areas/${shared.areas}/spaces/${spaceId}` };
const ofColleague: Pick<Row, 'path'> = {
	path: ({ shared, colleague }) => `/api/v1/areas/${shared.areas}/people/${colleague}`
};

/** Looking after communities: an area is known to all who know of one of its spaces. */
export const areas: Rows = {
	...forAll(signedIn, 'GET /community', 'GET /api/v1/areas'),
	'GET /community/[id]': { may: signedIn },
	'GET /api/v1/areas/{id}': { may: signedIn },
	'GET /api/v1/areas/lonely-spaces': { may: admins },
	'POST /community?/make': { may: admins, body: () => ({ name: `Area ${Math.random()}` }) },
	'POST /api/v1/areas': { may: admins, body: () => ({ name: `Area ${Math.random()}` }) },
	'POST /community?/place': { may: admins, body: ({ shared, spaceId }) => ({ item: shared.areas, space: spaceId }) },
	'POST /community/[id]?/place': { may: admins, body: ({ spaceId }) => ({ space: spaceId }) },
	'PUT /api/v1/areas/{id}/spaces/{space}': inSpace,
	'POST /community/[id]?/takeOut': { may: admins, body: ({ spaceId }) => ({ item: spaceId }) },
	'DELETE /api/v1/areas/{id}/spaces/{space}': inSpace,
	'POST /community/[id]?/change': { may: admins, body: () => ({ name: `Area ${Math.random()}`, version: '1' }) },
	'PUT /api/v1/areas/{id}': { may: admins, body: () => ({ name: `Area ${Math.random()}`, version: 1 }) },
	'POST /community/[id]?/end': { may: admins },
	'DELETE /api/v1/areas/{id}': { may: admins },
	'POST /community/[id]?/offer': { may: offerers, body: ({ colleague }) => ({ ...offer, item: colleague }) },
	'PUT /api/v1/areas/{id}/people/{person}': { may: offerers, ...ofColleague, body: () => ({ duties: ['welcome'] }) },
	'POST /community/[id]?/letGo': { may: offerers, body: ({ colleague }) => ({ item: colleague }) },
	'DELETE /api/v1/areas/{id}/people/{person}': { may: offerers, ...ofColleague },
	// Only who was asked can accept; saying no is always possible, and changes nothing for who was not asked.
	'POST /community?/share': { may: ['asker'], body: ({ shared }) => ({ item: shared.areas }) },
	'POST /community/[id]?/share': { may: ['asker'], body: () => ({ duties: 'questions' }) },
	'PUT /api/v1/areas/{id}/share': { may: ['asker'], ...area('/share', () => ({})) },
	'POST /community?/leave': { may: signedIn, body: ({ shared }) => ({ item: shared.areas }) },
	'DELETE /api/v1/areas/{id}/share': { may: signedIn, ...area('/share') }
};
