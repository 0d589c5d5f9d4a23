import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { id } from '#src/core/items/input.ts';
import { itemView } from '#src/core/items/server/api-shapes.ts';
import { entryEdit, newAccess, newGuide, newGuideEdition } from '../input.ts';
import { endAccess, grantAccess } from './access.ts';
import { entryDraft, guideView } from './api-shapes.ts';
import { editionAnswer, issueEdition } from './editions.ts';
import { entryToEdit, readEntry, writeEntry } from './entries.ts';
import { beginGuide, readGuide } from './guide.ts';

const tag = 'The Guide';
const get = { tag, scope: 'read', method: 'GET' } as const;
const write = { tag, scope: 'write' } as const;
const params = z.object({ id });
const someId = '0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77';

export const guideEndpoints: Endpoint[] = [
	endpoint({
		...{ ...get, path: '/rankings/{id}/guide', summary: 'The Guide of a ranking: contents and editions' },
		params,
		response: guideView,
		run: ({ db, viewer, params }) => readGuide(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/rankings/{id}/guide', summary: 'Begin the Guide of a ranking' },
		description: 'In the space of the ranking, or in another whose members, and those with a time of access, read it.',
		params,
		body: newGuide,
		example: { body: { spaceId: someId } },
		run: ({ db, viewer, params, body }) => beginGuide(db, viewer, params.id, body.spaceId)
	}),
	endpoint({
		...{ ...get, path: '/tools/{id}/entry', summary: 'What the Guide says of a tool' },
		params,
		response: z.object({ entry: itemView.nullable(), isClosed: z.boolean(), canWrite: z.boolean() }),
		run: ({ db, viewer, params }) => readEntry(db, viewer, params.id)
	}),
	endpoint({
		...{ ...get, path: '/tools/{id}/entry/draft', summary: 'An entry of the Guide as it is written' },
		params,
		response: entryDraft,
		run: ({ db, viewer, params }) => entryToEdit(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/tools/{id}/entry', summary: 'Write what the Guide says of a tool' },
		description: 'Send the `version` you started from, 0 for one that is not there yet. Each part is Markdown.',
		params,
		body: entryEdit,
		response: z.object({ version: z.number() }),
		example: {
			body: { summary: 'Paper that sticks.', features: '- Cheap\n- Seen', together: 'On the till.', version: 0 }
		},
		run: async ({ db, viewer, params, body }) => ({ version: await writeEntry(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/rankings/{id}/guide/editions', status: 201, summary: 'Issue an edition' },
		description: 'It is frozen at once, with the newest list; a job makes its PDF.',
		params,
		body: newGuideEdition,
		response: z.object({ id }),
		example: { body: { name: 'First edition' } },
		run: async ({ db, viewer, params, body }) => ({ id: await issueEdition(db, viewer, params.id, body) })
	}),
	endpoint({
		...{
			...get,
			path: '/rankings/{id}/guide/editions/{edition}',
			summary: 'The PDF of an edition',
			sends: 'application/pdf'
		},
		params: z.object({ id, edition: id }),
		run: ({ db, viewer, params }) => editionAnswer(db, viewer, params.id, params.edition)
	}),
	endpoint({
		...{
			...write,
			method: 'POST',
			path: '/rankings/{id}/guide/access',
			status: 201,
			summary: 'Let somebody read the Guide'
		},
		description: 'From today on for so many days, 365 unless told, with all editions that are issued meanwhile.',
		params,
		body: newAccess,
		response: z.object({ person: id }),
		example: { body: { person: someId } },
		run: async ({ db, viewer, params, body }) => {
			await grantAccess(db, viewer, params.id, body);
			return { person: body.person };
		}
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/rankings/{id}/guide/access/{access}', summary: 'End a time of access' },
		params: z.object({ id, access: id }),
		run: ({ db, viewer, params }) => endAccess(db, viewer, params.id, params.access)
	})
];
