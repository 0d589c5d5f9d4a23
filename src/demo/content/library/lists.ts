import { newEdition, newFind, pickEdit } from '#src/lists/input.ts';
import { beginList, editList, listToEdit } from '#src/lists/server/drafts.ts';
import { collect } from '#src/lists/server/finds.ts';
import { pick, writePick } from '#src/lists/server/picks.ts';
import { publishList } from '#src/lists/server/publish.ts';
import { answerChange, noteReader } from '#src/lists/server/readers.ts';
import { subscribeTo } from '#src/lists/server/subscriptions.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import type { DemoThing } from '../../shape.ts';

interface Entry {
	/** The sites are made up and nothing is fetched. */
	url: string;
	title: string;
	author: string;
	site: string;
	/** Days between publication and finding; negative for one whose year looks like a slip. */
	age: number;
	before?: string;
	quote?: string;
	why: string;
	lesson?: true;
}

interface Words {
	title: string;
	opening: string;
	closing: string;
	wanted: number;
	entries: Entry[];
	/** What was found as well, and waits. */
	left?: Pick<Entry, 'url' | 'title' | 'author' | 'site' | 'age'>[];
}

const DAY = 86_400_000;
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

/** The list of the month that had passed half when it was that many days ago. */
const list =
	(daysAgo: number, { entries, left = [], ...words }: Words): DemoThing['make'] =>
	async (tx, viewer, spaceId) => {
		const month = dayOf(Date.now() - (daysAgo + 16) * DAY).slice(0, 7);
		const id = await beginList(tx, viewer, { month, of: 'space', spaceId });
		await editList(tx, viewer, id, { ...words, spaceId, version: 1 });
		const found = (one: Words['entries'][number] | NonNullable<Words['left']>[number], at: number) => {
			const foundOn = `${month}-${String(Math.min(28, 2 + at * 3)).padStart(2, '0')}`;
			const publishedOn = dayOf(Date.parse(foundOn) - one.age * DAY);
			const { url, title, author, site } = one;
			return collect(tx, viewer, newFind.parse({ url, title, author, site, foundOn, publishedOn, spaceId }));
		};
		for (const [at, { before, why, quote, lesson, ...one }] of entries.entries()) {
			const { id: findId } = await found({ ...one, why }, at);
			const picked = await pick(tx, viewer, id, findId);
			await writePick(tx, viewer, id, picked, pickEdit.parse({ before, why, quote, lesson, version: 1 }));
		}
		for (const [at, one] of left.entries()) await found(one, at * 3 + 1);
		await publishList(tx, viewer, id, newEdition.parse({}));
		return id;
	};

/** Somebody reads it, and says a month later whether it changed something. */
const reads = (by: string) => ({
	...{ by, after: '1d' },
	act: (tx: Db, viewer: Parameters<typeof noteReader>[1], id: string) => noteReader(tx, viewer, id)
});
const answers = (by: string, changed: boolean) => ({
	...{ by, after: '33d' },
	act: (tx: Db, viewer: Parameters<typeof noteReader>[1], id: string) => answerChange(tx, viewer, id, changed)
});
const subscribes = (by: string) => ({
	...{ by, after: '2d' },
	act: async (tx: Db, viewer: Parameters<typeof noteReader>[1], id: string) => {
		const of = await row<{ shelf: string }>(tx, sql`select shelf_id as shelf from reading_list where id = ${id}`);
		await subscribeTo(tx, viewer, of!.shelf);
	}
});
const updates = (by: string, after: string, update: string, url: string, entry: number) => ({
	...{ by, after },
	act: async (tx: Db, viewer: Parameters<typeof noteReader>[1], id: string) => {
		const { picks } = await listToEdit(tx, viewer, id);
		await publishList(tx, viewer, id, newEdition.parse({ update, url, about: picks[entry - 1]!.find.url }));
	}
});

