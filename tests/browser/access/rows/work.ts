import { admins, forAll, signedIn, type Row, type Rows } from '../row.ts';
import type { Role, World } from '../world.ts';

/** What somebody keeps of their own work is theirs alone, for admins and stewards too: here it is the asker's. */
const owner: Role[] = ['asker'];
const goal = { title: 'Fewer returns', sign: '', why: '', reachBy: '' };
const note = { text: 'It took an hour less.', kind: 'evidence', happenedOn: '2030-04-01' };
const year = (rest = '') => ({ path: () => `/work/years/2030${rest}` });
const yearOfApi = (rest = ''): Pick<Row, 'path'> => ({ path: () => `/api/v1/work/years/2030${rest}` });
const to = ({ colleague }: World) => ({ email: `${colleague}@nobody.example` });
const asks =
	(rest = '') =>
	({ shared }: World) =>
		`/api/v1/work/prompts/${shared.closed}${rest}`;
const hook = { name: 'Tickets', sender: 'plain', account: '' };
const copy = ({ shared }: World) => `/api/v1/work/shares/${shared.copies}`;

export const work: Rows = {
	...forAll(signedIn, 'GET /work', 'GET /api/v1/work/goals', 'GET /api/v1/work/notes'),
	...forAll(signedIn, 'GET /api/v1/work/shares', 'GET /api/v1/work/copies'),
	...forAll(
		owner,
		'GET /work/goals/[id]',
		'GET /work/notes/[id]',
		'GET /work/copies/[id]',
		'GET /api/v1/work/copies/{id}'
	),
	'POST /work?/goal': { may: signedIn, body: () => goal },
	'POST /api/v1/work/goals': { may: signedIn, body: () => ({ title: 'Fewer returns' }) },
	'POST /work?/note': { may: signedIn, body: () => note },
	'POST /api/v1/work/notes': { may: signedIn, body: () => note },
	'POST /work/goals/[id]?/change': { may: owner, body: () => goal },
	'PUT /api/v1/work/goals/{id}': { may: owner, body: () => ({ title: 'Fewer returns' }) },
	'POST /work/goals/[id]?/turn': { may: owner, body: () => ({ state: 'reached' }) },
	'PUT /api/v1/work/goals/{id}/state': { may: owner, body: () => ({ state: 'reached' }) },
	'POST /work/goals/[id]?/note': { may: owner, body: () => note },
	...forAll(owner, 'POST /work/goals/[id]?/remove', 'DELETE /api/v1/work/goals/{id}'),
	'POST /work/notes/[id]?/change': { may: owner, body: () => note },
	'PUT /api/v1/work/notes/{id}': { may: owner, body: () => note },
	...forAll(owner, 'POST /work/notes/[id]?/remove', 'DELETE /api/v1/work/notes/{id}'),
	'GET /work/years/[year]': { may: signedIn, ...year() },
	'GET /work/years/[year]/pdf': { may: signedIn, ...year('/pdf') },
	'GET /api/v1/work/years/{year}': { may: signedIn, ...yearOfApi() },
	// To an address that nobody has a copy goes to nobody: who may give one is tried beside the command.
	'POST /work/years/[year]?/share': { may: signedIn, ...year('?/share'), body: to },
	'POST /api/v1/work/years/{year}/shares': { may: signedIn, ...yearOfApi('/shares'), body: to },
	'POST /work/years/[year]?/takeBack': {
		may: owner,
		...year('?/takeBack'),
		body: ({ shared }) => ({ item: shared.copies })
	},
	'DELETE /api/v1/work/shares/{id}': { may: owner, path: copy },
	'POST /work/copies/[id]': { may: owner },
	'POST /work?/answer': { may: owner, body: ({ shared }) => ({ item: shared.closed, text: 'Ask first.' }) },
	'PUT /api/v1/work/prompts/{id}/answer': { may: owner, path: asks('/answer'), body: () => ({ text: 'Ask first.' }) },
	'POST /work?/putAway': { may: owner, body: ({ shared }) => ({ item: shared.closed }) },
	'DELETE /api/v1/work/prompts/{id}': { may: owner, path: asks() },
	...forAll(
		signedIn,
		'GET /work/prompts',
		'GET /api/v1/work/prompts',
		'GET /api/v1/work/pace',
		'GET /api/v1/work/hooks'
	),
	'POST /work/prompts?/pace': { may: signedIn, body: () => ({ aWeek: '1' }) },
	'PUT /api/v1/work/pace': { may: signedIn, body: () => ({ aWeek: 1 }) },
	'POST /work/prompts?/connect': { may: admins, body: () => ({ ...hook, forAll: 'on' }) },
	'POST /api/v1/work/hooks': { may: admins, body: () => ({ ...hook, forAll: true }) },
	'POST /work/prompts?/end': { may: owner, body: ({ shared }) => ({ item: shared.hooks }) },
	...forAll(owner, 'DELETE /api/v1/work/hooks/{id}'),
	// A program calls by an address that it was told; this one is nobody's.
	...forAll([], 'POST /closed-work/[id]')
};
