import { forAll, members, onItem, settlers, signedIn, type Row, type Rows } from '../row.ts';
import type { Role, World } from '../world.ts';
import { times } from '#src/testing/rollouts.ts';

const at = (may: readonly Role[], path: (world: World) => string, body?: Row['body']): Row => ({ may, path, body });
const about = ({ shared }: World) => ({ title: 'The new job aid', places: shared.rolloutPlaces, ...times });
const departure = ({ shared }: World) => ({ place: shared.drawnPlace, why: 'They moved.' });

/** Roll-outs: whoever looks after the figures plans one, and whoever looks after it draws its order. */
export const rollouts: Rows = {
	...forAll(signedIn, 'GET /rollouts', 'GET /rollouts/new', 'GET /api/v1/rollouts'),
	...forAll(members, 'GET /rollouts/[id]', 'GET /api/v1/rollouts/{id}'),
	...forAll(settlers, 'GET /rollouts/[id]/edit', 'GET /api/v1/rollouts/{id}/draft'),
	// Of figures that others look after none is planned, which is told beside the field.
	'POST /rollouts/new': { may: members, body: (world) => ({ spaceId: world.spaceId, ...about(world) }) },
	'POST /api/v1/rollouts': { may: members, body: (world) => ({ spaceId: world.spaceId, ...about(world) }) },
	'POST /rollouts/[id]/edit': { may: settlers, body: (world) => ({ ...about(world), version: '1' }) },
	'PUT /api/v1/rollouts/{id}': { may: settlers, body: (world) => ({ ...about(world), version: 1 }) },
	...onItem('/rollouts/[id]', ({ shared }) => shared.rollouts),
	'POST /rollouts/[id]?/draw': { may: settlers },
	'PUT /api/v1/rollouts/{id}/order': { may: settlers },
	'POST /rollouts/[id]?/depart': at(settlers, ({ shared }) => `/rollouts/${shared.drawnRollout}?/depart`, departure),
	'POST /api/v1/rollouts/{id}/departures': at(
		settlers,
		({ shared }) => `/api/v1/rollouts/${shared.drawnRollout}/departures`,
		departure
	)
};
