import { loadViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { array, row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';
import { newBallot, newNomination, newRanking, newRelease, newYear } from '#src/rankings/input.ts';
import type { Context } from '#src/rankings/ranking.ts';
import { vote } from '#src/rankings/server/ballot.ts';
import { mergeTool } from '#src/rankings/server/merge.ts';
import { nominate } from '#src/rankings/server/nominations.ts';
import { readRanking } from '#src/rankings/server/read.ts';
import { releaseResult } from '#src/rankings/server/release.ts';
import { beginYear, changeStatus, makeRanking } from '#src/rankings/server/write.ts';
import type { DemoThing } from '../../shape.ts';
import { guide } from './guide.ts';

/** Who names a tool, why and where it serves; how much it is liked in each of three years, 0 where nobody names it. */
type Said = [name: string, by: string, context: Context, liked: [number, number, number], why: string];

const tools: Said[] = [
	[
		'The handover board',
		'sem',
		'together',
		[5, 8, 9],
		'Whoever comes in reads three lines and knows where the shift stands. We stopped phoning each other at six in the morning.'
	],
	[
		'Shared spreadsheet',
		'freya',
		'together',
		[9, 9, 7],
		'Everybody sees the same number at the same time, and who changed it last. It is not pretty and it is never lost.'
	],
	[
		'Phone camera',
		'piotr',
		'own_work',
		[7, 7, 8],
		'A picture of the back of the machine before I take it apart. I have not had a screw left over since.'
	],
	[
		'Job aids in Trellis',
		'gwen',
		'own_work',
		[0, 4, 9],
		'Two minutes at the till instead of a call to Leeds. New people find the answer without having to admit that they ask.'
	],
	[
		'Sticky notes',
		'leila',
		'own_work',
		[8, 6, 4],
		'Found because they are in the way. The one on the till has saved more returns than any training.'
	],
	[
		'Team chat',
		'otieno',
		'together',
		[9, 5, 5],
		'Quick, and somebody is always awake in another country. Switch the red dots off.'
	],
	[
		'The buddy hour',
		'ifeoma',
		'learning',
		[0, 6, 8],
		'One hour a week beside somebody who does it well, with nothing planned. I learn more there than in a day of slides.'
	],
	[
		'Screen recorder',
		'mei',
		'teaching',
		[4, 5, 6],
		'I show it once, talk while I do it, and never have to explain it again. Ninety seconds at most.'
	],
	['Walkie-talkie', 'yusuf', 'together', [6, 0, 5], 'Works with gloves on. Nothing with a screen does.'],
	[
		'Checklist on a clipboard',
		'hanneke',
		'own_work',
		[6, 6, 6],
		'The loading list hangs at the dock and is ticked with a pen. It cannot run out of battery.'
	],
	[
		'Colour labels',
		'anouk',
		'together',
		[3, 4, 4],
		'Red waits, green goes. The drivers need no words for it, whatever their language.'
	],
	[
		'Voice memos',
		'marcus',
		'learning',
		[2, 3, 4],
		'On the way home I say what went well. On Monday I listen to it before I open the shop.'
	],
	[
		'Whiteboard by the dock',
		'sem',
		'together',
		[4, 3, 0],
		'What stands on it at noon is what we talk about. It is wiped on Friday, which is the best thing about it.'
	],
	[
		'Video call',
		'bea',
		'teaching',
		[5, 4, 3],
		'Porto sees the shelf in Cardiff as it is, not as it is told. Ten minutes, camera on the shelf and not on us.'
	],
	[
		'Calendar with gaps',
		'nora',
		'own_work',
		[3, 4, 5],
		'Half an hour empty before each meeting that matters. It is the only reason I have read what it is about.'
	],
	[
		'Keyboard shortcuts sheet',
		'jorge',
		'own_work',
		[4, 3, 3],
		'Taped under the screen. Four of them are half of my day.'
	],
	['Intranet search', 'dan', 'own_work', [5, 2, 0], 'It finds the form if you know what the form is called.'],
	[
		'Reading list of the month',
		'tomasz',
		'learning',
		[0, 3, 5],
		'Ten things that somebody else has read for me, and why. I read three of them, which is three more than before.'
	],
	[
		'A walk around the block',
		'aisha',
		'learning',
		[0, 0, 5],
		'The best tool I have for a hard conversation is to have it side by side.'
	],
	[
		'Price scanner',
		'kit',
		'own_work',
		[5, 4, 3],
		'It knows what is in the other shops. I look less lost in front of customers.'
	],
	[
		'Mind map on paper',
		'wanjiru',
		'learning',
		[2, 2, 3],
		'A big sheet, one word in the middle. Everybody can hold a pen at the same time.'
	],
	[
		'Order simulator',
		'arjun',
		'teaching',
		[0, 3, 4],
		'New people break it instead of the shop. We added the strangest orders of each month.'
	]
];

const person = async (tx: Db, key: string): Promise<Viewer> => {
	const found = await row<{ id: string }>(tx, sql`select id from person where email like ${`${key}@%`}`);
	return (await loadViewer(tx, found!.id))!;
};
const newest = async (tx: Db, title: string) =>
	(await row<{ id: string }>(
		tx,
		sql`select r.item_id as id from ranking r join item i on i.id = r.item_id
		where i.title like ${`${title}%`} order by r.year desc limit 1`
	))!.id;

const TITLE = 'Which tools serve us best';
const YEAR = new Date().getUTCFullYear();

/** Everybody who is named in that year, by whoever has something to say for it. */
const names = (at: number): NonNullable<DemoThing['more']>[number] => ({
	...{ by: 'tomasz', after: '1d' },
	act: async (tx, _viewer, id) => {
		for (const [name, by, context, liked, why] of tools.filter(([, , , years]) => years[at]! > 0)) {
			const said = at === 2 && liked[1] > 0 ? `Still. ${why.split('. ')[0]!.replace(/\.$/, '')}.` : why;
			await nominate(tx, await person(tx, by), id, parse(newNomination, { name, context, why: said }));
		}
	}
});

/** One tool was named by two names; whoever looks after the ranking has seen it. */
const merges: NonNullable<DemoThing['more']>[number] = {
	...{ by: 'tomasz', after: '2d' },
	act: async (tx, viewer, id) => {
		const input = { name: 'Mobile camera', why: 'I send the shelf to the buyer and have an answer before lunch.' };
		const context: Context = 'together';
		await nominate(tx, await person(tx, 'hugh'), id, parse(newNomination, { ...input, context }));
		const { nominees } = await readRanking(tx, viewer, id);
		const idOf = (name: string) => nominees.find(({ tool }) => tool.name === name)!.tool.id;
		const why = 'Both mean the camera of the phone.';
		await mergeTool(tx, viewer, idOf('Mobile camera'), { into: idOf('Phone camera'), why });
	}
};

/** Everybody's ballot: by lot, so that what is liked more comes first more often; the same at each filling. */
const ballots = (at: number): NonNullable<DemoThing['more']>[number] => ({
	...{ by: 'tomasz', after: '5d' },
	act: async (tx, _viewer, id) => {
		const members = await rows<{ id: string }>(
			tx,
			sql`select p.id from space_member m join item i on i.space_id = m.space_id join person p on p.id = m.person_id
				where i.id = ${id} and p.email = any(${array(
					tools.map(([, by]) => `${by}@harrowfinch.example`),
					'text'
				)}) order by p.email`
		);
		const { nominees } = await readRanking(tx, _viewer, id);
		const random = lots(at + 3);
		for (const member of members) {
			const liked = nominees
				.map(({ tool }) => ({ tool, luck: random() ** (1 / tools.find(([name]) => name === tool.name)![3][at]!) }))
				.sort((a, b) => b.luck - a.luck);
			const choices = liked.slice(0, 3 + Math.floor(random() * 3)).map(({ tool }) => tool.id);
			await vote(tx, (await loadViewer(tx, member.id))!, id, parse(newBallot, { choices }));
		}
	}
});

/** Numbers between 0 and 1 that are the same for the same seed. */
function lots(seed: number): () => number {
	let state = seed * 2_654_435_761;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return (state + 1) / 4_294_967_297;
	};
}

const opens = {
	...{ by: 'tomasz', after: '3d' },
	act: (tx: Db, viewer: Viewer, id: string) => changeStatus(tx, viewer, id, 'voting')
};
const releases = {
	...{ by: 'tomasz', after: '9d' },
	act: async (tx: Db, viewer: Viewer, id: string) => {
		await changeStatus(tx, viewer, id, 'closed');
		await releaseResult(tx, viewer, id, parse(newRelease, {}));
	}
};
const again =
	(year: number): DemoThing['make'] =>
	async (tx, viewer) =>
		beginYear(tx, viewer, await newest(tx, TITLE), parse(newYear, { year }));

/** What serves people best in three years, and a vote that is open. */
export const rankings: DemoThing[] = [
	{
		...{ space: 'everybody', by: 'tomasz', at: '58 10:00' },
		make: (tx, viewer, spaceId) =>
			makeRanking(
				tx,
				viewer,
				parse(newRanking, {
					...{ spaceId, title: `${TITLE}, ${YEAR - 2}`, year: YEAR - 2, places: 15 },
					bodyMd:
						'Name what you would miss tomorrow, and say why. It may be software, paper or a habit: what counts is that **it helps you do or learn your work**.'
				})
			),
		more: [names(0), opens, ballots(0), releases]
	},
	{
		...{ space: 'everybody', by: 'tomasz', at: '46 10:00', make: again(YEAR - 1) },
		more: [names(1), opens, ballots(1), releases]
	},
	{
		...{ space: 'everybody', by: 'tomasz', at: '30 10:00', make: again(YEAR) },
		more: [names(2), merges, opens, ballots(2), releases, ...guide],
		helped: [['gwen', undefined, 'We took the handover board from this list.'], ['hanneke']],
		comments: [
			{ by: 'yusuf', after: '12d', body: 'The walkie-talkie is back. I have said it all along.' },
			{ by: 'dan', after: '2h', body: 'Fair enough about the intranet search. It is why we are here.' }
		]
	},
	{
		...{ space: 'everybody', by: 'ifeoma', at: '9 14:10' },
		make: (tx, viewer, spaceId) =>
			makeRanking(
				tx,
				viewer,
				parse(newRanking, {
					...{ spaceId, title: `Which habit makes our meetings worth it, ${YEAR}`, year: YEAR, most: 3, places: 10 },
					bodyMd:
						'One habit, one sentence on what it changed. The three at the top become our house rules for a quarter.'
				})
			),
		more: [
			{
				...{ by: 'ifeoma', after: '1d' },
				act: async (tx, _viewer, id) => {
					const habits: [name: string, by: string, context: Context, why: string][] = [
						['Standing up', 'sem', 'together', 'Nobody explains for long on their feet.'],
						['One question each', 'tomasz', 'together', 'We leave with answers and not with minutes.'],
						[
							'Read first, ten minutes of silence',
							'nora',
							'own_work',
							'Those who had no time to prepare are prepared.'
						],
						['Ending five minutes early', 'priya', 'own_work', 'The next one begins on time. It is that simple.'],
						['Notes by whoever joined last', 'aisha', 'learning', 'They ask what we have stopped asking.']
					];
					for (const [name, by, context, why] of habits)
						await nominate(tx, await person(tx, by), id, parse(newNomination, { name, context, why }));
				}
			},
			{ by: 'ifeoma', after: '2d', act: (tx, viewer, id) => changeStatus(tx, viewer, id, 'voting') },
			{
				...{ by: 'ifeoma', after: '4d' },
				act: async (tx, viewer, id) => {
					const { nominees } = await readRanking(tx, viewer, id);
					const random = lots(7);
					for (const key of ['sem', 'mei', 'grace', 'hugh', 'olu', 'sneha', 'rui']) {
						const choices = [...nominees]
							.sort(() => random() - 0.5)
							.slice(0, 3)
							.map(({ tool }) => tool.id);
						await vote(tx, await person(tx, key), id, parse(newBallot, { choices }));
					}
				}
			}
		]
	}
];
