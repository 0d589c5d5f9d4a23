import { z } from 'zod';
import { id } from '#src/core/items/input.ts';
import { senders } from '../prompt.ts';
import { goalStates, noteKinds } from '../work.ts';

const day = z.string().describe('A day: 2026-12-24');

const goalShape = {
	id,
	title: z.string(),
	why: z.string(),
	sign: z.string().describe('Which figure or sign would show that it is reached'),
	reachBy: day.nullable(),
	state: z.enum(goalStates),
	endedOn: day.nullable(),
	createdAt: z.string()
};
export const goalView = z.object({ ...goalShape, notes: z.int() });

export const noteView = z.object({
	id,
	kind: z.enum(noteKinds),
	text: z.string(),
	address: z.string(),
	about: z.string().describe('What was done when this was asked, for what answers a prompt'),
	goal: z.object({ id, title: z.string() }).nullable(),
	happenedOn: day,
	createdAt: z.string()
});

export const yearView = z.object({
	year: z.int(),
	goals: z.array(z.object(goalShape)),
	notes: z.array(noteView),
	helped: z.object({
		times: z.int(),
		minutes: z.int(),
		said: z.array(z.object({ title: z.string(), note: z.string(), minutes: z.int().nullable(), on: day }))
	})
});

export const shareView = z.object({ id, year: z.int(), reader: z.string(), createdAt: z.string() });

export const promptView = z.object({
	id,
	title: z.string().describe('What was closed'),
	address: z.string(),
	from: z.string(),
	arrivedAt: z.string(),
	goneAt: z.string().describe('When it is forgotten')
});

export const hookView = z.object({
	id,
	name: z.string(),
	sender: z.enum(senders),
	account: z.string(),
	forAll: z.boolean(),
	heardAt: z.string().nullable(),
	heard: z.string().describe('What became of the last call'),
	createdAt: z.string()
});
