import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { id } from '#src/core/items/input.ts';
import { newRule, ruleEdit } from '../../input.ts';
import { ruleView } from '../api-shapes.ts';
import { editRule, makeRule, myRules, removeRule, turnRule } from './rules.ts';

const params = z.object({ id });
const write = { tag: 'Feeds', scope: 'write' } as const;

/** Rules for entries that hold certain words. */
export const ruleEndpoints: Endpoint[] = [
	endpoint({
		...{ tag: 'Feeds', scope: 'read', method: 'GET', path: '/feeds/rules' },
		summary: 'My rules for entries, and those of my spaces',
		response: z.object({ items: z.array(ruleView) }),
		run: async ({ db, viewer }) => ({ items: await myRules(db, viewer) })
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/feeds/rules', status: 201 },
		summary: 'Make a rule: what is done with entries that hold certain words',
		description:
			'Any of the words is enough; they are whole words or phrases, without case and accents. A star at the end takes words that begin so. With `spaceId` it acts for the members of a space. The same rule again is the same.',
		body: newRule,
		response: z.object({ id }),
		example: { body: { words: ['football', 'transfer window'], deed: 'hide' } },
		run: async ({ db, viewer, body }) => ({ id: await makeRule(db, viewer, body) })
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/feeds/rules/{id}', summary: 'Change a rule' },
		params,
		body: ruleEdit,
		run: ({ db, viewer, params, body }) => editRule(db, viewer, params.id, body)
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/feeds/rules/{id}', summary: 'End a rule' },
		params,
		run: ({ db, viewer, params }) => removeRule(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/feeds/rules/{id}/off', summary: 'Let a rule of my space do nothing for me' },
		params,
		run: ({ db, viewer, params }) => turnRule(db, viewer, params.id, 'off')
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/feeds/rules/{id}/off', summary: 'Let it act for me again' },
		params,
		run: ({ db, viewer, params }) => turnRule(db, viewer, params.id, 'on')
	})
];
