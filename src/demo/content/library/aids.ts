import { loadViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import type { AidContent } from '#src/library/aids/content.ts';
import { retireAid } from '#src/library/aids/server/retire.ts';
import { noteRun } from '#src/library/aids/server/runs.ts';
import { writeAid } from '#src/library/aids/server/write.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { draw, drawn } from '../../picture.ts';
import type { DemoThing } from '../../shape.ts';

interface Told {
	title: string;
	tags: string[];
	roles?: string[];
	patterns?: string[];
	/** Days until somebody should look at it again; behind us where it is negative. */
	holds?: number;
	/** How many colleagues ran it, how many came to the end, and where the others stopped. */
	runs?: { people: number; finished: number; stoppedAt: number };
	content: AidContent | ((tx: Db, viewer: Viewer) => Promise<AidContent>);
}

const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);

const aid =
	({ title, tags, roles = [], patterns = [], holds = 120, runs, content }: Told): DemoThing['make'] =>
	async (tx, viewer, spaceId) => {
		const said = typeof content === 'function' ? await content(tx, viewer) : content;
		const id = await writeAid(tx, viewer, {
			...{ spaceId, title, tags, roles, patterns },
			verifyBy: day(holds),
			content: said
		});
		if (runs) await run(tx, spaceId, id, runs);
		return id;
	};

async function run(
	tx: Db,
	spaceId: string,
	aidId: string,
	{ people, finished, stoppedAt }: NonNullable<Told['runs']>
): Promise<void> {
	const members = await rows<{ id: string }>(
		tx,
		sql`select person_id as id from space_member where space_id = ${spaceId} order by person_id limit ${people}`
	);
	for (const [index, { id }] of members.entries()) {
		const done = index < finished;
		await noteRun(tx, (await loadViewer(tx, id))!, aidId, newId(), {
			version: 1,
			step: done ? 3 : stoppedAt,
			finished: done,
			stuck: !done
		});
	}
}

const item = (text: string, note = '', group = '') => ({ text, note, group });
const rule = (then: string, ...when: string[]) => ({ when, then });
const on = (to: string, label = '') => ({ to, label });

const openTheShop: AidContent = {
	type: 'checklist',
	intro: 'Twenty minutes before the doors open. One person outside, one inside, and you are done in ten.',
	items: [
		item('Shutters up, both of them', 'The left one sticks: lift it with your foot, not with your back.', 'Outside'),
		item('Plants for the pavement out', 'Only above 4 °C.'),
		item('Alarm off', 'You have 30 seconds from the door.', 'Inside'),
		item('Lights on: shop, window, stairs'),
		item('Walk the aisles once', 'Wet floor, fallen labels, sharp corners.'),
		item('Float counted by two people', '€150 in each till. Both sign the slip.', 'Till'),
		item(
			'Card reader shows “Ready”',
			'If it does not within a minute, see **Change the receipt roll** for the restart key.'
		),
		item('Music on, sign turned')
	]
};

/** A printer, its cover shut or open. */
const printer = (open: boolean) => [
	draw.box(170, 190, 300, 150, '#e7e1d3'),
	open ? draw.line('M170 190L230 70H470L470 190') : draw.box(170, 130, 300, 70, '#f3efe6')
];

