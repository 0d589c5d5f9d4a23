import type { DemoSpace } from '../shape.ts';

export const warehouse: DemoSpace = {
	slug: 'warehouse-rotterdam',
	name: 'Warehouse Rotterdam',
	purpose: 'Inbound, picking, loading and the machines that help.',
	kind: 'team',
	access: 'open',
	stewards: ['hanneke'],
	promise: { share: 90, hours: 8 },
	members: ['hanneke', 'sem', 'yusuf', 'anouk', 'piotr', 'nora', 'hugh', 'bea', 'kit', 'freya', 'gwen', 'dan'],
	questions: [
		{
			by: 'sem',
			at: '54 07:10',
			title: 'Scanner says "unknown location" for aisle 14 since this morning',
			body: 'All three of us, all levels. Aisle 13 and 15 are fine.',
			tags: ['scanner', 'aisle-14'],
			answers: [
				{
					by: 'piotr',
					after: '35m',
					body: `The signs of aisle 14 were replaced on Friday, and the new ones say \`14-A-01\` where the system knows \`14A01\`. Until the system learns it:

- On the scanner press **F3** and type the place without the dashes.
- Or scan the *floor* label. Nobody touched those.

I have told Dan; the fix is one line on his side.`,
					accepted: '20m',
					helped: [
						['sem', 45],
						['yusuf', 30, 'Floor labels it is. My back prefers F3.']
					],
					comments: [
						{
							by: 'hanneke',
							after: '1d',
							body: 'Fixed since this morning, dashes work. Next time we change signs, we change one and scan it first.'
						}
					]
				}
			]
		},
		{
			key: 'charger-beeps',
			by: 'yusuf',
			at: '51 13:20',
			title: 'Reach truck charger beeps three times and stops. Can I still use the truck?',
			body: 'It shows 60 %. The night shift needs it.',
			tags: ['battery', 'reach-truck'],
			answers: [
				{
					by: 'piotr',
					after: '1h',
					body: `Three beeps: the battery is **too warm** to charge, nothing is broken. It waits until it is below 45 °C and goes on by itself.

- 60 % is good for about four hours of normal work. Use it.
- Leave the cover open while it stands there.
- Three beeps twice in one day: hang the yellow tag on it and tell me. Then it is the fan.

Five beeps is another story. That is water in the cells: do not plug it in again, call me.`,
					accepted: '1d',
					helped: [
						['yusuf', 60, 'Four hours, nearly to the minute.'],
						['sem', 30],
						['hanneke', 30, 'Printed and stuck on all six chargers.']
					]
				}
			]
		},
		{
			by: 'anouk',
			at: '48 10:00',
			title: 'Which papers does a driver need for Northern Ireland this month?',
			body: 'Two loads of garden furniture, one with treated wood. The carrier says "the usual", which is not an answer.',
			tags: ['customs', 'carriers'],
			answers: [
				{
					by: 'hanneke',
					after: '1d',
					body: 'For treated wood you need the stamp on the pallets themselves (the little wheat ear), photographed before loading. For the rest ask Nora: our broker changed in spring and she has the new contact.'
				},
				{
					by: 'nora',
					after: '2d',
					body: `I asked the broker so that we have it in writing:

1. Commercial invoice with our number and **the shop's** number.
2. The pre-lodged declaration; its reference goes on the driver's sheet, in the box at the top right.
3. For wood: photo of the pallet stamp.

Send all three by noon the day before. They answer within two hours; if not, ring, do not mail.`,
					accepted: '4h',
					helped: [['anouk', 90, 'Both trucks through in twenty minutes.']]
				}
			]
		},
		{
			by: 'hanneke',
			at: '45 06:40',
			title: 'How do we slot the Christmas range without blocking the paint aisles?',
			body: 'Last year we moved 300 pallets twice. I would like to move them once.',
			tags: ['slotting', 'peak'],
			answers: [
				{
					by: 'yusuf',
					after: '8h',
					body: `From the pickers' side: we do not mind *where* it is, we mind **turning round**. If lights and baubles stand in one lane at the dock end, one trip picks both; nine of ten Christmas orders have the two together.

Put artificial trees on top: nobody picks more than one, and one look up costs nothing.`,
					accepted: '2d',
					helped: [
						['hanneke', 480, 'One move instead of two. And the pick rate is up by a fifth.'],
						['sem', 60]
					]
				},
				{
					by: 'freya',
					after: '2d',
					body: "I looked at last year's orders: Yusuf is right, 91 % of orders with baubles have lights. The third thing in the basket is batteries, so move those too. Sheet is in the spreadsheets space.",
					helped: [['hanneke', 60, 'Batteries! Of course.']]
				}
			]
		},
		{
			by: 'sem',
			at: '41 09:15',
			title: 'Supplier sends pallets with two labels. Which one counts?',
			body: 'One from the maker, one from the port. The scanner takes either, and then the numbers do not match the order.',
			tags: ['inbound', 'labels'],
			answers: [
				{
					by: 'hugh',
					after: '3h',
					body: 'Ours is the one whose long number **starts with 8719**. Cover the other one with the blank stickers before you put it away, or it will be scanned by the next person. I have asked the supplier to stop; until they do, that is the way.',
					accepted: '1d',
					helped: [
						['sem', 120, 'No more wrong counts from this supplier.'],
						['yusuf', 15]
					]
				}
			]
		},
		{
			by: 'piotr',
			at: '35 08:20',
			title: 'Conveyor 2 stops every day at about the same time. Where do I look?',
			body: 'Between 10:40 and 11:00, for a minute, restarts by itself. Motor and belt are fine. Nothing in the fault memory.',
			tags: ['conveyor', 'maintenance'],
			answers: [
				{
					by: 'sem',
					after: '1d',
					body: `The sun! Between half past ten and eleven it comes through the skylight above the merge and shines straight into the photo eye. In winter it is low enough.

I held a piece of cardboard there today and it did not stop.`,
					accepted: '1d',
					helped: [
						['piotr', 300, 'Two weeks of looking, one piece of cardboard. There is a proper hood on it now.'],
						['hanneke', 60]
					],
					comments: [
						{ by: 'piotr', after: '5h', body: 'I replaced that eye twice. I owe Sem a cake.' },
						{ by: 'sem', after: '1h', body: 'Apple, please.' }
					]
				}
			]
		},
		{
			by: 'yusuf',
			at: '32 14:45',
			title: 'How do two people lift a bathtub out of a cage safely?',
			body: 'The tubs are 48 kg, the cage has a rim of 20 cm. Twice somebody bruised a hand.',
			tags: ['lifting', 'safety'],
			answers: [
				{
					by: 'hanneke',
					after: '1d',
					body: `Not by lifting over the rim. The front of the cage **comes off**: two pins at the bottom, most people do not know.

1. Brake on, front off, lean it against the rack.
2. Slide the tub onto the low trolley. One pulls, one guides; nobody carries.
3. Gloves with the grey palm, not the cotton ones.

If the pins are stuck, put the cage aside with a red tag. No tub is worth a hand.`,
					accepted: '6h',
					helped: [
						['yusuf', 30, 'Nobody has carried one since.'],
						['kit', 10],
						['sem', 20]
					]
				}
			]
		},
		{
			by: 'anouk',
			at: '26 13:10',
			title: 'Which of our shops really need a tail lift?',
			body: 'We pay for it on every tour. I believe half of them have a dock or a forklift by now.',
			tags: ['tail-lift', 'tours', 'costs'],
			answers: [
				{
					by: 'gwen',
					after: '2d',
					body: 'Cardiff has a dock since June. No tail lift needed, but the truck must be shorter than twelve metres, because of the bend.'
				},
				{
					by: 'bea',
					after: '2d',
					body: 'Porto: still needed. The street goes up and the forklift does not like that.',
					comments: [
						{
							by: 'anouk',
							after: '1d',
							body: 'Thank you both. Fourteen shops answered by now, eight need none. I will write it up.'
						}
					]
				}
			]
		},
		{
			by: 'kit',
			at: '20 10:40',
			title: 'What do the coloured dots on the pallets mean?',
			body: 'I saw green, blue and one that was half and half.',
			tags: ['labels', 'onboarding'],
			answers: [
				{
					by: 'sem',
					after: '30m',
					body: 'Green: checked and counted. Blue: goes to the online shop, do not break the wrap. Half and half: somebody ran out of stickers. That happens, ask.',
					accepted: '10m',
					helped: [['kit', 5]]
				}
			]
		},
		{
			by: 'sem',
			at: '14 08:30',
			title: 'A pallet of paint leaks. Who may clean that up, and with what?',
			body: 'About two litres of solvent-based varnish, door 3. I have closed the lane.',
			tags: ['spill', 'safety'],
			answers: [
				{
					by: 'piotr',
					after: '5m',
					body: `You did the first thing right. Next:

1. **Doors open, no trucks, no phones** within five metres.
2. Green bin by door 2: the granulate. From the outside in, do not rub.
3. Blue gloves, mask with the brown filter. Both hang on the bin.
4. Shovel into the drum with the red lid. Never in the normal waste.

Up to five litres we do it ourselves, two people. More than that, or a smell in the office: alarm.`,
					accepted: '1h',
					helped: [
						['sem', 60, 'Clean in half an hour, nobody got a headache.'],
						['hanneke', 30]
					]
				}
			]
		},
		{
			by: 'yusuf',
			at: '8 16:20',
			title: 'Can the pick list show the heavy things first?',
			body: 'I put the glass in the cage, then the list sends me for a barbecue, and I unpack everything again.',
			tags: ['picking', 'scanner'],
			follows: ['sem', 'hanneke'],
			answers: [
				{
					by: 'dan',
					after: '1d',
					body: 'It sorts by place only. I can sort by place **within weight class**, which makes the walk a little longer and the cage a lot safer. I would try it on your lane for a week first. Shall I?',
					comments: [{ by: 'yusuf', after: '5h', body: 'Yes please. Lane 6, from Monday.' }],
					helped: [['yusuf']]
				}
			]
		},
		{
			by: 'hanneke',
			at: '4 07:30',
			title: 'How do others keep gloves and scanners from walking away between shifts?',
			body: 'We ordered sixty pairs in spring and can find eleven. The scanners always come back, with an empty battery.',
			tags: ['shift', 'equipment'],
			answers: [
				{
					by: 'gwen',
					after: '1d',
					body: 'Numbers on the back, and one hook with the same number for each person, not for each shift. Things with a number come home. It looks like a kindergarten and works like one.'
				}
			]
		},
		{
			by: 'anouk',
			at: '2 14:15',
			title: "The driver's app shows yesterday's tour. Is that us or the carrier?",
			body: 'Three drivers of the same carrier, all on the Midlands tour.',
			tags: ['carriers', 'tours'],
			needsInfo: {
				by: 'hanneke',
				after: '40m',
				note: 'Which version of the app do they have, and did they sign in again today?'
			}
		}
	],
	pages: [
		{
			by: 'hanneke',
			at: '57 08:00',
			title: 'Forklift rules on one page',
			tags: ['forklift', 'safety', 'job-aid'],
			body: `Seven rules. They are not here because somebody likes rules; each has a date behind it.

1. **Eye contact before you cross.** A wave is not eye contact.
2. Forks at ankle height when driving, on the floor when standing.
3. Nobody under a raised load, not for a second, not to pick up a pen.
4. Ten is fast enough. In aisle 3, walking pace.
5. Phone in the locker.
6. A load you cannot see over: drive backwards.
7. You may refuse any load. You do not have to say why.`,
			helped: [
				['kit', 10],
				['yusuf', 10]
			],
			comments: [
				{
					by: 'yusuf',
					after: '2d',
					body: 'Could we have number seven in Turkish and Polish too? I can write the Turkish.'
				},
				{ by: 'piotr', after: '5h', body: 'And I the Polish.' }
			]
		},
		{
			by: 'hanneke',
			at: '24 07:30',
			title: 'The pallet jack, from lifting to parking',
			tags: ['pallet-jack', 'safety'],
			body: `Nobody reads this before their first shift, and that is fine. It is here for the moment in which you want to know.

## What it lifts

The limit stands on the **plate of the maker**, on the frame below the handle. Stickers come off and lie. Count the load, then add the pallet and the foil: together about 30 kg.

## Before you lift

Look at the boards first. A board that is split gives way under the fork, mostly when you turn. Then the load goes onto a sound pallet, however long the lorry waits. A strap holds bags, not boards.

## On the ramp

What rolls away rolls downwards. So the load goes down before you, and nobody stands at the foot of the ramp. Never turn on it: turned, it tips.

## Parking

1. Roll it to its marked place, out of the way to the door.
2. Forks to the floor. Forks in the air are what people trip over in the dark.
3. Handle upright.
4. Plug in the charger, and wait until its light comes on.`,
			helped: [['kit', 20, 'I knew where to look on my second day.']]
		},
		{
			by: 'sem',
			at: '39 09:00',
			title: 'Damaged on arrival: what to photograph',
			tags: ['inbound', 'damage', 'job-aid'],
			body: `The carrier pays when four photos are there, and only then. It takes two minutes.

1. The **whole pallet**, with the truck's number plate in the picture.
2. The **label**, close enough to read.
3. The **damage**, with a hand or a pen beside it for size.
4. The pallet **from the other side**. This is the one we forget.

Then write on the driver's paper: "*Received with damage, photos taken*", and let him sign. Not "subject to checking": that is worth nothing.`,
			helped: [
				['hanneke', 240, 'Nine of nine claims paid last month.'],
				['bea', 60, 'We do it at the shop door now.']
			],
			outdated: { by: 'piotr', after: '30d', note: 'Door 4 has the new camera: photo 1 is taken by itself there.' }
		}
	]
};
