import { anAsking } from '#src/testing/askings.ts';
import { everybody, forAll, members, signedIn, type Rows } from '../row.ts';
import type { Role } from '../world.ts';

/** Who looks after those asked: the check itself stays out of the admin's sight where it is closed to them. */
const overseers: Role[] = ['steward', 'admin'];
/** Who has passed, in this world. */
const owner: Role[] = ['asker'];

const { people: _, ...said } = anAsking();
const asForm = Object.fromEntries(
	Object.entries(said.qualities).flatMap(([name, { met, why }]) => [
		...(met ? [[`qualities.${name}.met`, 'on']] : []),
		[`qualities.${name}.why`, why]
	])
);
const { qualities: __, ...form } = {
	...said,
	...{ analysisId: '', audience: 'space', dueOn: '', renewMonths: '', legalNames: 'off' }
};

/** What is asked of people, and what those who have passed can show. */
export const asked: Rows = {
	...forAll(
		signedIn,
		'GET /checks',
		'GET /proofs',
		'GET /api/v1/me/tasks',
		'GET /api/v1/me/reviews',
		'GET /api/v1/me/proofs',
		'GET /api/v1/askings'
	),
	'POST /checks?/quiet': { may: members, body: ({ asked }) => ({ item: asked.checks, for: 'week' }) },
	'PUT /api/v1/me/tasks/{id}/quiet': { may: members, body: () => ({ for: 'week' }) },

	...forAll(['steward'], 'GET /checks/[id]/ask'),
	'POST /checks/[id]/ask': { may: ['steward'], body: ({ spaceId }) => ({ ...form, ...asForm, spaceId }) },
	'POST /api/v1/checks/{id}/askings': {
		may: ['steward'],
		body: ({ spaceId }) => ({ ...said, audience: 'space', spaceId })
	},
	...forAll(members, 'GET /askings/[id]', 'GET /api/v1/askings/{id}'),
	...forAll(overseers, 'GET /api/v1/askings/{id}/waiting', 'POST /askings/[id]?/end', 'DELETE /api/v1/askings/{id}'),
	'POST /askings/[id]?/later': { may: overseers, body: () => ({ dueDays: '60' }) },
	'PUT /api/v1/askings/{id}/due': { may: overseers, body: () => ({ dueDays: 60 }) },

	...forAll(
		owner,
		...['GET /proofs/[id]', 'GET /proofs/[id]/credential', 'POST /proofs/[id]/pdf'],
		...['POST /proofs/[id]?/giveOut', 'POST /proofs/[id]?/takeBack', 'GET /api/v1/me/proofs/{id}'],
		...['PUT /api/v1/me/proofs/{id}/address', 'DELETE /api/v1/me/proofs/{id}/address']
	),
	...forAll(everybody, 'GET /proofs/verify'),
	'POST /proofs/verify': { may: everybody, body: () => ({ text: 'no proof' }) },
	'POST /api/v1/proofs/verification': { may: signedIn, body: () => ({ text: 'no proof' }) },
	'GET /proofs/status/[list]': { may: everybody, path: () => '/proofs/status/0' },
	'GET /[x+2e]well-known/did.json': { may: everybody, path: () => '/.well-known/did.json' },
	'GET /[x+2e]well-known/jwks.json': { may: everybody, path: () => '/.well-known/jwks.json' }
};
