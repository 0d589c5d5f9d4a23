import { newAsking } from '#src/checks/asking/input.ts';
import { askToPass } from '#src/checks/asking/server/ask.ts';
import { row, sql } from '#src/platform/server/db.ts';
import type { DemoThing } from '../../shape.ts';
import { checkOf, idOf, take, type Case } from './cases.ts';

const LOADS = 'Looks at the load before lifting';
const DRIVES = 'Drives so that nobody gets hurt';
const PARKS = 'Leaves it so that others can work';

const cases: Case[] = [
	{
		objective: LOADS,
		heading: 'h-before-you-lift',
		content: {
			type: 'choice',
			prompt:
				'A pallet of compost came in wrapped, but one board of the pallet is split through. The lorry waits. What do you do?',
			options: [
				{
					key: 'lift',
					text: 'Lift it slowly and set it down at the dock',
					right: false,
					why: 'A split board gives way under the fork, mostly when you turn.'
				},
				{
					key: 'second',
					text: 'Have it restacked on a sound pallet, and tell the driver that it takes ten minutes',
					right: true
				},
				{
					key: 'strap',
					text: 'Put a strap around it and lift',
					right: false,
					why: 'The strap holds the bags, not the board.'
				}
			],
			why: 'Ten minutes of a driver cost less than one load that falls on a foot.'
		}
	},
	{
		objective: LOADS,
		heading: 'h-what-it-lifts',
		content: {
			type: 'numeric',
			prompt:
				'The plate of your pallet jack says 2,200 kg. The pallet holds 48 bags of 40 kg; pallet and foil weigh 30 kg. How much is left until the limit?',
			value: 250,
			tolerance: { by: 'amount', amount: 0 },
			units: [{ name: 'kg', factor: 1 }],
			why: '48 × 40 kg + 30 kg = 1,950 kg.'
		}
	},
	{
		objective: LOADS,
		heading: 'h-what-it-lifts',
		content: {
			type: 'short',
			prompt: 'Where on the pallet jack do you read how much it may lift? One or two words.',
			accepted: [
				{ text: '*plate*' },
				{ text: '*label*', share: 0.5, why: 'The plate of its maker counts; labels come off.' }
			],
			why: 'The maker’s plate on the frame.'
		}
	},
	{
		objective: DRIVES,
		heading: 'h-parking',
		content: {
			type: 'order',
			prompt: 'You park the pallet jack at the end of the shift. In which order?',
			items: [
				{ key: 'place', text: 'Roll it to its marked place, out of the way to the door' },
				{ key: 'lower', text: 'Lower the forks to the floor' },
				{ key: 'handle', text: 'Leave the handle upright' },
				{ key: 'charge', text: 'Plug in the charger, and look whether its light comes on' }
			],
			why: 'Forks in the air are what people trip over in the dark.'
		}
	},
	{
		objective: DRIVES,
		heading: 'h-on-the-ramp',
		content: {
			type: 'choice',
			multiple: true,
			prompt: 'You come down the ramp to dock 3 with a full pallet. Which of these are right?',
			options: [
				{
					key: 'behind',
					text: 'The load stays above you: you go down first',
					right: false,
					why: 'If it gets away it runs into you.'
				},
				{ key: 'before', text: 'The load goes down before you', right: true },
				{ key: 'clear', text: 'Nobody stands at the foot of the ramp', right: true },
				{ key: 'turn', text: 'You turn on the ramp to see better', right: false, why: 'Turned, it tips.' }
			],
			why: 'What rolls away rolls downwards: that place must be empty, and not be yours.'
		}
	}
];

/** What is done and shown, and looked at by Hanneke. */
const shows = (reviewerId: string): Case => ({
	objective: PARKS,
	heading: 'h-parking',
	content: {
		type: 'show',
		prompt: 'Park a pallet jack at the end of your shift, and take a picture from the door. Send it, or a link to it.',
		...{ accepts: 'either', reviewerId },
		rubric: [
			{
				key: 'place',
				criterion: 'It stands in its place',
				levels: [
					{ label: 'In the way', points: 0 },
					{ label: 'In its place', points: 1 }
				]
			},
			{
				key: 'safe',
				criterion: 'Nobody trips over it',
				levels: [
					{ label: 'Forks in the air', points: 0 },
					{ label: 'Forks down, handle not upright', points: 1 },
					{ label: 'Forks down, handle upright, charging', points: 2 }
				]
			}
		],
		why: 'What you see from the door is what the night shift sees.'
	}
});

const met = { met: true };

export const checks: DemoThing[] = [
	{
		...{ space: 'warehouse-rotterdam', by: 'hanneke', at: '20 07:40' },
		make: async (tx, viewer, spaceId) => {
			const facts = {
				...{ spaceId, title: 'Lift the pallet jack safely', tags: 'safety pallet-jack' },
				bodyMd:
					'Cases from our own docks. If you have worked with a pallet jack for a while you need nothing else; if not, what you got wrong shows you what to look at.',
				...{ minutes: 8, contentMinutes: 15, expertId: viewer.id },
				content: [
					await idOf(tx, 'The pallet jack, from lifting to parking'),
					await idOf(tx, 'A pallet arrives damaged')
				],
				objectives: [
					{ title: LOADS, draws: 2 },
					{ title: DRIVES, draws: 1 },
					{ title: PARKS, draws: 1 }
				]
			};
			return checkOf(tx, viewer, facts, [...cases, shows(viewer.id)]);
		},
		more: [
			{
				...{ by: 'hanneke', after: '1d' },
				act: async (tx, viewer, id) => {
					const space = await row<{ id: string }>(tx, sql`select space_id as id from item where id = ${id}`);
					const asked = newAsking.parse({
						legalText:
							'Only people who have been instructed use the pallet jack. The employer makes sure once a year that they know how, and can show it.',
						legalSource: 'Working conditions decree, article 7.17c',
						...{ legalNames: true, dueDays: 30, renewMonths: 12, audience: 'space', spaceId: space!.id },
						qualities: {
							flow: { ...met, why: 'Eight minutes at the dock, on the scanner or a telephone.' },
							continuous: {
								met: false,
								why: 'The decree wants it once a year; in between it is there for whoever wants it.'
							},
							immediate: { ...met, why: 'What was wrong shows at once what to look at.' },
							social: { ...met, why: 'Hanneke and the thread on the docks answer what stays unclear.' },
							autonomous: {
								met: false,
								why: 'The decree sets who and until when. When and where within that is yours.'
							}
						}
					});
					await askToPass(tx, viewer, id, asked);
				}
			},
			{
				...{ by: 'kit', after: '9d' },
				act: (tx, viewer, id) =>
					take(tx, viewer, id, {
						url: 'https://photos.harrowfinch.example/dock-3-after-shift',
						note: 'From the door of dock 3. The light of the charger is the green dot.'
					})
			}
		]
	}
];
