import { parse } from '#src/platform/server/parse.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';
import { answerSheet, linkedSheet, newSurvey } from '#src/survey/input.ts';
import { answerSurvey } from '#src/survey/server/answer.ts';
import { answerByLink } from '#src/survey/server/linked.ts';
import {
	changeStatus,
	editSurvey,
	endLink,
	makeLink,
	makeSurvey,
	makeWorkplaceSurvey
} from '#src/survey/server/write.ts';
import { surveyToEdit } from '#src/survey/server/read.ts';
import { published } from '#src/survey/workplace/published.ts';
import { people, WAYS } from '#src/survey/workplace/questions.ts';
import type { DemoThing } from '../../shape.ts';

const MANY = 160;

/** Which answers the shops gave: close to what was published, with ideas of their own. */
function lots(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
}

function pick(draw: () => number, weights: readonly number[]): number {
	let left = draw() * weights.reduce((sum, one) => sum + one, 0);
	const at = weights.findIndex((weight) => (left -= weight) < 0);
	return Math.max(0, at);
}

/** Mostly shops in Britain and a warehouse in the Netherlands. */
const weights: Record<string, readonly number[]> = {
	country: [0, 50, 0, 0, 0, 40, 0, 10, 0, 0, 2],
	industry: [0, 12, 0, 0, 0, 85, 2],
	size: [0, 0, 0, 0, 95, 0, 3],
	function: [15, 20, 30, 60, 25, 4],
	job: [60, 22, 12, 6, 3],
	age: [30, 30, 24, 14, 6, 4],
	sex: [44, 48, 3, 5]
};

/** @param at the number of a colleague who answered */
function answersOf(at: number): Record<string, unknown> {
	const draw = lots(at * 2654435761);
	draw();
	const about = Object.fromEntries(people.map(({ key }) => [key, pick(draw, weights[key]!)]));
	const ratings = published.map(({ percent }) => pick(draw, percent));
	return { ...about, [WAYS]: ratings };
}

const idOf = (at: number) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;

async function workplace(tx: Db, viewer: Viewer, spaceId: string): Promise<string> {
	const id = await makeWorkplaceSurvey(tx, viewer, { spaceId, edition: 'this spring' });
	const {
		id: _,
		spaceId: __,
		answered: ___,
		translations: ____,
		closesOn: _____,
		...now
	} = await surveyToEdit(tx, viewer, id);
	await editSurvey(tx, viewer, id, { ...now, closesOn: undefined, releaseEvery: 80, note: '' });
	await changeStatus(tx, viewer, id, 'open');
	const link = await makeLink(tx, viewer, id);
	for (let at = 0; at < MANY; at += 1) {
		const sheet = parse(linkedSheet, { version: 2, submission: idOf(at), answers: answersOf(at) });
		await answerByLink(tx, link, sheet, `shop ${at % 40}`);
	}
	await endLink(tx, viewer, id);
	await changeStatus(tx, viewer, id, 'closed');
	return id;
}

const short = [
	{
		...{ key: 'when', type: 'single', label: 'When did a job aid last help you?', required: true, about: true },
		options: ['This week', 'This month', 'Longer ago', 'Never']
	},
	{
		...{ key: 'why', type: 'multiple', label: 'What kept you from using one?' },
		options: ['I did not find one', 'It was out of date', 'It took too long', 'I knew it by heart'],
		showIf: { key: 'when', options: [2, 3] }
	},
	{
		key: 'fit',
		type: 'scale',
		label: 'How well do they fit your work?',
		options: ['Not at all', 'A little', 'Well', 'Very well']
	},
	{
		...{ key: 'next', type: 'ranking', label: 'What should we write next?' },
		options: ['Opening the shop', 'Returns without a receipt', 'The label printer']
	},
	{ key: 'minutes', type: 'number', label: 'How many minutes did the last one save you?', bands: [1, 5, 15] },
	{ key: 'wish', type: 'text', label: 'What is missing in the one you use most?' }
];

const till = [
	{
		...{ key: 'day', type: 'multiple', label: 'On which mornings could you come?' },
		options: ['Monday', 'Tuesday', 'Thursday']
	},
	{
		...{ key: 'used', type: 'scale', label: 'How well do you know the new till?', required: true },
		options: ['Not yet', 'A little', 'Well']
	},
	{ key: 'ask', type: 'text', label: 'What would you like to try out?' }
];

const answers = (by: string, after: string, sheet: Record<string, unknown>) => ({
	...{ by, after },
	act: (tx: Db, viewer: Viewer, id: string) =>
		answerSurvey(tx, viewer, id, parse(answerSheet, { version: 1, answers: sheet }))
});

/** One that is over, with its results, and one that waits for answers. */
export const surveys: DemoThing[] = [
	{ space: 'everybody', by: 'nora', at: '40 10:10', make: workplace },
	{
		...{ space: 'everybody', by: 'tomasz', at: '6 11:00' },
		make: async (tx, viewer, spaceId) => {
			const bodyMd = 'We write new job aids in the first week of next month. Two minutes; the results come here.';
			const about = { spaceId, title: 'Job aids: what helps, what is missing', bodyMd, questions: short };
			const id = await makeSurvey(tx, viewer, parse(newSurvey, about));
			await changeStatus(tx, viewer, id, 'open');
			return id;
		},
		more: [
			answers('kit', '2h', { when: 0, fit: 3, minutes: 4, wish: 'A picture of the back of the printer.' }),
			answers('priya', '5h', { when: 2, why: [0], fit: 1, next: [1, 0, 2] })
		]
	},
	{
		...{ space: 'everybody', by: 'tomasz', at: '3 09:00' },
		make: async (tx, viewer, spaceId) => {
			const bodyMd = 'By name, so that I can put people together who can show each other something.';
			const about = { spaceId, title: 'An hour at the new till: who comes when', bodyMd, questions: till };
			const id = await makeSurvey(tx, viewer, parse(newSurvey, { ...about, anonymous: false }));
			await changeStatus(tx, viewer, id, 'open');
			return id;
		},
		more: [
			answers('kit', '1h', { day: [0, 2], used: 0, ask: 'Returns without a receipt.' }),
			answers('priya', '3h', { day: [1], used: 2 })
		]
	}
];
