import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { id } from '#src/core/items/input.ts';
import { newPracticeNote } from '../input.ts';
import { deeds } from '../practice.ts';
import { readPractice } from './read.ts';
import { declineInvite, hidePractice, inviteLeader, removeTried, sayTried, showPractice } from './write.ts';

const tag = 'Community';
const write = { tag, scope: 'write' } as const;
const params = z.object({ id });
const day = z.iso.date();

const entry = z.object({ id, deed: z.enum(deeds), text: z.string(), href: z.string().nullable(), on: day });
const shown = z.object({
	person: z.object({ id, name: z.string(), image: z.string().nullable(), headline: z.string() }),
	...{ since: z.iso.datetime(), you: z.boolean() },
	weeks: z.array(z.object({ begins: day, entries: z.array(entry) }))
});
const leader = z.object({ id, name: z.string(), headline: z.string(), peaceUntil: day.nullable() });

export const practiceEndpoints: Endpoint[] = [
	endpoint({
		...{
			method: 'GET',
			path: '/spaces/{id}/practice',
			tag,
			scope: 'read',
			summary: 'The practice people show in a space'
		},
		description: 'Of the last 90 days, by weeks; only of those who chose so, and nothing written without a name.',
		params,
		response: z.object({
			...{ shown: z.array(shown), canShow: z.boolean(), shows: z.boolean(), invitedBy: z.string().nullable() },
			...{ leaders: z.array(leader), canInvite: z.boolean() }
		}),
		run: ({ db, viewer, params }) => readPractice(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/spaces/{id}/practice', summary: 'Show my practice in a space' },
		params,
		run: ({ db, viewer, params }) => showPractice(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/spaces/{id}/practice', summary: 'Show my practice no more' },
		params,
		run: ({ db, viewer, params }) => hidePractice(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/spaces/{id}/practice/tried', status: 201, summary: 'Say what I tried' },
		params,
		body: newPracticeNote,
		response: z.object({ id }),
		example: { body: { text: 'I asked in the open instead of by mail.' } },
		run: async ({ db, viewer, params, body }) => ({ id: await sayTried(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/practice-tried/{id}', summary: 'Take away what I said I tried' },
		params,
		run: ({ db, viewer, params }) => removeTried(db, viewer, params.id)
	}),
	endpoint({
		...{
			...write,
			method: 'PUT',
			path: '/spaces/{id}/practice/invitations/{person}',
			summary: 'Ask a leader to show theirs'
		},
		description: 'They hear of it once; nobody is asked more often than every 90 days.',
		params: z.object({ id, person: id }),
		run: ({ db, viewer, params }) => inviteLeader(db, viewer, params.id, params.person)
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/spaces/{id}/practice/invitation', summary: 'Rather not show my practice' },
		params,
		run: ({ db, viewer, params }) => declineInvite(db, viewer, params.id)
	})
];
