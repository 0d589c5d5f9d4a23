import { forAll, signedIn, type Rows } from '../row.ts';

/** What reached somebody is read by them alone: the page and the operation know no other person. */
export const autonomy: Rows = {
	...forAll(signedIn, 'GET /autonomy', 'GET /api/v1/me/reached'),
	// Who looks after all, or after a space; a community manager is tried beside the policy.
	...forAll(['steward', 'admin'], 'GET /autonomy/meter', 'GET /api/v1/autonomy'),
	...forAll(signedIn, 'GET /autonomy/pulse', 'GET /api/v1/me/autonomy-pulse'),
	...forAll(signedIn, 'POST /autonomy/pulse?/hush'),
	'POST /autonomy/pulse?/rest': { may: signedIn, body: () => ({ for: 'week' }) },
	'PUT /api/v1/me/autonomy-pulse/rest': { may: signedIn, body: () => ({ for: 'off' }) },
	// Nobody of this world has been here for a month: told that they are not asked now, which is tried beside the command.
	'POST /autonomy/pulse?/answer': { may: signedIn, body: () => ({ decide: '4' }) },
	'PUT /api/v1/me/autonomy-pulse': { may: signedIn, body: () => ({ decide: '4' }) },
	'POST /autonomy?/off': { may: signedIn, body: () => ({ name: 'item.helped' }) },
	'DELETE /api/v1/me/reached/{name}': { may: signedIn, path: () => '/api/v1/me/reached/item.helped' }
};