export const lists: DemoThing[] = [
	{
		...{ space: 'everybody', by: 'tomasz', at: '16 15:20' },
		make: list(16, {
			title: 'Ten not to be missed: asking before answering',
			opening: `Half of what I found this month is about the same thing from ten sides: **we answer faster than we ask**. So this list is one argument. Read it from the top; each leads to the next. Most take five minutes.`,
			closing: `So: ask, wait, write down what was said, and let it be wrong. If you try one thing from this list before the next one, make it number 3, and tell me in a comment how it went.`,
			wanted: 10,
			entries: [
				{
					url: 'https://slow-shops.example/the-first-question',
					title: 'The first question a customer asks is never the one they came with',
					...{ author: 'Imre Kallay', site: 'Slow Shops', age: 4 },
					quote: 'I had sold drills for eleven years before I asked somebody what the hole was for.',
					why: `Kallay kept a notebook of **what people asked first and what they left with**. They were the same in one case out of seven. It is the best argument for a second question that I know, and it was written at a till.`
				},
				{
					url: 'https://floor-notes.example/seven-seconds',
					title: 'Seven seconds',
					...{ author: 'Dorothea Quill', site: 'Floor Notes', age: 11 },
					before: 'But asking is the easy half. The hard half is to be quiet after it.',
					why: `She timed how long shop assistants wait before they answer for the customer. The good ones wait seven seconds. Try it once today; it is longer than you think.`
				},
				{
					url: 'https://warehouse-weekly.example/stand-ups-standing',
					title: 'We stopped our stand-ups and nobody noticed for three weeks',
					...{ author: 'Ruben Achterberg', site: 'Warehouse Weekly', age: 2 },
					before: 'The same holds when it is us who talk to each other.',
					quote: 'A meeting in which everybody tells and nobody asks is a newsletter with chairs.',
					why: `Not a case against meetings: they came back, at half the length, with **one question each**. The list of questions is at the end. Rotterdam has begun to use it.`
				},
				{
					url: 'https://plain-figures.example/ask-the-spreadsheet',
					title: 'What to ask of a number before you pass it on',
					...{ author: 'Lindiwe Mokoena', site: 'Plain Figures', age: 20 },
					why: `Four questions for any figure in a report: of what, since when, compared with what, and who counted. We put them above the printer.`
				},
				{
					url: 'https://quiet-failures.example/the-sign-that-lied',
					title: 'The sign that lied for two years',
					...{ author: 'A shop manager in Ghent', site: 'Quiet Failures', age: 9 },
					before: 'What happens when nobody asks can be read in the next one.',
					why: `A sad story, and here for the lesson in it: everybody in the shop knew that the sign on the returns desk was wrong, and everybody thought that somebody else had said so. I looked at ours after reading it. *One of four was wrong.*`,
					lesson: true
				},
				{
					url: 'https://archive-of-work.example/on-being-corrected',
					title: 'On being corrected in front of a customer',
					...{ author: 'Ellen Harcourt', site: 'The Archive of Work', age: 392 },
					before: 'Which needs a kind of bravery that nobody trains.',
					quote: 'I was right about the paint and wrong about the woman.',
					why: `A year old, and I found it only now. Harcourt tells how a junior colleague put her right, what she felt, and what she said. It is the answer to “but we must look as if we knew”.`
				},
				{
					url: 'https://learning-sideways.example/show-me-yours',
					title: 'Show me how you do it',
					...{ author: 'Petra Lindqvist', site: 'Learning Sideways', age: 6 },
					why: `The shortest way to learn from a colleague, in five words. She collected what happened when ten teams used them for a month. I have cited her before and shall again.`
				},
				{
					url: 'https://slow-shops.example/write-it-down-badly',
					title: 'Write it down badly',
					...{ author: 'Imre Kallay', site: 'Slow Shops', age: 1 },
					before: 'And then the answer is gone, unless somebody does the following.',
					why: `Kallay again. Two lines in bad grammar on the day beat a good page never written. He shows both, side by side, and which one was used.`
				},
				{
					url: 'https://field-of-doubt.example/experts-ask-more',
					title: 'People who know ask more, not less',
					...{ author: 'Prof. Amara Nwosu', site: 'Field of Doubt', age: 15 },
					quote: 'The expert’s question is the one the beginner is ashamed of.',
					why: `A study with nurses, pilots and joiners. If you lead a team, read the part on who asks first in the morning: **others ask twice as much after it**.`
				},
				{
					url: 'https://small-machines.example/goodbye-to-the-script',
					title: 'Goodbye to the script',
					...{ author: 'Jonas Weil', site: 'Small Machines', age: 3 },
					before: 'Which can all be summed up in the last one.',
					why: `A call centre threw its script away and kept its questions. Calls became a minute longer and came half as often. The last word on the matter, for this month.`
				}
			],
			left: [
				{
					url: 'https://floor-notes.example/shelf-talk',
					title: 'Shelf talk',
					author: 'Dorothea Quill',
					site: 'Floor Notes',
					age: 8
				},
				{
					url: 'https://plain-figures.example/charts-of-the-month',
					title: 'Three charts that changed a rota',
					author: 'Lindiwe Mokoena',
					site: 'Plain Figures',
					age: 5
				}
			]
		}),
		helped: [['gwen', undefined, 'Number 3: our Monday meeting is twelve minutes now.'], ['marcus', 30], ['leila']],
		comments: [
			{
				by: 'leila',
				after: '1d',
				body: 'I tried the seven seconds with a man who wanted “white paint”. It was for a boat.'
			},
			{ by: 'ifeoma', after: '2d', body: 'Number 7 goes into the buddy weeks.' }
		],
		more: [
			reads('gwen'),
			reads('marcus'),
			reads('leila'),
			subscribes('gwen'),
			updates(
				'tomasz',
				'5d',
				'The author has answered those who did not believe it, with the notebook.',
				'https://slow-shops.example/the-notebook',
				1
			)
		]
	},
	{
		...{ space: 'everybody', by: 'tomasz', at: '50 14:00' },
		make: list(50, {
			title: 'Four on handing over: what the next shift needs',
			opening:
				'Only four this time, because these four are enough. All are about the ten minutes in which one shift becomes the next.',
			closing: 'Warehouses do this well and shops do not. Ask somebody from the other side.',
			wanted: 4,
			entries: [
				{
					url: 'https://warehouse-weekly.example/ten-minutes',
					title: 'The ten minutes that cost a day',
					...{ author: 'Ruben Achterberg', site: 'Warehouse Weekly', age: 5 },
					quote: 'We lost the key, then the reason for the key.',
					why: 'A handover that went wrong, told minute by minute. You will recognise minute six.'
				},
				{
					url: 'https://night-ward.example/sbar-for-the-rest-of-us',
					title: 'How nurses hand over, for the rest of us',
					...{ author: 'Grace Oduya', site: 'Night Ward', age: 30 },
					before: 'Others have had longer to think about it.',
					why: 'Four headings and no more: what it is, how it came, what I think, what I would do. We printed it on the shift book.'
				},
				{
					url: 'https://floor-notes.example/the-note-on-the-till',
					title: 'In praise of the note on the till',
					...{ author: 'Dorothea Quill', site: 'Floor Notes', age: 12 },
					why: 'It is found because it is in the way. She says what belongs on it and when it must go.'
				},
				{
					url: 'https://quiet-failures.example/everything-is-fine',
					title: '“Everything is fine”',
					...{ author: 'Anonymous', site: 'Quiet Failures', age: 7 },
					before: 'And the sentence that should make us ask once more:',
					why: 'Three people said it on the evening before the flood in the stockroom. Nobody lied.',
					lesson: true
				}
			]
		}),
		helped: [['piotr', 20, 'The four headings are in our shift book.'], ['gwen']],
		more: [
			...['gwen', 'marcus', 'leila', 'callum', 'nora', 'ifeoma', 'bea'].map(reads),
			...['gwen', 'marcus', 'leila', 'nora'].map((by) => answers(by, true)),
			...['ifeoma', 'bea'].map((by) => answers(by, false))
		]
	}
];
