import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { choosers } from '#src/core/notify/choice.ts';
import { reachedName } from '../input.ts';
import { readReached, turnOffReached } from './reached.ts';

const TAG = 'Autonomy';

const line = z.object({
	...{ name: z.string(), label: z.string(), count: z.int(), byMail: z.int(), onDevice: z.int(), inChat: z.int() },
	latest: z.array(z.object({ text: z.string(), href: z.string(), at: z.iso.datetime() })),
	...{ isOff: z.boolean(), stopLabel: z.string() }
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
	})
];
