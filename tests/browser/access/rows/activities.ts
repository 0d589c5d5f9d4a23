import { anHour } from '#src/testing/activities.ts';
import { forAll, members, onItem, settlers, signedIn, type Row, type Rows } from '../row.ts';

const fields = { ...anHour, endsOn: '', runnerId: '', needId: '', metricId: '', tags: '' };
const api = (rest: string, may: Row['may'], body?: Row['body']): Row => ({
	may,
	path: ({ shared }) => `/api/v1/activities/${shared.activities}${rest}`,
	body
});
const came = () => ({ bodyMd: 'Three ways.' });

/** Activities: who reads the space reads them; who planned or runs one changes it, with those who look after the space. */
export const activities: Rows = {
	...forAll(signedIn, 'GET /activities', 'GET /activities/new', 'GET /api/v1/activities'),
	...forAll(members, 'GET /spaces/[slug]/community/programme'),
	...forAll(members, 'GET /activities/[id]', 'GET /activities/[id]/ics', 'GET /api/v1/activities/{id}'),
	...forAll(members, 'GET /api/v1/activities/{id}/ics'),
	...forAll(settlers, 'GET /activities/[id]/edit', 'GET /api/v1/activities/{id}/draft'),
	'POST /activities/new': { may: members, body: ({ spaceId }) => ({ ...fields, spaceId }) },
	'POST /api/v1/activities': { may: members, body: ({ spaceId }) => ({ ...anHour, spaceId }) },
	...onItem('/activities/[id]', ({ shared }) => shared.activities),
	'POST /activities/[id]/edit': { may: settlers, body: () => ({ ...fields, note: '', version: '1' }) },
	'PUT /api/v1/activities/{id}': api('', settlers, () => ({ ...anHour, version: 1 })),
	// It has not begun yet: that is said to those who may tell what came of it.
	'POST /activities/[id]?/afterwards': { may: settlers, body: came },
	'PUT /api/v1/activities/{id}/afterwards': api('/afterwards', settlers, came),
	'POST /activities/[id]?/mark': { may: members },
	'PUT /api/v1/activities/{id}/mark': api('/mark', members),
	'POST /activities/[id]?/remind': { may: members, body: () => ({ ahead: 'day' }) },
	'PUT /api/v1/activities/{id}/reminder': api('/reminder', members, () => ({ ahead: 'day' })),
	'POST /activities/[id]?/remindNot': { may: members },
	'DELETE /api/v1/activities/{id}/reminder': api('/reminder', members)
};
