import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { pageOf, paging } from '#src/core/api/server/page.ts';
import { id } from '#src/core/items/input.ts';
import { mailAddress } from '../input.ts';
import { listMailTrouble, mailOverview, ownStop, resumeMail, resumeOwn } from './read.ts';

const tag = 'Mail';
const at = z.iso.datetime();
const stop = z.object({ address: z.string(), since: at, why: z.string() });

export const mailEndpoints: Endpoint[] = [
	endpoint({
		...{ method: 'GET', path: '/organisation/mail', tag, scope: 'admin', summary: 'How mail fares, out and in' },
		description: 'Counts are of the last 30 days. Who wrote what went in is not told: some of it is anonymous.',
		response: z.object({
			sends: z.boolean(),
			takenAt: z.string().nullable(),
			waiting: z.number(),
			pull: z.object({ at, trouble: z.string() }).nullable(),
			came: z.object({ taken: z.number(), waiting: z.number(), noted: z.number(), refused: z.number() }),
			stopped: z.array(stop),
			failed: z.array(z.object({ at, address: z.string(), purpose: z.string(), reason: z.string() }))
		}),
		run: ({ db, viewer }) => mailOverview(db, viewer)
	}),
	endpoint({
		...{ method: 'GET', path: '/organisation/mail/trouble', tag, scope: 'admin' },
		summary: 'Mails that were refused or came back, the latest first',
		query: paging,
		response: pageOf(
			z.object({
				...{ id, at, from: z.string(), to: z.enum(['reply', 'space', 'return']) },
				...{ state: z.enum(['refused', 'noted']), why: z.string() }
			})
		),
		run: ({ db, viewer, query }) => listMailTrouble(db, viewer, query)
	}),
	endpoint({
		...{ method: 'POST', path: '/organisation/mail/resumptions', tag, scope: 'admin' },
		summary: 'Send mail to an address again from which it came back',
		body: mailAddress,
		example: { body: { address: 'ada@example.org' } },
		run: ({ db, viewer, body }) => resumeMail(db, viewer, body)
	}),
	endpoint({
		...{ method: 'GET', path: '/me/mail-stop', tag, scope: 'read', summary: 'Whether mail to me came back' },
		response: z.object({ stop: stop.nullable() }),
		run: async ({ db, viewer }) => ({ stop: (await ownStop(db, viewer)) ?? null })
	}),
	endpoint({
		...{ method: 'DELETE', path: '/me/mail-stop', tag, scope: 'write', summary: 'Send me mail again' },
		run: ({ db, viewer }) => resumeOwn(db, viewer)
	})
];
