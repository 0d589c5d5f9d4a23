import type { Viewer } from '#src/core/access/server/viewer.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';
import { entryText, newPrompt } from '#src/prompts/input.ts';
import { drawWinners } from '#src/prompts/server/draw.ts';
import { enterPrompt } from '#src/prompts/server/entries.ts';
import { makePrompt } from '#src/prompts/server/write.ts';
import type { DemoThing } from '../../shape.ts';

const DAY = 86_400_000;
const dayIn = (days: number) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

/** Somebody enters. */
const enters = (by: string, after: string, answer: string, why: string) => ({
	...{ by, after },
	act: (tx: Db, viewer: Viewer, id: string) => enterPrompt(tx, viewer, id, parse(entryText, { answer, why }))
});

/** One whose winners are drawn, and one that takes entries. */
export const prompts: DemoThing[] = [
	{
		...{ space: 'everybody', by: 'ifeoma', at: '24 10:20' },
		make: (tx, viewer, spaceId) =>
			makePrompt(
				tx,
				viewer,
				parse(newPrompt, {
					...{ spaceId, title: 'Two books to give away: which tool changed your week, and why?' },
					bodyMd:
						'Two copies of a book on working out loud lie in Leeds. If nothing comes to mind, the [rankings](/rankings) may help.',
					...{ rule: 'One tool, and why. A sentence is enough.', closesOn: dayIn(1), announcesOn: dayIn(2) },
					prizes: ['A copy of the book', 'A copy of the book']
				})
			),
		more: [
			enters(
				'leila',
				'3h',
				'Sticky notes',
				'I wrote down what customers asked for and we did not have. It is an order list now.'
			),
			enters('rui', '5h', 'The buddy hour', 'I saw how Bea says no, and have used it twice.'),
			enters('kit', '1d', 'Price scanner', 'I look less lost.'),
			enters('grace', '1d', 'Voice memos', 'Three good calls a week, in my own words, to listen to before a bad one.'),
			enters('yusuf', '2d', 'Walkie-talkie', 'Gloves.'),
			enters('sneha', '2d', 'Screen recorder', 'The bug report that needs no second question.'),
			{
				...{ by: 'ifeoma', after: '15d' },
				act: async (tx, viewer, id) => {
					const days = [dayIn(-12), dayIn(-9)];
					await tx.execute(
						sql`update prompt set closes_on = ${days[0]}::date, announces_on = ${days[1]}::date where item_id = ${id}`
					);
					await drawWinners(tx, viewer, id);
				}
			}
		],
		comments: [{ by: 'rui', after: '16d', body: 'I have checked it in a terminal. It takes a minute.' }]
	},
	{
		...{ space: 'everybody', by: 'aisha', at: '3 09:45' },
		make: (tx, viewer, spaceId) =>
			makePrompt(
				tx,
				viewer,
				parse(newPrompt, {
					...{ spaceId, title: 'What did a colleague teach you this month without meaning to?' },
					...{ rule: 'What it was, and who it was if they agree.', closesOn: dayIn(11) }
				})
			),
		more: [
			enters('dan', '4h', 'To read the error twice', 'Olu reads it aloud. The second time I hear what it says.'),
			enters('mei', '1d', 'To leave a meeting', 'Priya said “I am not needed for this” and went. Nobody minded.')
		]
	}
];
