import type { DemoSpace } from '../shape.ts';

export const everyone: DemoSpace = {
	slug: 'everybody',
	name: 'Everyone at Harrow & Finch',
	purpose: 'For what concerns all of us, wherever we work.',
	kind: 'organisation',
	access: 'open',
	stewards: ['tomasz', 'nora'],
	members: 'everyone',
	questions: [
		{
			key: 'staff-discount',
			by: 'kit',
			at: '52 10:15',
			title: 'Does the staff discount work online as well as in the shops?',
			body: 'I have my card for the till. When I order online there is nowhere to enter the number, and I would like to send a lamp to my mum.',
			tags: ['staff-discount', 'online-shop'],
			follows: ['callum'],
			answers: [
				{
					by: 'ewan',
					after: '50m',
					body: `It does, but not with the card number. Sign in to the online shop with **your work address**; the 20 % comes off at the last step, before you pay.

Two things people trip over:

- It needs one sign-in from the company network or the VPN first. After that it works from anywhere.
- It is not added to sale prices or gift cards.

Sending it to somebody else's address is fine.`,
					accepted: '30m',
					helped: [
						['kit', 10, 'Ordered the lamp on my break.'],
						['leila', 15, 'I had given up on this and bought in the shop instead.'],
						['yusuf']
					],
					comments: [{ by: 'leila', after: '5d', body: 'The VPN step was what I was missing. Thank you.' }]
				}
			]
		},
		{
			by: 'leila',
			at: '9 14:10',
			title: 'Can I use my employee discount when I order from the website?',
			body: 'The till card has a number but the website never asks for it.',
			tags: ['staff-discount'],
			duplicate: { of: 'staff-discount', by: 'tomasz', after: '20m' }
		},
		{
			by: 'grace',
			at: '47 09:30',
			title: 'Who do I tell when I find a mistake on our website?',
			body: 'A customer read me a watering guide that says "water daily" for a cactus. I do not know who looks after those pages.',
			tags: ['website', 'who-does-what'],
			answers: [
				{
					by: 'dan',
					after: '2h',
					body: `Product texts belong to the buyer of that range; the name is at the bottom of the product page when you are signed in with your work address.

If you cannot find it, ask here with the tag \`website\` and the address of the page. I look at that tag every morning and pass it on. The cactus is already drinking less.`,
					accepted: '1h',
					helped: [
						['grace', 20],
						['otieno', 10, 'Now I send the link instead of writing to three people.']
					]
				},
				{
					by: 'hugh',
					after: '1d',
					body: 'For anything that grows, write to me directly. I would rather hear about ten small mistakes than one dead plant.'
				}
			]
		},
		{
			by: 'anouk',
			at: '38 11:05',
			title: 'Which holidays are not the same in all our countries?',
			body: 'I plan drivers for five countries and twice this year nobody was in the shop to sign. Is there one list?',
			tags: ['holidays', 'planning'],
			answers: [
				{
					by: 'ewan',
					after: '1d',
					body: `There is now: see the page **Days when somebody is closed** in this space. It holds the public holidays of the UK nations, the Netherlands, Portugal, Spain, India, Kenya and Ontario, with the days when a shop opens late rather than not at all.

The ones that catch people out: Scotland's 2 January, Corpus Christi in Portugal, and King's Day when Rotterdam is simply full.`,
					accepted: '3h',
					helped: [
						['anouk', 120, 'No truck stood in front of a closed door since.'],
						['sofia', 30],
						['wanjiru', 20, 'I staff the phones by it.']
					]
				}
			]
		},
		{
			by: 'rui',
			at: '33 16:20',
			title: 'What may I say when a journalist asks me something in the shop?',
			body: 'Somebody with a microphone asked about our prices. I said nothing and felt silly.',
			tags: ['press'],
			answers: [
				{
					by: 'nora',
					after: '3h',
					body: `You did the right thing, and there is a kinder way to do it:

> "I am not the right person to speak for the company, but I can give you a number that answers today."

Then give them the press number on the back of your badge. You may always talk about **your own job** if you want to, and you never have to. Filming other customers is not allowed in our shops; please stop that politely.`,
					accepted: '1d',
					helped: [
						['rui', undefined, 'Used the sentence word for word last week.'],
						['gwen', 10, 'It is now on the wall in our break room.']
					]
				}
			]
		},
		{
			by: 'sneha',
			at: '29 12:40',
			title: 'How do I book a desk in Leeds when I visit for a week?',
			body: 'I arrive with two colleagues from Pune and we would like to sit together, near the web team.',
			tags: ['travel', 'leeds-office'],
			answers: [
				{
					by: 'mei',
					after: '4h',
					body: 'Floor 2, the row under the big clock: you book it in the calendar as the room **Clock row**, one booking holds six desks. Do it two weeks ahead in school holidays. Screens are there; bring an adapter for your plugs and a jumper for the air conditioning.',
					accepted: '1d',
					helped: [['sneha', 25]],
					comments: [
						{
							by: 'olu',
							after: '2h',
							body: 'And ask for a door badge the Friday before. Mondays the front desk has a queue.'
						}
					]
				}
			]
		},
		{
			by: 'yusuf',
			at: '24 13:00',
			title: 'Is there a quiet room for prayer in the shops I deliver to?',
			body: 'In Rotterdam we have one. On tour days I am in a different shop at noon and do not like to ask each time.',
			tags: ['wellbeing', 'shops'],
			answers: [
				{
					by: 'gwen',
					after: '2d',
					body: 'Every shop with a first-aid room may use it as a quiet room, and since spring that is written in the shop manual (chapter 2). Ask the duty manager for "the quiet room"; nobody will ask you why.',
					helped: [['yusuf', undefined, 'I do not skip it on tour days any more.']],
					comments: [
						{
							by: 'marcus',
							after: '1d',
							body: 'In Leeds it is behind the paint desk, and there is a clean mat in the cupboard.'
						}
					]
				}
			]
		},
		{
			by: 'jorge',
			at: '17 10:10',
			title: 'Where do I find the right company name for invoices in each country?',
			body: 'Three suppliers invoiced "Harrow Finch" without the "&" and without our tax number, and I must send all of them back.',
			tags: ['finance', 'invoices'],
			answers: [
				{
					by: 'bea',
					after: '1d',
					body: 'For Portugal: *Harrow & Finch Casa e Jardim, Lda.*, and the tax number is printed on the back of each shop licence. I keep a photo of it on my phone, which is not a system.',
					comments: [
						{
							by: 'jorge',
							after: '2h',
							body: 'It is a better system than what I have. I will make a page with all five this month.'
						}
					]
				}
			]
		},
		{
			by: 'callum',
			at: '6 18:10',
			title: 'Can we use our own music in the shop before opening?',
			body: 'We fill shelves from seven to nine. The shop playlist is fine but not every day of the year.',
			tags: ['shops', 'licences'],
			comments: [{ by: 'marcus', after: '1d', body: 'I would like to know too. We have sung so far.' }]
		},
		{
			by: 'kit',
			at: '2 09:50',
			title: 'What is worth knowing before my first visit to the warehouse?',
			body: 'I go to Rotterdam for three days next week and would like not to stand in the way.',
			tags: ['onboarding', 'warehouse'],
			follows: ['ifeoma'],
			answers: [
				{
					by: 'hanneke',
					after: '1h',
					body: `You will not be in the way if you do three things:

1. Bring shoes with a steel toe. We have sizes 36 to 47 to lend, but tell me your size **before Thursday**.
2. Walk only on the green paths. A forklift has its weight behind it and cannot stop for you.
3. Come at six on one of the days. The inbound hour is the best show we have.

And ask Sem to let you scan a pallet. Everybody remembers their first one.`,
					helped: [['kit', 30, 'I know what to pack.']]
				}
			]
		}
	],
	pages: [
		{
			by: 'tomasz',
			at: '58 09:20',
			title: 'How we ask each other for help',
			tags: ['onboarding', 'how-we-work'],
			body: `You can ask anything here that you would ask the person next to you. Somebody in another shop or another country may have solved it on Tuesday.

# A question that gets a good answer
- **The title is the problem, as you would say it.** "Till prints blank receipts" beats "Till issue".
- **What did you see, and what did you expect?** One line each is enough.
- **What have you tried?** So nobody sends you there again.

# When somebody answers
If it worked, say so with *This helped*, and if you can, what it changed. That one line is the only applause we have, and it moves the answer up for the next person.

# When nobody answers
It is not you. The question goes on by itself: to people who follow its tags, to somebody who is likely to know, to the stewards of the space.`,
			edits: [
				{
					by: 'nora',
					after: '6d',
					from: '- **What have you tried?** So nobody sends you there again.',
					to: '- **What have you tried?** So nobody sends you there again.\n- **A photo is worth a paragraph**, most of all of a label or a screen.',
					note: 'Photos: what shops told us'
				}
			],
			helped: [
				['kit', 15, 'My first question had an answer in fifty minutes.'],
				['rui', 5],
				['grace', 10]
			]
		},
		{
			by: 'ewan',
			at: '37 15:00',
			title: 'Days when somebody is closed',
			tags: ['holidays', 'planning'],
			body: `Where we all work, a "normal Monday" is rarer than it looks. Check here before you plan a delivery, a release or a meeting.

| Place | Days that differ from the rest of us |
| --- | --- |
| Scotland | 2 January, first Monday of August, 30 November |
| Netherlands | King's Day (27 April), Ascension, Whit Monday |
| Portugal | 25 April, Corpus Christi, 10 June, 1 and 8 December |
| Spain | Days of each region and town: ask Sofía |
| India | Republic Day, Holi, Independence Day, Diwali (two days) |
| Kenya | Madaraka Day, Mazingira Day, Mashujaa Day, Jamhuri Day |
| Ontario | Family Day, Victoria Day, Canada Day, Thanksgiving in October |

**Shops open late, not never**, on 26 December in Wales and England: deliveries from noon.`,
			helped: [
				['anouk', 60],
				['priya', 15, 'We no longer release on Diwali.']
			],
			comments: [
				{
					by: 'priya',
					after: '3d',
					body: 'Could we add that Pune works the Saturday before Diwali? It surprises everyone once.'
				}
			]
		},
		{
			by: 'nora',
			at: '21 10:00',
			title: 'Who decides what',
			tags: ['how-we-work', 'who-does-what'],
			body: `Most questions that wait, wait for a decision. Here is who may take it without asking anybody else.

| What | Who | Up to |
| --- | --- | --- |
| A gesture to an unhappy customer | Everybody in shops and care | 30 |
| A refund without a receipt | Duty manager | 150 |
| Closing a shop for safety | **Whoever sees the danger** | – |
| Sending a truck back | Shift lead, inbound | – |
| Stopping a release | Anyone in the web team | – |
| A new supplier | Buyer of the range | 10,000 a year |

Amounts are in the currency of the shop. If you took a decision in good faith within this table, you will not be asked why you did not ask.`,
			helped: [
				['grace', 30, 'I settle most calls in one go now.'],
				['callum', 20],
				['sem', 15]
			]
		}
	]
};
