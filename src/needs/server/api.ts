import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { pageOf } from '#src/core/api/server/page.ts';
import { id } from '#src/core/items/input.ts';
import { evidenceEndpoints } from '../evidence/server/api.ts';
import { helpedEndpoints } from '../helped/server/api.ts';
import { optionEndpoints } from '../options/server/api.ts';
import { planEndpoints } from '../plan/server/api.ts';
import { pulseEndpoints } from '../pulse/server/api.ts';
import {
	causeEdit,
	causeName,
	costsEdit,
	needEdit,
	needFilter,
	newConclusion,
	newNeed,
	newPath,
	pathEdit
} from '../input.ts';
import { addPath, readAnalysis, removePath, writeCause, writeCosts, writePath } from './analysis.ts';
import { analysis, needRow, needView } from './api-shapes.ts';
import { conclude } from './conclude.ts';
import { addEditor, removeEditor } from './editors.ts';
import { editNeed, stateNeed } from './needs.ts';
import { listNeeds, readNeed } from './read.ts';

const tag = 'Needs';
const get = { tag, scope: 'read', method: 'GET' } as const;
const write = { tag, scope: 'write' } as const;
const params = z.object({ id });
const ofPerson = z.object({ id, person: id });
const ofPath = z.object({ id, path: id });
const versionOnly = z.object({ version: z.number() });
const someId = '0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77';
const path = {
	...{ cause: 'tools', title: 'Print the address label where the parcel is closed', quick: true },
	...{ moneyOnce: 250, hoursMake: 4, minutesEach: 5, days: 7, share: 60, chosen: true }
} as const;

const needItselfEndpoints: Endpoint[] = [
	endpoint({
		...{ ...get, path: '/needs', summary: 'Problems at work that I may read, the liveliest first' },
		query: needFilter,
		response: pageOf(needRow),
		run: ({ db, viewer, query }) => listNeeds(db, viewer, query)
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/needs', status: 201, summary: 'State a problem at work' },
		body: newNeed,
		response: z.object({ id }),
		example: {
			body: {
				...{ spaceId: someId, title: 'Parcels come back because of wrong addresses', bodyMd: 'Sixty a month.' },
				...{ who: 'The twelve who pack', wanted: 'A parcel arrives the first time.', figure: 'Returns a week' }
			}
		},
		run: async ({ db, viewer, body }) => ({ id: await stateNeed(db, viewer, body) })
	}),
	endpoint({
		...{ ...get, path: '/needs/{id}', summary: 'A problem at work, and what its analysis came to' },
		params,
		response: needView,
		run: ({ db, viewer, params }) => readNeed(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/needs/{id}', summary: 'Say the problem better' },
		params,
		body: needEdit,
		response: versionOnly,
		run: async ({ db, viewer, params, body }) => ({ version: await editNeed(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/needs/{id}/editors/{person}', summary: 'Ask somebody along to work it out' },
		params: ofPerson,
		run: ({ db, viewer, params }) => addEditor(db, viewer, params.id, params.person)
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/needs/{id}/editors/{person}', summary: 'Let somebody go again' },
		params: ofPerson,
		run: ({ db, viewer, params }) => removeEditor(db, viewer, params.id, params.person)
	})
];

const analysisEndpoints: Endpoint[] = [
	endpoint({
		...{ ...get, path: '/needs/{id}/analysis', summary: 'The analysis, as those who work it out see it' },
		params,
		response: analysis,
		run: ({ db, viewer, params }) => readAnalysis(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/needs/{id}/costs', summary: 'Say what the problem costs' },
		description: 'What is left out is not known. Send the `version` you started from.',
		params,
		body: costsEdit,
		response: versionOnly,
		example: {
			body: { people: 12, timesMonth: 60, minutesEach: 30, hourCost: 40, otherMonth: 300, currency: 'EUR', version: 1 }
		},
		run: async ({ db, viewer, params, body }) => ({ version: await writeCosts(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/needs/{id}/causes/{cause}', summary: 'Write about one of the six causes' },
		description: '`version` is 0 where nobody has written about it yet. A cause that was found says what shows it.',
		params: z.object({ id, cause: causeName }),
		body: causeEdit,
		response: versionOnly,
		example: { body: { answer: 'partly', shows: 'Eight of twelve parcels had an old label.', version: 0 } },
		run: async ({ db, viewer, params, body }) => ({
			version: await writeCause(db, viewer, params.id, params.cause, body)
		})
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/needs/{id}/paths', status: 201, summary: 'Add what could be done' },
		description: 'Never without what it costs and how long it takes. Money is in the currency of the costs.',
		params,
		body: newPath,
		response: z.object({ id }),
		example: { body: path },
		run: async ({ db, viewer, params, body }) => ({ id: await addPath(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/needs/{id}/paths/{path}', summary: 'Change what could be done' },
		params: ofPath,
		body: pathEdit,
		response: versionOnly,
		example: { body: { ...path, version: 1 } },
		run: async ({ db, viewer, params, body }) => ({
			version: await writePath(db, viewer, params.id, params.path, body)
		})
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/needs/{id}/paths/{path}', summary: 'Take a path away' },
		params: ofPath,
		run: ({ db, viewer, params }) => removePath(db, viewer, params.id, params.path)
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/needs/{id}/conclusions', status: 201, summary: 'Record what it came to' },
		description:
			'It never changes; recording again adds a newer one. All six causes are looked at before, what is chosen answers a cause that was found, and `noQuick` says why there is no quick fix where there is none.',
		params,
		body: newConclusion,
		response: z.object({ id }),
		example: { body: { decision: 'act', summary: 'Old labels are the cause; print them where parcels are closed.' } },
		run: async ({ db, viewer, params, body }) => ({ id: await conclude(db, viewer, params.id, body) })
	})
];

export const needEndpoints: Endpoint[] = [
	...needItselfEndpoints,
	...analysisEndpoints,
	...pulseEndpoints,
	...evidenceEndpoints,
	...optionEndpoints,
	...planEndpoints,
	...helpedEndpoints
];
