import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { pageOf } from '#src/core/api/server/page.ts';
import { id } from '#src/core/items/input.ts';
import { goalInput, goalState, newHook, newShare, pace, promptAnswer, noteFilter, noteInput, year } from '../input.ts';
import { goalView, hookView, noteView, promptView, shareView, yearView } from './api-shapes.ts';
import { endHook, hookAddress, makeHook, myHooks } from './hooks.ts';
import { answerPrompt, myPrompts, putAway, readPace, setPace } from './prompts.ts';
import { changeGoal, myGoals, removeGoal, setGoal, turnGoal } from './goals.ts';
import { addNote, changeNote, myNotes, removeNote } from './notes.ts';
import { myShares, readCopy, sharedWithMe, shareYear, takeBack } from './shares.ts';
import { readYear } from './years.ts';

const params = z.object({ id });
const noted = { kind: 'evidence', text: 'The new jig halved the set-up time of line 2.', happenedOn: '2030-03-12' };
const read = { tag: 'My work', scope: 'read', method: 'GET' } as const;
const write = { tag: 'My work', scope: 'write' } as const;

/** What a person keeps of their own work: nobody else can read it. */
export const workEndpoints: Endpoint[] = [
	endpoint({
		...{ ...read, path: '/work/goals', summary: 'My goals' },
		response: z.object({ items: z.array(goalView) }),
		run: async ({ db, viewer }) => ({ items: await myGoals(db, viewer) })
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/work/goals', status: 201, summary: 'Set a goal for myself' },
		description: 'Nobody else sees it. The same title again, while the goal is open, is the same goal.',
		body: goalInput,
		response: z.object({ id }),
		example: { body: { title: 'Fewer returns from the paint line', sign: 'returns under 2 %', reachBy: '2030-06-30' } },
		run: async ({ db, viewer, body }) => ({ id: await setGoal(db, viewer, body) })
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/work/goals/{id}', summary: 'Change a goal', params, body: goalInput },
		run: ({ db, viewer, params, body }) => changeGoal(db, viewer, params.id, body)
	}),
	endpoint({
		...{
			...write,
			method: 'PUT',
			path: '/work/goals/{id}/state',
			summary: 'Say that a goal is reached, let go or open'
		},
		...{ params, body: goalState },
		run: ({ db, viewer, params, body }) => turnGoal(db, viewer, params.id, body.state)
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/work/goals/{id}', summary: 'Remove a goal; its notes stay', params },
		run: ({ db, viewer, params }) => removeGoal(db, viewer, params.id)
	}),
	endpoint({
		...{ ...read, path: '/work/notes', summary: 'My evidence and reflections' },
		query: noteFilter,
		response: pageOf(noteView),
		run: ({ db, viewer, query }) => myNotes(db, viewer, query)
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/work/notes', status: 201, summary: 'Note evidence or a reflection' },
		description: 'Nobody else sees it. The same text of the same day stands once.',
		body: noteInput,
		response: z.object({ id }),
		example: { body: noted },
		run: async ({ db, viewer, body }) => ({ id: await addNote(db, viewer, body) })
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/work/notes/{id}', summary: 'Change a note', params, body: noteInput },
		example: { body: noted },
		run: ({ db, viewer, params, body }) => changeNote(db, viewer, params.id, body)
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/work/notes/{id}', summary: 'Remove a note', params },
		run: ({ db, viewer, params }) => removeNote(db, viewer, params.id)
	}),
	endpoint({
		...{ ...read, path: '/work/years/{year}', summary: 'A year of my work' },
		description: 'Goals that were open or ended in it, notes of its days, and what colleagues said helped them.',
		params: z.object({ year }),
		response: yearView,
		run: ({ db, viewer, params }) => readYear(db, viewer, params.year)
	}),
	endpoint({
		...{ ...read, path: '/work/shares', summary: 'To whom I gave a copy of a year' },
		response: z.object({ items: z.array(shareView) }),
		run: async ({ db, viewer }) => ({ items: await myShares(db, viewer) })
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/work/years/{year}/shares', status: 201 },
		summary: 'Give somebody a copy of my year as it is now',
		params: z.object({ year }),
		body: newShare,
		response: z.object({ id }),
		run: async ({ db, viewer, params, body }) => ({ id: await shareYear(db, viewer, params.year, body.email) })
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/work/shares/{id}', summary: 'Take a copy back', params },
		run: ({ db, viewer, params }) => takeBack(db, viewer, params.id)
	}),
	endpoint({
		...{ ...read, path: '/work/copies', summary: 'Copies of their years that others gave me' },
		response: z.object({ items: z.array(z.object({ id, year: z.int(), by: z.string() })) }),
		run: async ({ db, viewer }) => ({ items: await sharedWithMe(db, viewer) })
	}),
	endpoint({
		...{ ...read, path: '/work/copies/{id}', summary: 'One copy', params },
		response: z.object({ id, by: z.string(), isMine: z.boolean(), content: yearView, createdAt: z.string() }),
		run: ({ db, viewer, params }) => readCopy(db, viewer, params.id)
	}),
	endpoint({
		...{ ...read, path: '/work/prompts', summary: 'What closed work asks me now' },
		response: z.object({ items: z.array(promptView) }),
		run: async ({ db, viewer }) => ({ items: await myPrompts(db, viewer) })
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/work/prompts/{id}/answer', summary: 'Say what I would tell the next person' },
		description: 'It becomes a reflection of mine, which nobody else sees.',
		...{ params, body: promptAnswer, response: z.object({ id }) },
		run: async ({ db, viewer, params, body }) => ({ id: await answerPrompt(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/work/prompts/{id}', summary: 'Put it away', params },
		run: ({ db, viewer, params }) => putAway(db, viewer, params.id)
	}),
	endpoint({
		...{ ...read, path: '/work/pace', summary: 'How often closed work may ask me' },
		response: z.object({ aWeek: z.int(), pausedUntil: z.string().nullable() }),
		run: ({ db, viewer }) => readPace(db, viewer)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/work/pace', summary: 'Say how often it may, or that it may not', body: pace },
		run: ({ db, viewer, body }) => setPace(db, viewer, body)
	}),
	endpoint({
		...{ ...read, path: '/work/hooks', summary: 'What tells of my closed work' },
		description: 'Admins also see what tells of everybody’s.',
		response: z.object({ items: z.array(hookView) }),
		run: async ({ db, viewer }) => ({ items: await myHooks(db, viewer) })
	}),
	endpoint({
		...{
			...write,
			method: 'POST',
			path: '/work/hooks',
			status: 201,
			secret: true,
			summary: 'Connect a program that tells'
		},
		description:
			'The answer is the only time the secret is shown. The program posts JSON to the address, signed with the secret (`X-Hub-Signature-256`), or with the secret as bearer token. `forAll` is for admins.',
		body: newHook,
		response: z.object({ id, secret: z.string(), address: z.string() }),
		example: { body: { name: 'Tickets', sender: 'plain', account: '', forAll: false } },
		run: async ({ db, viewer, body, origin }) => {
			const made = await makeHook(db, viewer, body);
			return { ...made, address: hookAddress(origin, made.id) };
		}
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/work/hooks/{id}', summary: 'End a connection', params },
		run: ({ db, viewer, params }) => endHook(db, viewer, params.id)
	})
];
