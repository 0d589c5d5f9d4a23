import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { choosers } from '#src/core/notify/choice.ts';
import { pulseEndpoints, saidQuarter } from '../pulse/server/api.ts';
import { reachedName } from '../input.ts';
import { readMeter } from './meter.ts';
import { readReached, turnOffReached } from './reached.ts';

const TAG = 'Autonomy';

const line = z.object({
	...{ name: z.string(), label: z.string(), count: z.int(), byMail: z.int(), onDevice: z.int(), inChat: z.int() },
	latest: z.array(z.object({ text: z.string(), href: z.string(), at: z.iso.datetime() })),
	...{ isOff: z.boolean(), stopLabel: z.string() }
});

const share = { share: z.number(), low: z.number(), high: z.number() };
const whole = z.object({
	lately: z.object({ ...share, pushes: z.int() }).nullable(),
	...{ before: z.number().nullable(), usual: z.number().nullable() },
	weeks: z.array(
		z.object({
			...{ week: z.string(), pushes: z.int(), own: z.int(), low: z.number().nullable(), high: z.number().nullable() }
		})
	),
	kinds: z.array(
		z.object({
			...{ kind: z.string(), label: z.string(), choice: z.enum(choosers), pushes: z.int() },
			...{ share: z.number(), before: z.number().nullable() }
		})
	),
	fall: z
		.object({
			...{ rule: z.enum(['below', 'run']), week: z.string() },
			rose: z.array(
				z.object({
					...{ label: z.string(), from: z.number(), to: z.number() },
					about: z.array(z.object({ title: z.string(), href: z.string(), count: z.int() }))
				})
			)
		})
		.nullable(),
	optOuts: z.int().nullable().describe('In the last 26 weeks; null where fewer than five people did'),
	leaks: z.int().describe('What was sent after it was left out')
});
const meter = z.object({
	whole: whole.nullable().describe('For admins and community managers'),
	spaces: z.array(
		z.object({
			...{ id: z.uuid(), name: z.string(), href: z.string(), pushes: z.int(), weeks: z.int() },
			...share
		})
	),
	leftOut: z.int(),
	said: z.array(saidQuarter)
});

export const autonomyEndpoints: Endpoint[] = [
	endpoint({
		...{ method: 'GET', path: '/me/reached', tag: TAG, scope: 'read' },
		summary: 'What reached me in the last 30 days, and by whose choice',
		description:
			'`self`: I follow it, asked for it, or it is about what I wrote. `person`: a colleague turned to me by name. `organisation`: it is asked of many. `default`: it comes with a space or a role.',
		response: z.object({
			...{ count: z.int(), own: z.int() },
			groups: z.array(z.object({ choice: z.enum(choosers), count: z.int(), lines: z.array(line) }))
		}),
		run: ({ db, viewer }) => readReached(db, viewer)
	}),
	endpoint({
		...{ method: 'DELETE', path: '/me/reached/{name}', tag: TAG, scope: 'write' },
		summary: 'Turn one of what reaches me off, on all ways',
		params: reachedName,
		run: ({ db, viewer, params }) => turnOffReached(db, viewer, params.name)
	}),
	endpoint({
		...{ method: 'GET', path: '/autonomy', tag: TAG, scope: 'read' },
		summary: 'Which share of what reaches people they chose themselves',
		description:
			'Weeks that have ended, 26 at most. Nothing counts fewer than five people, nor what such a number could be found from.',
		response: meter,
		run: ({ db, viewer }) => readMeter(db, viewer)
	}),
	...pulseEndpoints
];
