import { forAll, members, onItem, settlers, signedIn, type Row, type Rows } from '../row.ts';
import type { Role, World } from '../world.ts';

const at = (may: readonly Role[], path: (world: World) => string, body?: Row['body']): Row => ({ may, path, body });
const dates = { closesOn: '2999-04-26', announcesOn: '2999-05-03' };
const about = { title: 'Which tool?', rule: 'A tool, and why.', ...dates };
const entry = { answer: 'Rope', why: 'It holds.' };
const newOne = ({ spaceId }: World) => ({ spaceId, ...about });
const aside = { why: 'No why.' };

/** Prompts: members enter, those who look after one set entries aside and draw. */
export const prompts: Rows = {
	...forAll(signedIn, 'GET /prompts', 'GET /prompts/new', 'GET /api/v1/prompts'),
	...forAll(members, 'GET /prompts/[id]', 'GET /api/v1/prompts/{id}'),
	...forAll(settlers, 'GET /prompts/[id]/edit', 'GET /api/v1/prompts/{id}/draft'),
	'POST /prompts/new': { may: members, body: newOne },
	'POST /api/v1/prompts': { may: members, body: newOne },
	'POST /prompts/[id]/edit': { may: settlers, body: () => ({ ...about, version: '1' }) },
	'PUT /api/v1/prompts/{id}': { may: settlers, body: () => ({ ...about, version: 1 }) },
	...onItem('/prompts/[id]', ({ shared }) => shared.prompts),
	'POST /prompts/[id]?/enter': { may: members, body: () => entry },
	'PUT /api/v1/prompts/{id}/entry': { may: members, body: () => entry },
	'POST /prompts/[id]?/leave': { may: members },
	'DELETE /api/v1/prompts/{id}/entry': { may: members },
	'POST /prompts/[id]?/aside': { may: settlers, body: ({ shared }) => ({ item: shared.promptEntry, ...aside }) },
	'PUT /api/v1/prompts/{id}/entries/{entry}/aside': at(
		settlers,
		({ shared }) => `/api/v1/prompts/${shared.prompts}/entries/${shared.promptEntry}/aside`,
		() => aside
	),
	'POST /prompts/[id]?/draw': at(settlers, ({ shared }) => `/prompts/${shared.due}?/draw`),
	'PUT /api/v1/prompts/{id}/winners': at(settlers, ({ shared }) => `/api/v1/prompts/${shared.due}/winners`)
};