export const aids: DemoThing[] = [
	{
		...{ space: 'shop-floor', by: 'gwen', at: '34 09:20' },
		make: async (tx, viewer, spaceId) => {
			const make = aid({
				...{ title: 'Open the shop', tags: ['opening', 'till'], roles: ['shop assistant', 'shift lead'] },
				...{ runs: { people: 14, finished: 11, stoppedAt: 6 }, content: openTheShop }
			});
			const now = await make(tx, viewer, spaceId);
			const { items } = openTheShop;
			const before = await writeAid(tx, viewer, {
				...{ spaceId, title: 'Open the shop (one till)', tags: ['opening'], roles: [], patterns: [], verifyBy: null },
				content: { type: 'checklist', intro: '', items: items.filter((_, index) => index !== 1) }
			});
			await retireAid(tx, viewer, before, { successorId: now });
			return now;
		},
		helped: [
			['callum', 20, 'My first opening alone. Nothing forgotten.'],
			['leila', 10],
			['rui', 15]
		],
		comments: [{ by: 'marcus', after: '1d', body: 'We added the stairs light to ours. Somebody always forgets it.' }]
	},
	{
		...{ space: 'everybody', by: 'marcus', at: '28 14:10' },
		make: aid({
			...{ title: 'Change the receipt roll', tags: ['till', 'receipts'], roles: ['shop assistant'] },
			patterns: ['till.example.org/printer/*'],
			runs: { people: 9, finished: 6, stoppedAt: 2 },
			content: async (tx, viewer) => ({
				type: 'steps',
				intro:
					'When the paper has a red edge, or a receipt comes out blank. You need a new roll from the drawer beneath.',
				steps: [
					{
						title: 'Press the lever and lift the cover',
						text: 'The lever is on the **left**. It needs no force.',
						image: await drawn(tx, viewer, 'cover.png', [...printer(true), draw.arrow(560, 130, -90)]),
						alt: 'A receipt printer with its cover up; an arrow shows upwards'
					},
					{
						title: 'Take out the old roll and the core',
						text: 'Also the little core: it blocks the sensor.',
						image: await drawn(tx, viewer, 'core.png', [
							...printer(true),
							draw.disc(320, 150, 62),
							draw.disc(320, 150, 18, '#b7afa1'),
							draw.arrow(460, 60, -45)
						]),
						alt: 'The roll with its core is taken out of the open printer'
					},
					{
						title: 'Put the new roll in: the paper comes from below',
						text: 'Scratch it with a fingernail. The side that turns dark faces **up**. Receipts stay blank when it is the other way round.',
						image: await drawn(tx, viewer, 'roll.png', [
							...printer(true),
							draw.disc(320, 140, 70),
							draw.disc(320, 140, 20, '#b7afa1'),
							draw.line('M320 210C420 210 440 190 520 190', '#7a5000'),
							draw.arrow(575, 190, 0)
						]),
						alt: 'The paper leaves the roll at its lower side, towards you'
					},
					{
						title: 'Leave ten centimetres out and close the cover',
						text: 'Press both corners until it clicks.',
						image: '',
						alt: ''
					},
					{
						title: 'Press the feed button once',
						text: 'Something prints? Tear it off, done. If it blinks red, hold the key for five seconds: it starts again.',
						image: '',
						alt: ''
					}
				]
			})
		}),
		helped: [
			['leila', 30, 'The picture of the paper from below!'],
			['kit', 15],
			['bea', 10]
		]
	},
	{
		...{ space: 'shop-floor', by: 'ifeoma', at: '25 11:00' },
		make: aid({
			...{
				title: 'A customer brings something back',
				tags: ['returns'],
				roles: ['shop assistant', 'shift lead'],
				holds: -6
			},
			content: {
				type: 'decision',
				intro: 'Be quick and kind: most people are in the right. When in doubt, decide for the customer up to €50.',
				questions: ['Receipt, or paid by card?', 'When was it bought?', 'How does it look?'],
				rules: [
					rule('Refund the way it was paid', 'Yes', 'Within 30 days', 'As new'),
					rule('Exchange it, or a voucher', 'Yes', 'Within 30 days', 'Used'),
					rule('Faulty: repair or a new one; write a fault slip', 'Yes', 'Within 2 years', 'Faulty'),
					rule('Explain, offer 10 % on a new one', 'Yes', 'Longer ago', ''),
					rule('Ask for a bank statement. Without one: a voucher at today’s price', 'No', '', 'As new'),
					rule('Shift lead decides', 'No', '', 'Faulty')
				]
			}
		}),
		helped: [['rui', 20, 'No more waiting for Gwen.']]
	},
	{
		...{ space: 'warehouse-rotterdam', by: 'hanneke', at: '31 08:40' },
		make: aid({
			...{
				title: 'A pallet arrives damaged',
				tags: ['goods-in', 'carriers'],
				roles: ['goods in'],
				patterns: ['wms.example.org/inbound/*']
			},
			runs: { people: 7, finished: 6, stoppedAt: 3 },
			content: {
				type: 'flow',
				intro: 'Before you sign. Once it is signed without a note, the damage is ours.',
				nodes: [
					{ id: 'look', text: 'Is the damage to be seen from outside?', next: [on('photo', 'Yes'), on('sign', 'No')] },
					{ id: 'photo', text: 'Photos: label, all four sides, the damage close by', next: [on('many')] },
					{
						id: 'many',
						text: 'How much of it is damaged?',
						next: [on('note', 'A few boxes'), on('refuse', 'More than half')]
					},
					{ id: 'note', text: 'Write “damaged, photos taken” beside your signature', next: [on('aside')] },
					{ id: 'aside', text: 'Set the boxes aside at bay 9', next: [on('tell')] },
					{ id: 'refuse', text: 'Do not sign. The driver takes it back', next: [on('tell')] },
					{ id: 'tell', text: 'Send the photos to the carrier the same day', next: [] },
					{ id: 'sign', text: 'Sign and unload', next: [on('inside')] },
					{ id: 'inside', text: 'Damage found while unpacking?', next: [on('seven', 'Yes'), on('done', 'No')] },
					{ id: 'seven', text: 'You have seven days: photos, and a claim in the system', next: [] },
					{ id: 'done', text: 'Book it in', next: [] }
				]
			}
		}),
		helped: [
			['sem', 45, 'The driver waited while I photographed. He knew the rule, I did not.'],
			['yusuf', 30]
		]
	},
	{
		...{ space: 'warehouse-rotterdam', by: 'yusuf', at: '22 15:15' },
		make: aid({
			...{ title: 'What the scanner says, and what to do', tags: ['scanner'], roles: ['picking', 'goods in'] },
			patterns: ['wms.example.org/scan*'],
			content: {
				type: 'reference',
				intro: 'Two beeps and red is always an error. Read the code in the top corner.',
				columns: ['Code', 'Means', 'Do this'],
				rows: [
					['E03', 'No network', 'Go to the end of the aisle, wait for three bars, scan again'],
					['E12', 'Unknown label', 'Scan the small code below it; still red: print a new label'],
					['E17', 'Wrong location', 'It is right more often than we are: check the aisle number'],
					['E21', 'Quantity too high', 'Count again; if it is right, confirm with F2'],
					['E40', 'Battery low', 'Change it now: at 5 % the last scans are lost'],
					['E55', 'Signed in elsewhere', 'Sign out on the other one, it is usually in the charger']
				]
			}
		}),
		helped: [
			['piotr', 10],
			['anouk', 10, 'Printed it for the charger.']
		]
	},
	{
		...{ space: 'warehouse-rotterdam', by: 'sem', at: '18 09:50' },
		make: aid({
			...{ title: 'Lift with your knees', tags: ['safety'], roles: ['picking', 'goods in'] },
			content: async (tx, viewer) => {
				const person = (x: number, bent: boolean) => [
					draw.disc(x, bent ? 150 : 90, 26),
					draw.line(
						bent
							? `M${x} 178L${x - 12} 262L${x + 42} 290L${x + 8} 352H${x + 44}`
							: `M${x} 118V240L${x - 6} 352H${x + 30}M${x} 240L${x + 6} 352`
					),
					draw.line(bent ? `M${x - 4} 200L${x + 66} 262` : `M${x} 150L${x + 66} 190`),
					draw.box(x + 60, bent ? 262 : 160, 84, 84, '#e3b567')
				];
				return {
					type: 'infographic',
					intro: '',
					image: await drawn(
						tx,
						viewer,
						'lift.png',
						[
							...person(130, true),
							draw.arrow(370, 240, 0),
							...person(500, false),
							draw.words(170, 420, '1 Bend your knees'),
							draw.words(560, 420, '2 Box close, back straight')
						],
						[760, 460]
					),
					alt: 'Two figures: one squats before a box with a straight back, one stands and holds it close',
					text: 'Above **15 kg** take the lift, or a colleague.\n\n1. Feet apart, one a little ahead.\n2. Bend your knees, not your back.\n3. Hold the box close, look ahead, stand up.\n4. Turn with your feet, never with your back.'
				};
			}
		})
	},
	{
		...{ space: 'shop-floor', by: 'bea', at: '15 13:00' },
		make: aid({
			...{
				title: 'Tell a customer that an order is late',
				tags: ['customers', 'mail'],
				patterns: ['shop.example.org/admin/orders/*']
			},
			content: {
				type: 'template',
				intro: 'The same day we know it. Nobody was ever angry about a mail that came too early.',
				text: 'Dear {{name}},\n\nyour {{product}} will not be with you on {{promised day}}, as we had said. {{what happened, in one sentence}}\n\nIt now comes on {{new day}}. If that is too late for you, write back with one word and you have your money tomorrow.\n\nWe are sorry for the wait.\n\n{{your first name}}, Shop floor'
			}
		}),
		helped: [
			['freya', 15, 'Three answers, all friendly.'],
			['grace', 20]
		]
	},
	{
		...{ space: 'web-and-apps', by: 'priya', at: '20 15:30' },
		make: aid({
			...{
				title: 'Before a release goes out',
				tags: ['release'],
				roles: ['developer'],
				patterns: ['*.deploy.example.org/releases/new']
			},
			runs: { people: 6, finished: 5, stoppedAt: 4 },
			content: {
				type: 'checklist',
				intro: 'Not on Fridays after two.',
				items: [
					item('All tests are green on the branch that goes out'),
					item('Migrations ran against a copy of yesterday’s data', 'Write down how long they took.'),
					item('The change note says what users will see', 'In their words, not ours.'),
					item('Somebody else has opened it on a phone'),
					item('The way back is known', 'Which version, which command, who may run it.'),
					item('Support knows, one sentence in their channel')
				]
			}
		}),
		helped: [
			['arjun', 60, 'The copy of yesterday’s data saved our evening.'],
			['olu', 30]
		]
	}
];
