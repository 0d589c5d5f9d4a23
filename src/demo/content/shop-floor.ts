import type { DemoSpace } from '../shape.ts';

export const shopFloor: DemoSpace = {
	slug: 'shop-floor',
	name: 'Shop floor',
	purpose: 'Tills, customers, plants that wilt: what we learn between opening and closing.',
	kind: 'community',
	access: 'open',
	stewards: ['gwen', 'ifeoma'],
	promise: { share: 50, hours: 4 },
	members: [
		'gwen',
		'marcus',
		'leila',
		'callum',
		'bea',
		'rui',
		'ifeoma',
		'kit',
		'wanjiru',
		'otieno',
		'grace',
		'hugh',
		'tomasz',
		'nora',
		'mei',
		'yusuf',
		'sem'
	],
	joined: { callum: 53, kit: 47, bea: 44, hugh: 43, otieno: 40, rui: 32, sem: 16, mei: 9, yusuf: 6, grace: 4 },
	questions: [
		{
			key: 'blank-receipts',
			by: 'leila',
			at: '55 11:20',
			title: 'Till prints blank receipts after changing the roll',
			body: 'New roll, the paper moves, nothing on it. I restarted the till twice. Customers wait.',
			tags: ['till', 'receipts'],
			answers: [
				{
					by: 'gwen',
					after: '12m',
					body: `The roll is in **upside down**. The paper is heat-sensitive on one side only.

Scratch both sides with a fingernail: the side that turns dark must face **up**, towards the little comb. Then press the feed button once. No restart needed.`,
					accepted: '8m',
					helped: [
						['leila', 30, 'The queue was gone before I finished typing thank you.'],
						['rui', 20, 'Same till, same mistake.'],
						['callum', 15],
						['kit', 15, 'The fingernail test is now my party trick.']
					]
				},
				{
					by: 'marcus',
					after: '2h',
					body: 'If the side is right and it is still pale, clean the comb with one of the wipes in the cash drawer. Ours fades every three months or so.',
					helped: [['bea', 20]]
				}
			]
		},
		{
			by: 'rui',
			at: '13 17:30',
			title: 'The receipt printer gives empty paper since I put a new roll in',
			body: 'Everything else works. Is the printer broken?',
			tags: ['till'],
			duplicate: { of: 'blank-receipts', by: 'gwen', after: '15m' }
		},
		{
			by: 'callum',
			at: '50 15:40',
			title: 'A customer wants to return a drill without a receipt. What may I do?',
			body: 'It is clearly one of ours, nearly new, and he paid cash. The manager is at lunch.',
			tags: ['returns', 'power-tools'],
			answers: [
				{
					by: 'marcus',
					after: '25m',
					body: `You can do more than you think:

1. Scan the serial number, not the barcode. If we sold it in the last two years the till shows **when and where**.
2. Within 60 days: exchange or store credit, no manager needed.
3. Money back without a receipt is for the duty manager, up to 150.

If the serial number is not known, it was not bought from us. Say it kindly and offer the battery check for free, that usually saves the conversation.`,
					accepted: '1h',
					helped: [
						['callum', 25, 'He left with store credit and a smile.'],
						['leila', 20],
						['grace', 10, 'I tell callers about the serial number now.']
					],
					comments: [
						{
							by: 'wanjiru',
							after: '1d',
							body: 'On the phone we can look up the serial number too. Customers can read it to us before they drive.'
						}
					]
				}
			]
		},
		{
			by: 'kit',
			at: '46 10:30',
			title: 'How do I tell a customer that we will not price-match a marketplace seller?',
			body: 'She showed me a price on her phone that is below our cost. I froze.',
			tags: ['prices', 'customers'],
			answers: [
				{
					by: 'leila',
					after: '40m',
					body: `I say: "That is a seller on a marketplace, and I cannot see whether they will be there if it breaks. What I can do is look at what ours costs **with** delivery and the two-year guarantee."

Then I actually do it, on the screen, together. Half of them stay. The other half I wish a nice day and mean it.`,
					accepted: '2h',
					helped: [
						['kit', 10, 'Said it today, calmly. She bought the lamp.'],
						['rui', undefined, 'Works in Portuguese too.']
					]
				},
				{
					by: 'ifeoma',
					after: '1d',
					body: 'Freezing is what everyone does the first time. If you want to practise it out loud for five minutes with me before Saturday, my lunch is yours.'
				}
			]
		},
		{
			by: 'bea',
			at: '43 09:30',
			title: 'Fungus gnats in the house plants: what works without spraying in the shop?',
			body: 'We found little black flies around the ferns. I do not want to spray where people walk.',
			tags: ['plants', 'garden'],
			answers: [
				{
					by: 'hugh',
					after: '3h',
					body: `Three steps, in this order, and no spray:

- **Let the top two centimetres dry out** between waterings. The larvae live there.
- Yellow sticky cards, one for every four pots, for the adults.
- Nematodes in the watering can, once, at 15 °C or warmer. Order number 40 118; they come chilled, use them the same day.

Move the worst ferns to the back for a week. It takes two weeks until you see no flies; that is normal.`,
					accepted: '14d',
					helped: [
						['bea', 180, 'Two weeks, as promised. We lost no plant.'],
						['leila', 60],
						['gwen', 45]
					]
				},
				{
					by: 'leila',
					after: '1d',
					body: 'And water from below: saucer, ten minutes, pour away. The surface stays dry and the gnats find somewhere else to live.',
					helped: [['bea', 15]]
				}
			]
		},
		{
			by: 'marcus',
			at: '40 08:50',
			title: 'How do you count stock in the paint aisle without closing it?',
			body: 'Last year it took us a Sunday and two people. The aisle is our busiest.',
			tags: ['stock-count', 'paint'],
			answers: [
				{
					by: 'gwen',
					after: '1d',
					body: `Count it in **slices** over two weeks instead of in one go.

Each morning one bay, before opening, fifteen minutes. The handheld has *Count → Partial*: it freezes just that bay. Tins sold during the day are subtracted for you.

We did 14 bays in 14 mornings, found the same difference as the year before, and nobody worked on Sunday.`,
					accepted: '16d',
					helped: [
						['marcus', 600, 'A Sunday, twice. Given back.'],
						['bea', 480, 'Did it with tiles.'],
						['callum', 60]
					],
					comments: [
						{
							by: 'marcus',
							after: '16d',
							body: 'Done. Bay 9 held forty tins of a colour we stopped selling. I would not have seen that in a hurry.'
						},
						{
							by: 'hugh',
							after: '1d',
							body: 'Send me that colour number, please. I will take it off the order list for the whole region.'
						}
					]
				}
			]
		},
		{
			by: 'otieno',
			at: '36 15:10',
			title: 'What do I say when tracking shows "delivered" but the customer has nothing?',
			body: 'Third one today. I do not want to sound as if I did not believe them.',
			tags: ['delivery', 'complaints'],
			answers: [
				{
					by: 'wanjiru',
					after: '30m',
					body: `Believe them first; checking comes after. I write:

> "That must be annoying, I am sorry. I will find your parcel. May I ask two quick things while I look?"

Then: is there a neighbour or a porch the driver may have chosen, and is the address on the order the right one? Open **Carrier → Proof** meanwhile; there is a photo in nine of ten cases and it answers the question for both of you.

No photo after ten minutes: send it again, you do not need me for that.`,
					accepted: '45m',
					helped: [
						['otieno', 20, 'Four of five were on a porch. All five said thank you.'],
						['grace', 15],
						['rui', 10]
					]
				}
			]
		},
		{
			by: 'rui',
			at: '31 15:00',
			title: 'Which lamps may customers use outside under a roof?',
			body: 'I get this every day and the packaging says only "IP44" or "IP65".',
			tags: ['lighting', 'product-knowledge'],
			answers: [
				{
					by: 'callum',
					after: '1h',
					body: `Two numbers after IP: first dust, second water.

- **IP44**: splashes from any side. Under a roof, on a wall: yes.
- **IP65**: a hose. Open garden: yes.
- **IP67**: lies in a puddle. Paths, edges of ponds.
- Anything with **IP20**: indoors only, however pretty it would look on the balcony.

By the sea I go one step higher, because salt creeps in.`,
					accepted: '1h',
					helped: [
						['rui', 15, 'Three lamps sold with a good conscience today.'],
						['bea', 15, 'The part about salt matters in Porto.'],
						['kit', 10]
					]
				}
			]
		},
		{
			by: 'gwen',
			at: '27 09:40',
			title: 'How do other shops hand over between the early and the late shift?',
			body: 'We lose things: a promised call-back, a key, a pallet in the way. A book nobody reads is not the answer.',
			tags: ['shift', 'how-we-work'],
			answers: [
				{
					by: 'bea',
					after: '5h',
					body: `Five minutes standing at the returns desk, three questions, always the same:

1. What did we promise somebody?
2. What stands where it should not?
3. Who is new, tired or alone today?

The one who leaves answers, the one who comes writes at most five lines on the whiteboard, and wipes off what is done. It only works because it is **short and standing**.`,
					accepted: '10d',
					helped: [
						['gwen', 60, 'Not one forgotten call-back in ten days.'],
						['marcus', 30],
						['hanneke', 45, 'We took question three for the warehouse.']
					],
					comments: [
						{
							by: 'ifeoma',
							after: '2d',
							body: 'Question three is the best thing I read this month. May I put it into the buddy week?'
						}
					]
				},
				{
					by: 'marcus',
					after: '1d',
					body: 'We use the chat of the shop with one message at a quarter to. It works on weekdays and fails on Saturdays, when you need it.'
				}
			]
		},
		{
			by: 'leila',
			at: '22 13:15',
			title: 'Paint came out a shade too dark. Can I save the tin?',
			body: 'Ten litres, *Sea Thrift*, a customer who comes back at five.',
			tags: ['paint'],
			needsInfo: {
				by: 'gwen',
				after: '10m',
				note: 'Which base did you use, and is it the old or the new mixing machine? The way back differs.'
			},
			comments: [
				{
					by: 'leila',
					after: '50m',
					body: 'Base C, the new machine. I think that was the mistake: the card says base B.'
				}
			],
			answers: [
				{
					by: 'gwen',
					after: '70m',
					body: 'Then it cannot be saved, sorry: base C has no white in it, and adding white base makes it chalky. Mix a new one with base B, and put the dark one on the *oops* shelf at half price with a dab on the lid. It will be gone by Saturday. Write the loss on code 17, nobody will ask.',
					accepted: '30m',
					helped: [['leila', 40, 'He got his colour at five. Somebody else got a bargain by six.']]
				}
			]
		},
		{
			by: 'kit',
			at: '18 11:10',
			title: 'How long may a Christmas tree stand in the car park net?',
			body: 'They arrive on pallets this week and there is a lot of them.',
			tags: ['garden', 'season'],
			answers: [
				{
					by: 'hugh',
					after: '4h',
					body: 'Netted: three days, upright, in the shade, and a hose over them each evening. After that the needles start to drop when it is opened, and the customer meets that on the carpet. Open one of each pallet on the first day and stand it in water: it sells the others.',
					helped: [
						['kit', 30],
						['callum', 30, 'Opened one per pallet. The line formed by itself.']
					]
				}
			]
		},
		{
			by: 'bea',
			at: '15 10:20',
			title: 'Tile adhesive arrived frozen. Is it still good?',
			body: 'Two pallets stood outside in the cold overnight. The bags feel normal, the buckets do not.',
			tags: ['tiles', 'stock'],
			answers: [
				{
					by: 'sem',
					after: '1d',
					body: 'The powder in bags does not mind frost as long as it stayed dry. The ready-mixed buckets do: once frozen they never bind properly again, even when they look fine. Take photos of the label and of the frost mark on the pallet, send them to us, and we charge it to the carrier.',
					accepted: '2h',
					helped: [['bea', 90, 'Credited within two days.']]
				}
			]
		},
		{
			by: 'callum',
			at: '11 16:30',
			title: 'Click and collect: the customer lost the code and has another name on the ID',
			body: 'She says her partner ordered. I believe her, but it is an expensive mower.',
			tags: ['click-and-collect'],
			answers: [
				{
					by: 'wanjiru',
					after: '1d',
					body: 'Ring us on the short number while she stands there: we send the code again to the **phone on the order**. If her partner reads it to her, hand it over. That takes two minutes and protects everyone, her too.',
					accepted: '1d',
					helped: [['callum', 15, 'Two minutes, exactly as you said.']]
				}
			]
		},
		{
			by: 'marcus',
			at: '7 14:30',
			title: 'Has anybody tried opening an hour later on Mondays?',
			body: 'We sell almost nothing before ten on Mondays, and that hour would be worth gold for training. What did your regulars say?',
			tags: ['opening-hours', 'training'],
			answers: [
				{
					by: 'bea',
					after: '2d',
					body: 'Not Mondays, but we open at ten on the first Wednesday of each month and say why on the door: "We are learning something so that we can tell you." Two people complained in a year; several asked what it was this time.'
				}
			]
		},
		{
			by: 'rui',
			at: '3 18:40',
			title: 'Self-checkout asks for approval for every pair of scissors. Can that be changed?',
			body: "Children's craft scissors too. I walk there forty times a day.",
			tags: ['till', 'self-checkout'],
			comments: [{ by: 'callum', after: '1d', body: 'Same here. I counted 52 on Saturday.' }]
		},
		{
			by: 'kit',
			at: '20 12:10',
			title: 'The till wants the float counted twice in the evening. Which count goes into the report?',
			body: 'Once when the late shift begins and once at closing. They differ by what was changed in between.',
			tags: ['till'],
			answers: [
				{
					by: 'gwen',
					after: '2h',
					body: 'The one **at closing**. The first count is only there so that the two shifts can tell whose difference it is.',
					accepted: '1h'
				}
			]
		},
		{
			by: 'mei',
			at: '5 10:10',
			title: 'Which shop could I visit to see how returns are sorted?',
			body: 'I build the returns page and have never stood at a returns desk. A morning would do.',
			tags: ['returns']
		},
		{
			by: 'leila',
			at: '1 12:20',
			title: 'Somebody asks for paint that is safe for a cot. Which of ours is?',
			body: 'The labels speak of "low odour", which is not what she asked.',
			tags: ['paint', 'product-knowledge', 'safety'],
			answers: [
				{
					by: 'hugh',
					after: '2h',
					body: 'Look for **EN 71-3** on the back of the tin: that is the toy standard, tested for what a child may chew off. Of ours it is *Little Finch* in all colours, and the clear varnish 7712. Low odour only says it does not smell.',
					helped: [['leila', 20, 'She had tears in her eyes. First baby.']]
				}
			]
		}
	],
	pages: [
		{
			by: 'gwen',
			at: '56 10:00',
			title: 'Opening the shop in fifteen minutes',
			tags: ['opening', 'till', 'job-aid'],
			body: `For whoever holds the key today. Fifteen minutes, one person, in this order because each step waits for the one before.

1. **Alarm off**, lights on *half* (full light at opening; the difference pays for a rota cook book each year).
2. **Walk the fire exits.** All four. Push each door once.
3. **Tills on.** While they start: cash drawers from the safe, one by one, initials on the sheet.
4. **Water the front plants.** They are the first thing anybody sees.
5. **Whiteboard.** What did the late shift promise?
6. Music, full light, door.

> Something is wrong with a fire exit? Do not open. Ring the duty phone. You will not be told off for a late opening, only for an unsafe one.`,
			edits: [
				{
					by: 'ifeoma',
					after: '9d',
					from: 'the difference pays for a rota cook book each year',
					to: 'the difference pays for a summer party each year',
					note: 'Nobody knew what a rota cook book was'
				}
			],
			helped: [
				['kit', 30, 'Opened alone for the first time, list in hand.'],
				['callum', 15],
				['leila', 10]
			]
		},
		{
			by: 'ifeoma',
			at: '44 11:00',
			title: 'Buddy week: five days, one thing a day',
			tags: ['onboarding', 'buddy'],
			body: `A new colleague learns most from the person beside them. This week makes that easy for both. **No day takes more than fifteen minutes of planned time.**

| Day | Together | Then alone |
| --- | --- | --- |
| 1 | Walk the shop as a customer. What would you ask? | Find five things customers could not find |
| 2 | Serve side by side at the returns desk | Write down one question, ask it here |
| 3 | Mix one paint, cut one key | Mix a second, with the buddy a shout away |
| 4 | Listen in on customer care for ten minutes | Call one customer back |
| 5 | Coffee: what was odd? what would you change? | Answer one question here, however small |

What is odd on day five is worth more than what we planned on day one. Please write it in the comments.`,
			helped: [
				['marcus', 240, 'The second starter this year who stayed past month one.'],
				['gwen', 120]
			],
			comments: [
				{
					by: 'kit',
					after: '4d',
					body: 'Odd on day five: every shop has another word for the trolley with the bent wheel.'
				},
				{ by: 'ifeoma', after: '1d', body: 'In Leeds it is Gerald. I did not make that up.' }
			]
		},
		{
			by: 'wanjiru',
			at: '30 10:30',
			title: 'Words that calm, words that do not',
			tags: ['complaints', 'tone-of-voice', 'job-aid'],
			body: `Collected from two hundred calls. Left is what slips out, right is what works.

| Instead of | Try |
| --- | --- |
| "Calm down." | "You are right to be annoyed." |
| "That is not my department." | "I will find who can, and stay with you." |
| "Unfortunately our policy …" | "What I can do is …" |
| "You should have …" | "Next time this may save you the trip: …" |
| "I will look into it." | "I will call you by four, even if I know nothing yet." |

Then **do** call at four. A promise kept with no news is worth more than news that comes late.`,
			helped: [
				['otieno', 15],
				['grace', 20, 'My calls are shorter and I go home lighter.'],
				['rui', 10, 'Works at the returns desk.'],
				['callum', 10]
			]
		}
	]
};
