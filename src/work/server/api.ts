import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { pageOf } from '#src/core/api/server/page.ts';
import { id } from '#src/core/items/input.ts';
import { goalInput, goalState, newShare, noteFilter, noteInput, year } from '../input.ts';
import { goalView, noteView, shareView, yearView } from './api-shapes.ts';
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
		example: { body: { title: 'Fewer returns from the paint line', sign: 'returns under 2 %', dueOn: '2030-06-30' } },
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
	})
];
