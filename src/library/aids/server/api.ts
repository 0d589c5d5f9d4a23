import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { pageOf } from '#src/core/api/server/page.ts';
import { id } from '#src/core/items/input.ts';
import { aidTypes } from '../aid.ts';
import { aidContent } from '../content.ts';
import { aidEdit, aidFilter, handover, newAid, retirement, runProgress, stuck, verification } from '../input.ts';
import { aidLine, aidView, exampleAid } from './api-shapes.ts';
import { listAids } from './list.ts';
import { beginQuestion } from './questions.ts';
import { aidVersionAt, readAid } from './read.ts';
import { removeAid, retireAid, reviveAid } from './retire.ts';
import { noteRun } from './runs.ts';
import { handOver, verifyAid } from './verify.ts';
import { editAid, writeAid } from './write.ts';

const tag = 'Job aids';
const params = z.object({ id });
const at = { tag, scope: 'read', method: 'GET' } as const;
const write = { tag, scope: 'write' } as const;
const time = z.iso.datetime();

/** Job aids: found by the page of another application they belong to, run, verified, retired. */
export const aidEndpoints: Endpoint[] = [
	endpoint({
		...{ ...at, path: '/aids', summary: 'Job aids I may read: for a page of another application, a tag or a role' },
		description:
			'With `url`, those bound to that address, the closest first, without further pages; else the liveliest. A tag or role narrows either.',
		query: aidFilter,
		response: pageOf(aidLine),
		run: ({ db, viewer, query }) => listAids(db, viewer, query)
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/aids', status: 201, summary: 'Write a job aid' },
		description: `What it says depends on its type: ${aidTypes.join(', ')}. Patterns are hosts with a path, in which \`*\` stands for anything.`,
		body: newAid,
		response: z.object({ id }),
		example: { body: exampleAid },
		run: async ({ db, viewer, body }) => ({ id: await writeAid(db, viewer, body) })
	}),
	endpoint({
		...{ ...at, path: '/aids/{id}', summary: 'A job aid with how it is used and what was asked about it' },
		description: '`use` is null until five people have run it in the last 30 days.',
		params,
		response: aidView,
		run: ({ db, viewer, params }) => readAid(db, viewer, params.id)
	}),
	endpoint({
		...{ ...at, path: '/aids/{id}/versions/{version}', summary: 'A job aid as it was' },
		params: z.object({ id, version: z.coerce.number().int().min(1) }),
		response: z.object({
			id,
			title: z.string(),
			version: z.number(),
			content: aidContent,
			shown: aidView.shape.shown,
			note: z.string(),
			at: time
		}),
		run: ({ db, viewer, params }) => aidVersionAt(db, viewer, params.id, params.version)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/aids/{id}', summary: 'Change a job aid' },
		description:
			'Send the `version` you started from. Where only tags apart from its text change, the version stays and prints stay current.',
		params,
		body: aidEdit,
		response: z.object({ version: z.number() }),
		example: { body: { ...exampleAid, spaceId: undefined, note: 'The new gate', version: 1 } },
		run: async ({ db, viewer, params, body }) => ({ version: await editAid(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/aids/{id}', summary: 'Remove a job aid for good' },
		description: 'To keep it and lead its readers to another, retire it.',
		params,
		run: ({ db, viewer, params }) => removeAid(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/aids/{id}/verification', summary: 'Say that it holds, and until when' },
		params,
		body: verification,
		example: { body: { until: '2027-06-30' } },
		run: ({ db, viewer, params, body }) => verifyAid(db, viewer, params.id, body)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/aids/{id}/owner', summary: 'Hand a job aid over to somebody of its space' },
		params,
		body: handover,
		run: ({ db, viewer, params, body }) => handOver(db, viewer, params.id, body)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/aids/{id}/retirement', summary: 'Retire it, in favour of another' },
		params,
		body: retirement,
		example: { body: { successorId: null } },
		run: ({ db, viewer, params, body }) => retireAid(db, viewer, params.id, body)
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/aids/{id}/retirement', summary: 'Take it back into use' },
		params,
		run: ({ db, viewer, params }) => reviveAid(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/aids/{id}/runs/{run}', summary: 'Say how far I have come in a run' },
		description:
			'The caller makes the id of a run. Sent again or late, it does no harm. Others see numbers only, from five people on.',
		params: z.object({ id, run: id }),
		body: runProgress,
		example: { body: { version: 1, step: 2, finished: false } },
		run: ({ db, viewer, params, body }) => noteRun(db, viewer, params.id, params.run, body)
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/aids/{id}/stuck', summary: 'Begin a question about a step' },
		description:
			'Notes that I am stuck there, and answers with a question that quotes the step and links to it: add a line and send it to /questions.',
		params,
		body: stuck,
		response: z.object({ title: z.string(), bodyMd: z.string(), spaceId: id, address: z.string() }),
		example: { body: { step: 3 } },
		run: ({ db, viewer, params, body }) => beginQuestion(db, viewer, params.id, body)
	})
];
