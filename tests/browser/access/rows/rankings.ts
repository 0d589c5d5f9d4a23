import { forAll, members, onItem, settlers, signedIn, type Row, type Rows } from '../row.ts';
import type { Role, World } from '../world.ts';

const at = (may: readonly Role[], path: (world: World) => string, body?: Row['body']): Row => ({ may, path, body });
const about = { title: 'Tools of 2030', year: '2030' };
const edit = { ...about, most: '5', places: '100', version: '1' };
const nomination = { name: 'Rope', why: 'It holds.', context: 'own_work' };
const newOne = ({ spaceId }: World) => ({ spaceId, ...about });

const merge = ({ shared }: World) => ({ into: shared.otherTool, why: 'One thing.' });

const letIn = ({ people }: World) => ({ person: people.member.id });
const onGuide =
	(rest: string) =>
	({ shared }: World) =>
		`/rankings/${shared.guided}/guide${rest}`;
const apiGuide =
	(rest: string) =>
	({ shared }: World) =>
		`/api/v1/rankings/${shared.guided}/guide${rest}`;

/** Rankings: members name and vote, those who look after one open, close and release it. */
export const rankings: Rows = {
	...forAll(signedIn, 'GET /rankings', 'GET /rankings/new', 'GET /api/v1/rankings'),
	...forAll(members, 'GET /rankings/[id]', 'GET /api/v1/rankings/{id}', 'GET /tools/[id]', 'GET /api/v1/tools/{id}'),
	...forAll(settlers, 'GET /rankings/[id]/edit', 'GET /api/v1/rankings/{id}/draft'),
	'GET /api/v1/rankings/{id}/preview': at(settlers, ({ shared }) => `/api/v1/rankings/${shared.counted}/preview`),
	'POST /rankings/new': { may: members, body: newOne },
	'POST /api/v1/rankings': { may: members, body: newOne },
	'POST /rankings/[id]/edit': { may: settlers, body: () => edit },
	'PUT /api/v1/rankings/{id}': { may: settlers, body: () => ({ ...about, version: 1 }) },
	...onItem('/rankings/[id]', ({ shared }) => shared.rankings),
	'POST /rankings/[id]?/nominate': { may: members, body: () => nomination },
	'POST /api/v1/rankings/{id}/nominations': { may: members, body: () => nomination },
	'POST /rankings/[id]?/withdraw': { may: settlers, body: ({ shared }) => ({ item: shared.nominations }) },
	'DELETE /api/v1/rankings/{id}/nominations/{nomination}': at(
		settlers,
		({ shared }) => `/api/v1/rankings/${shared.rankings}/nominations/${shared.nominations}`
	),
	'POST /rankings/[id]?/status': { may: settlers, body: () => ({ status: 'voting' }) },
	'PUT /api/v1/rankings/{id}/status': { may: settlers, body: () => ({ status: 'voting' }) },
	'POST /rankings/[id]?/vote': at(
		members,
		({ shared }) => `/rankings/${shared.polls}?/vote`,
		({ shared }) => ({ 'choices.0': shared.choices })
	),
	'POST /api/v1/rankings/{id}/ballots': at(
		members,
		({ shared }) => `/api/v1/rankings/${shared.polls}/ballots`,
		({ shared }) => ({ choices: [shared.choices] })
	),
	'POST /rankings/[id]?/release': at(settlers, ({ shared }) => `/rankings/${shared.counted}?/release`),
	'POST /api/v1/rankings/{id}/releases': at(
		settlers,
		({ shared }) => `/api/v1/rankings/${shared.counted}/releases`,
		() => ({})
	),
	'GET /rankings/[id]/releases/[hash]': at(
		members,
		({ shared }) => `/rankings/${shared.released}/releases/${shared.release}`
	),
	'GET /api/v1/rankings/{id}/releases/{hash}': at(
		members,
		({ shared }) => `/api/v1/rankings/${shared.released}/releases/${shared.release}`
	),
	'POST /tools/[id]?/merge': { may: settlers, body: merge },
	'PUT /api/v1/tools/{id}/merge': { may: settlers, body: merge },
	'POST /tools/[id]?/part': { may: settlers },
	'DELETE /api/v1/tools/{id}/merge': { may: settlers },
	'POST /rankings/[id]?/year': { may: settlers, body: () => ({ year: '2031' }) },
	'POST /api/v1/rankings/{id}/years': { may: settlers, body: () => ({ year: 2031 }) },
	'GET /rankings/[id]/guide': { may: members },
	'GET /api/v1/rankings/{id}/guide': { may: members },
	'GET /rankings/[id]/guide/[edition]': at(
		members,
		({ shared }) => `/rankings/${shared.guided}/guide/${shared.editions}`
	),
	'GET /api/v1/rankings/{id}/guide/editions/{edition}': at(
		members,
		({ shared }) => `/api/v1/rankings/${shared.guided}/guide/editions/${shared.editions}`
	),
	'POST /rankings/[id]/guide?/begin': { may: settlers, body: ({ spaceId }) => ({ spaceId }) },
	'PUT /api/v1/rankings/{id}/guide': { may: settlers, body: ({ spaceId }) => ({ spaceId }) },
	'POST /rankings/[id]/guide?/issue': at(settlers, onGuide('?/issue'), () => ({ name: 'First' })),
	'POST /api/v1/rankings/{id}/guide/editions': at(settlers, apiGuide('/editions'), () => ({ name: 'First' })),
	// Stewards of its space let people in; who may is tried beside the command as well.
	'POST /rankings/[id]/guide?/letIn': at(['steward'], onGuide('?/letIn'), letIn),
	'POST /api/v1/rankings/{id}/guide/access': at(['steward'], apiGuide('/access'), letIn),
	// Nobody of the world has been let in for a time.
	'POST /rankings/[id]/guide?/endAccess': at([], onGuide('?/endAccess'), ({ shared }) => ({ item: shared.editions })),
	'DELETE /api/v1/rankings/{id}/guide/access/{access}': at(
		[],
		({ shared }) => `/api/v1/rankings/${shared.guided}/guide/access/${shared.editions}`
	),
	'GET /tools/[id]/edit': at(members, ({ shared }) => `/tools/${shared.guideEntry}/edit`),
	'GET /api/v1/tools/{id}/entry/draft': at(members, ({ shared }) => `/api/v1/tools/${shared.guideEntry}/entry/draft`),
	'GET /api/v1/tools/{id}/entry': { may: members },
	'POST /tools/[id]/edit': at(
		members,
		({ shared }) => `/tools/${shared.unwritten}/edit`,
		() => ({ summary: 'So.' })
	),
	'PUT /api/v1/tools/{id}/entry': at(
		members,
		({ shared }) => `/api/v1/tools/${shared.unwritten}/entry`,
		() => ({ summary: 'So.' })
	),
	...onItem('/tools/[id]', ({ shared }) => shared.guideEntry)
};
