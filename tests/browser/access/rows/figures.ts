import { forAll, members, onItem, settlers, signedIn, type Row, type Rows } from '../row.ts';
import type { Role, World } from '../world.ts';
import { tickets } from '#src/testing/figures.ts';

const at = (may: readonly Role[], path: (world: World) => string, body?: Row['body']): Row => ({ may, path, body });
const figure = { ...tickets, people: 12 };
const values = { values: [{ day: '2026-04-01', value: 41 }] };
const page = { url: 'https://counts.example/tickets.json' };
const query = { database: 'postgres://reader:secret@db.example/desk', query: 'select day, value from counts' };
const mark = { day: '2026-03-21', label: 'A second look' };

/** Figures: who reads the space reads them, who looks after one brings its values and marks what was done. */
export const figures: Rows = {
	...forAll(signedIn, 'GET /figures', 'GET /figures/new', 'GET /api/v1/figures'),
	...forAll(members, 'GET /figures/[id]', 'GET /api/v1/figures/{id}', 'GET /api/v1/figures/{id}/values'),
	...forAll(members, 'GET /figures/[id]/effect', 'GET /api/v1/figures/{id}/effect'),
	...forAll(members, 'GET /figures/[id]/csv', 'GET /api/v1/figures/{id}/csv'),
	...forAll(members, 'GET /figures/[id]/plot', 'GET /api/v1/figures/{id}/plot'),
	...forAll(settlers, 'GET /figures/[id]/edit', 'GET /api/v1/figures/{id}/draft'),
	...forAll(settlers, 'GET /figures/[id]/values', 'GET /api/v1/figures/{id}/intake'),
	...forAll(settlers, 'GET /figures/[id]/sources', 'GET /api/v1/figures/{id}/sources'),
	'POST /figures/[id]/sources?/hook': { may: settlers, body: () => ({}) },
	'POST /api/v1/figures/{id}/sources/hooks': { may: settlers },
	'POST /figures/[id]/sources?/page': { may: settlers, body: () => page },
	'POST /api/v1/figures/{id}/sources/pages': { may: settlers, body: () => page },
	'POST /figures/[id]/sources?/query': { may: settlers, body: () => query },
	'POST /api/v1/figures/{id}/sources/queries': { may: settlers, body: () => query },
	// Nothing can be pulled from the source of the world, which is told to those who may.
	'POST /figures/[id]/sources?/pull': { may: settlers, body: ({ shared }) => ({ item: shared.sources }) },
	'PUT /api/v1/figures/{id}/sources/{source}/pull': at(
		settlers,
		({ shared }) => `/api/v1/figures/${shared.figures}/sources/${shared.sources}/pull`
	),
	'POST /figures/[id]/sources?/end': { may: settlers, body: ({ shared }) => ({ item: shared.sources }) },
	'DELETE /api/v1/figures/{id}/sources/{source}': at(
		settlers,
		({ shared }) => `/api/v1/figures/${shared.figures}/sources/${shared.sources}`
	),
	// Only who has its secret may send; that is tried beside the command.
	'POST /hooks/[id]': at([], ({ shared }) => `/hooks/${shared.sources}`),
	'POST /figures/new': { may: members, body: ({ spaceId }) => ({ spaceId, ...figure }) },
	'POST /api/v1/figures': { may: members, body: ({ spaceId }) => ({ spaceId, ...figure }) },
	...onItem('/figures/[id]', ({ shared }) => shared.figures),
	'POST /figures/[id]/edit?/save': { may: settlers, body: () => ({ ...figure, version: '1' }) },
	'PUT /api/v1/figures/{id}': { may: settlers, body: () => ({ ...figure, version: 1 }) },
	'POST /figures/[id]/edit?/owner': { may: settlers, body: ({ people }) => ({ ownerId: people.asker.id }) },
	'PUT /api/v1/figures/{id}/owner': { may: settlers, body: ({ people }) => ({ ownerId: people.asker.id }) },
	'POST /figures/[id]/values?/bring': { may: settlers, body: () => ({ values: '2026-04-02 41' }) },
	'POST /api/v1/figures/{id}/values': { may: settlers, body: () => values },
	'POST /figures/[id]/values?/remove': { may: settlers, body: () => ({ day: '2026-03-02' }) },
	'DELETE /api/v1/figures/{id}/values/{day}': at(
		settlers,
		({ shared }) => `/api/v1/figures/${shared.figures}/values/2026-03-03`
	),
	'POST /figures/[id]/values?/take': { may: settlers, body: ({ shared }) => ({ line: shared.aside }) },
	'PUT /api/v1/figures/{id}/aside/{line}': at(
		settlers,
		({ shared }) => `/api/v1/figures/${shared.figures}/aside/${shared.aside}`
	),
	'POST /figures/[id]/values?/drop': { may: settlers, body: ({ shared }) => ({ line: shared.aside }) },
	'DELETE /api/v1/figures/{id}/aside/{line}': at(
		settlers,
		({ shared }) => `/api/v1/figures/${shared.figures}/aside/${shared.aside}`
	),
	'POST /figures/[id]?/mark': { may: settlers, body: () => mark },
	'POST /api/v1/figures/{id}/marks': { may: settlers, body: () => mark },
	'POST /figures/[id]?/unmark': { may: settlers, body: ({ shared }) => ({ mark: shared.marks }) },
	'DELETE /api/v1/figures/{id}/marks/{mark}': at(
		settlers,
		({ shared }) => `/api/v1/figures/${shared.figures}/marks/${shared.marks}`
	)
};
