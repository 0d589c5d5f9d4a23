import { newId } from '#src/platform/server/ids.ts';
import { signedIn, type Rows } from '../row.ts';

/** The JSON API, for people who have signed in; what tokens may do is held beside its frame. */
export const api: Rows = {
	'GET /api/v1/me': { may: signedIn },
	'GET /api/v1/me/tokens': { may: signedIn },
	'POST /api/v1/me/tokens': { may: signedIn, body: () => ({ name: 'Test', scopes: ['read'], days: 1 }) },
	'DELETE /api/v1/me/tokens/{id}': { may: [], path: () => `/api/v1/me/tokens/${newId()}` },
	'GET /api/v1/me/notifications': { may: signedIn },
	'GET /api/v1/me/notification-settings': { may: signedIn },
	'POST /api/v1/me/notifications/read': { may: signedIn },
	'POST /api/v1/me/notifications/unread': { may: signedIn },
	'PUT /api/v1/me/notification-settings': { may: signedIn },
	'PUT /api/v1/me/notification-pause': { may: signedIn },
	// One's own list of what to hear nothing of: it tells nothing of the item.
	'PUT /api/v1/me/muted/{item}': { may: signedIn },
	'DELETE /api/v1/me/muted/{item}': { may: signedIn }
};
