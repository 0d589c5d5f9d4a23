import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { pageOf } from '#src/core/api/server/page.ts';
import { id } from '#src/core/items/input.ts';
import { itemFilter } from '#src/core/items/server/list.ts';
import {
	newBallot,
	newNomination,
	newRanking,
	newRelease,
	newYear,
	rankingEdit,
	statusChange,
	toolMerge
} from '../input.ts';
import { guideEndpoints } from '../guide/server/api.ts';
import { rankingDraft, rankingRow, rankingView, releaseView, result, toolView } from './api-shapes.ts';
import { vote } from './ballot.ts';
import { mergeTool, partTool } from './merge.ts';
import { nominate, withdraw } from './nominations.ts';
import { listRankings, rankingToEdit, readRanking } from './read.ts';
import { readRelease, releaseResult } from './release.ts';
import { previewResult } from './preview.ts';
import { readTool } from './tools.ts';
import { beginYear, changeStatus, editRanking, makeRanking } from './write.ts';

const tag = 'Rankings';
const get = { tag, scope: 'read', method: 'GET' } as const;
const write = { tag, scope: 'write' } as const;
const params = z.object({ id });
const made = z.object({ id });
const someId = '0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77';
const about = { title: 'What serves us best, 2030', bodyMd: 'Name a tool and say why.', year: 2030 };

/** A ranking and those who look after it. */
const curating: Endpoint[] = [
	endpoint({
		...{ ...get, path: '/rankings', summary: 'Rankings I may read, the liveliest first' },
		query: itemFilter,
		response: pageOf(rankingRow),
		run: ({ db, viewer, query }) => listRankings(db, viewer, query)
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/rankings', status: 201, summary: 'Begin a ranking in a space' },
		description:
			'It takes nominations at once, ballots once the vote is opened. `most` is how many choices a ballot may hold.',
		body: newRanking,
		response: made,
		example: { body: { spaceId: someId, ...about } },
		run: async ({ db, viewer, body }) => ({ id: await makeRanking(db, viewer, body) })
	}),
	endpoint({
		...{ ...get, path: '/rankings/{id}/draft', summary: 'A ranking as it is changed' },
		params,
		response: rankingDraft,
		run: ({ db, viewer, params }) => rankingToEdit(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/rankings/{id}', summary: 'Change what a ranking asks' },
		description: 'Send the `version` you started from. Once the vote was opened, how ballots count stays as it is.',
		params,
		body: rankingEdit,
		response: z.object({ version: z.number() }),
		example: { body: { ...about, version: 1 } },
		run: async ({ db, viewer, params, body }) => ({ version: await editRanking(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/rankings/{id}/status', summary: 'Open the vote, or close it for good' },
		params,
		body: statusChange,
		example: { body: { status: 'voting' } },
		run: ({ db, viewer, params, body }) => changeStatus(db, viewer, params.id, body.status)
	}),
	endpoint({
		...{ ...get, path: '/rankings/{id}/preview', summary: 'A closed vote as it counts, before it is released' },
		params,
		response: result,
		run: ({ db, viewer, params }) => previewResult(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/rankings/{id}/releases', status: 201, summary: 'Release the result' },
		description: 'From the second time on `note` says what was put right; earlier releases stay as they were.',
		params,
		body: newRelease,
		response: z.object({ hash: z.string() }),
		example: { body: { note: 'Two names are one tool.' } },
		run: async ({ db, viewer, params, body }) => ({ hash: await releaseResult(db, viewer, params.id, body) })
	}),
	endpoint({
		...{
			...write,
			method: 'POST',
			path: '/rankings/{id}/years',
			status: 201,
			summary: 'Begin the ranking of another year'
		},
		params,
		body: newYear,
		response: made,
		example: { body: { year: 2031 } },
		run: async ({ db, viewer, params, body }) => ({ id: await beginYear(db, viewer, params.id, body) })
	})
];

/** What everybody does with one. */
const taking: Endpoint[] = [
	endpoint({
		...{ ...get, path: '/rankings/{id}', summary: 'A ranking with what was named and its newest result' },
		description:
			'Of n choices on a ballot the first gives n points, the next one less. Equal points and equal ballots share a place.',
		params,
		response: rankingView,
		run: ({ db, viewer, params }) => readRanking(db, viewer, params.id)
	}),
	endpoint({
		...{
			...write,
			method: 'POST',
			path: '/rankings/{id}/nominations',
			status: 201,
			summary: 'Name a tool, and say why'
		},
		params,
		body: newNomination,
		response: made,
		example: { body: { name: 'Sticky notes', why: 'They are where the work is.', context: 'together' } },
		run: async ({ db, viewer, params, body }) => ({ id: await nominate(db, viewer, params.id, body) })
	}),
	endpoint({
		...{
			...write,
			method: 'DELETE',
			path: '/rankings/{id}/nominations/{nomination}',
			summary: 'Take a nomination back'
		},
		params: z.object({ id, nomination: id }),
		run: ({ db, viewer, params }) => withdraw(db, viewer, params.id, params.nomination)
	}),
	endpoint({
		...{
			...write,
			method: 'POST',
			path: '/rankings/{id}/ballots',
			confidential: true,
			summary: 'Vote: one ballot a person, for good'
		},
		description:
			'Tools by their ids, the best first. Whose a ballot is, is kept nowhere: it cannot be read or changed.',
		params,
		body: newBallot,
		example: { body: { choices: [someId] } },
		run: ({ db, viewer, params, body }) => vote(db, viewer, params.id, body)
	}),
	endpoint({
		...{ ...get, path: '/tools/{id}', summary: 'A tool over the years: its places, and what was said for it' },
		params,
		response: toolView,
		run: ({ db, viewer, params }) => readTool(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/tools/{id}/merge', summary: 'Let a tool count as another' },
		description: 'For those who look after the ranking. Results that were released stay; the trail is in `merges`.',
		params,
		body: toolMerge,
		example: { body: { into: someId, why: 'Two names of one thing.' } },
		run: ({ db, viewer, params, body }) => mergeTool(db, viewer, params.id, body)
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/tools/{id}/merge', summary: 'Let it stand for itself again' },
		params,
		run: ({ db, viewer, params }) => partTool(db, viewer, params.id)
	}),
	endpoint({
		...{ ...get, path: '/rankings/{id}/releases/{hash}', summary: 'One release, as it was frozen' },
		description: 'Its `hash` is SHA-256 of `content` as JSON without spaces, the names of every object in order.',
		params: z.object({ id, hash: z.string().regex(/^[\w-]{1,64}$/, 'must be the hash of a release') }),
		response: releaseView,
		run: ({ db, viewer, params }) => readRelease(db, viewer, params.id, params.hash)
	})
];

export const rankingEndpoints: Endpoint[] = [...curating, ...taking, ...guideEndpoints];
