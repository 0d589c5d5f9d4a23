import { forAll, signedIn, type Rows } from '../row.ts';

/** What reached somebody is read by them alone: the page and the operation know no other person. */
export const autonomy: Rows = {
	...forAll(signedIn, 'GET /autonomy', 'GET /api/v1/me/reached'),
	// Who looks after all, or after a space; a community manager is tried beside the policy.
	...forAll(['steward', 'admin'], 'GET /autonomy/meter', 'GET /api/v1/autonomy'),
	'POST /autonomy?/off': { may: signedIn, body: () => ({ name: 'item.helped' }) },
	'DELETE /api/v1/me/reached/{name}': { may: signedIn, path: () => '/api/v1/me/reached/item.helped' }
};
