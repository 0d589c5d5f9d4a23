import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { id } from '#src/core/items/input.ts';
import { newEvidence } from '../input.ts';
import { addEvidence, removeEvidence } from './evidence.ts';

const write = { tag: 'Needs', scope: 'write' } as const;

export const evidenceEndpoints: Endpoint[] = [
	endpoint({
		...{ ...write, method: 'POST', path: '/needs/{id}/evidence', status: 201, summary: 'Attach what shows it' },
		description: '`where` is the address of something here, or of a page elsewhere.',
		params: z.object({ id }),
		body: newEvidence,
		response: z.object({ id }),
		example: { body: { says: 'Forty pallets watched on Tuesday: five booked wrongly.', cause: 'tools' } },
		run: async ({ db, viewer, params, body }) => ({ id: await addEvidence(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/needs/{id}/evidence/{evidence}', summary: 'Take evidence away' },
		params: z.object({ id, evidence: id }),
		run: ({ db, viewer, params }) => removeEvidence(db, viewer, params.id, params.evidence)
	})
];
