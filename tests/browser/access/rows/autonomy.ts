import { forAll, signedIn, type Rows } from '../row.ts';

/** What reached somebody is read by them alone: the page and the operation know no other person. */
export const autonomy: Rows = {
	...forAll(signedIn, 'GET /autonomy', 'GET /api/v1/me/reached'),
	'POST /autonomy?/off': { may: signedIn, body: () => ({ name: 'item.helped' }) },
	'DELETE /api/v1/me/reached/{name}': { may: signedIn, path: () => '/api/v1/me/reached/item.helped' }
};
