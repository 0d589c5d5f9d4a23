import { askEndpoints } from '#src/ask/server/api.ts';
import { apiEndpoints as tokenEndpoints } from '#src/core/api/server/endpoints.ts';
import { notifyEndpoints } from '#src/core/notify/server/api.ts';
import { itemEndpoints } from '#src/core/items/server/api.ts';
import { peopleEndpoints } from '#src/core/people/server/api.ts';
import { spaceEndpoints } from '#src/core/spaces/server/api.ts';
import type { Endpoint } from '#src/core/api/server/endpoint.ts';
import { libraryEndpoints } from '#src/library/server/api.ts';
import { makeRouter } from '#src/core/api/server/router.ts';

/** Every operation of the JSON API: each room declares its own in `server/api.ts`. */
export const endpoints: readonly Endpoint[] = [
	...tokenEndpoints,
	...notifyEndpoints,
	...askEndpoints,
	...itemEndpoints,
	...spaceEndpoints,
	...peopleEndpoints,
	...libraryEndpoints
];

export const router = makeRouter(endpoints);
