import type { DemoSpace } from '../shape.ts';

export const bikes: DemoSpace = {
	slug: 'bike-to-work',
	name: 'Bike to work',
	purpose: 'Routes, repairs and dry socks.',
	kind: 'interest',
	access: 'open',
	stewards: ['piotr'],
	members: ['piotr', 'anouk', 'dan', 'olu', 'freya', 'hanneke', 'kit', 'gwen', 'ewan', 'sem', 'aisha'],
	questions: [
		{
			by: 'dan',
			at: '40 08:50',
			title: 'Is there a way into the Leeds office that avoids the big roundabout?',
			body: 'I love my bike and my life.',
			tags: ['leeds-office', 'routes'],
			answers: [
				{
					by: 'ewan',
					after: '1h',
					body: 'Along the canal to the second lock, up the ramp by the bakery, then the service road behind the station. Four minutes longer, and you arrive with a bun.',
					accepted: '1d',
					helped: [
						['dan', undefined, 'Buns have increased. Fear has decreased.'],
						['olu', 5]
					]
				}
			]
		},
		{
			by: 'kit',
			at: '28 09:30',
			title: 'Does the cycle scheme cover second-hand bikes?',
			body: 'New ones cost more than my rent.',
			tags: ['cycle-scheme', 'benefits'],
			answers: [
				{
					by: 'aisha',
					after: '1d',
					body: "Yes, since this spring, if a shop sells it with a receipt and a year's guarantee. Lights, lock and helmet count as well. You pay it back from your wages over twelve months; the form takes five minutes and Ewan answers the same week.",
					accepted: '2d',
					helped: [['kit', 60, 'She is green and called Pickle.']]
				}
			]
		},
		{
			by: 'freya',
			at: '16 10:00',
			title: 'How do you ride through a Toronto winter?',
			body: 'Ice, salt, minus fifteen. Or is the answer "you do not"?',
			tags: ['winter', 'repairs'],
			answers: [
				{
					by: 'piotr',
					after: '1d',
					body: `I grew up with that. You do, slowly:

- Studded tyre in **front** at least. You steer with it, and you fall when it slips.
- Wipe and oil the chain each week; salt eats one in a winter otherwise.
- Pressure a third lower than in summer.
- And take the tram when it is freezing rain. Nobody keeps score.`,
					helped: [
						['freya', 30],
						['hanneke', 20]
					]
				}
			]
		},
		{
			by: 'sem',
			at: '5 07:20',
			title: 'Anyone else starting at six who would ride along the Maas together?',
			body: 'It is dark and long and I talk a lot.',
			tags: ['routes', 'rotterdam'],
			comments: [
				{ by: 'hanneke', after: '2h', body: 'From the Erasmus bridge at twenty past five? Tuesdays and Thursdays.' }
			]
		}
	],
	pages: [
		{
			by: 'piotr',
			at: '36 12:00',
			title: 'A puncture, mended in ten minutes',
			tags: ['repairs', 'job-aid'],
			body: `You need: two tyre levers, a patch, a pump. All three hang on the wall by every bike shed of ours.

1. Wheel out. Let the last air go.
2. Levers in, a hand apart, and pull one side of the tyre off.
3. Pump the tube a little and **listen**; hold it to your cheek. Mark the hole.
4. Feel the inside of the tyre with a rag, not with your finger: what made the hole may still be there.
5. Roughen, glue, **wait until it is dull**, patch, press for a minute.
6. Tube in with a breath of air in it, tyre on by hand, pump.

The waiting in step five is the whole secret.`,
			helped: [
				['kit', 30, 'Pickle lives.'],
				['dan', 20]
			]
		}
	]
};

export const peopleTeam: DemoSpace = {
	slug: 'people-team',
	name: 'People team',
	purpose: 'For those who look after contracts, pay and hard days. Ask to join if that is you.',
	kind: 'team',
	access: 'closed',
	allowAnonymous: true,
	stewards: ['aisha'],
	members: ['aisha', 'ewan', 'ifeoma', 'nora', 'tomasz', 'gwen'],
	questions: [
		{
			by: 'ewan',
			at: '46 11:00',
			title: 'Holiday balance of somebody who moves from four days to five in the middle of a year?',
			body: 'The system rounds it in a way I cannot explain to the person.',
			tags: ['holiday', 'payroll'],
			answers: [
				{
					by: 'aisha',
					after: '3h',
					body: 'Count each part of the year by itself, in **hours**, then add, then round up once at the end. The system rounds down each month, which is why it is short by up to a day. I have reported it; until it is mended, correct it by hand with reason 12.',
					accepted: '1d',
					helped: [['ewan', 90, 'Three people got their day back.']]
				}
			]
		},
		{
			by: 'gwen',
			at: '31 14:40',
			title: 'How do I begin a conversation about being late, without making it worse?',
			body: 'Good colleague, late nine times since August. Something is going on at home, I think.',
			tags: ['hard-conversations'],
			answers: [
				{
					by: 'aisha',
					after: '2h',
					body: `Private, sitting, ten minutes, nothing after it in your diary. Then three sentences, and a silence you do not fill:

> "I have noticed you were late nine times since August. That is not like you. How are things?"

If something comes, listen; do not solve. If nothing comes: "The door is open. Until then, what would make eight o'clock possible?" We can change shifts for up to eight weeks without any form.`,
					accepted: '4d',
					helped: [['gwen', undefined, 'It was the silence. Thank you.']]
				}
			]
		},
		{
			by: 'ifeoma',
			at: '14 10:20',
			anonymous: true,
			title: 'Who looks after us when we are the ones who listen all day?',
			body: 'I had four difficult talks this week and took all of them home.',
			tags: ['wellbeing'],
			answers: [
				{
					by: 'nora',
					after: '1h',
					body: 'You may use the same outside counsellor we offer to everybody, six hours a year, nobody here sees your name. And from this week there is half an hour after each difficult talk, blocked in your diary, no reason given. I should have done that years ago.',
					accepted: '1d',
					helped: [['ifeoma'], ['aisha', undefined, 'I block it too now.']]
				}
			]
		},
		{
			by: 'ewan',
			at: '4 15:10',
			title: 'December payroll: what is the last day for changes?',
			body: 'The bank closes early in Portugal and I do not have the date yet.',
			tags: ['payroll'],
			comments: [{ by: 'aisha', after: '2h', body: "Bea has the bank's calendar; I asked her to send it to you." }]
		}
	],
	pages: [
		{
			by: 'aisha',
			at: '26 11:30',
			title: 'Parental leave: what to say on the day somebody tells you',
			tags: ['parental-leave', 'job-aid'],
			body: `They will remember your first sentence for years. It is: **"Congratulations. How are you?"**

Then, and only then:

- Nothing needs to be decided today.
- They tell us when they want to; you tell nobody.
- Ewan sends the dates and amounts for their country within two days.
- Heavy lifting stops today. Find the way round together.

Do not ask: when they come back, whether they come back, who will do the work. That is ours to solve.`,
			helped: [
				['gwen', 20],
				['nora', 10]
			]
		}
	]
};

export const heron: DemoSpace = {
	slug: 'project-heron',
	name: 'Project Heron',
	purpose: 'Our first shops in Spain. Not public before the leases are signed.',
	kind: 'team',
	access: 'secret',
	stewards: ['sofia'],
	members: ['sofia', 'jorge', 'nora', 'hugh', 'anouk', 'bea'],
	questions: [
		{
			by: 'sofia',
			at: '35 12:00',
			title: 'What did we forget when we opened in Porto?',
			body: 'I would rather read your list than write my own.',
			tags: ['opening-a-shop', 'spain'],
			answers: [
				{
					by: 'bea',
					after: '1d',
					body: `Honest list:

1. **The sign licence.** It takes longer than the building licence. We opened with a bed sheet over the door.
2. Summer: we ordered for July as if it were Leeds. Parasols were gone on day four.
3. Bank terminals that take the local card. Two weeks without.
4. Somebody from the neighbourhood in the team *before* opening. She knew which street floods.
5. A party for the neighbours the evening before. That one we did not forget, and it is why they forgave the rest.`,
					accepted: '2d',
					helped: [
						['sofia', 600, 'The sign application went in that same week.'],
						['nora', 60]
					]
				},
				{
					by: 'anouk',
					after: '2d',
					body: 'The delivery window. In the old town trucks may enter from six to ten only, and we had planned for noon.',
					helped: [['sofia', 90]]
				}
			]
		},
		{
			by: 'jorge',
			at: '22 11:00',
			title: 'Which deposit for the Valencia lease: three months or six?',
			body: 'They ask for six, the law says two, the neighbour paid three.',
			tags: ['leases', 'spain'],
			answers: [
				{
					by: 'sofia',
					after: '5h',
					body: 'Two by law, and they may ask for up to that again as a guarantee if both agree. I offered three and a longer notice period, which costs us nothing. They think about it until Friday.',
					comments: [{ by: 'sofia', after: '3d', body: 'They took it.' }],
					accepted: '4d',
					helped: [['jorge', 120]]
				}
			]
		},
		{
			by: 'hugh',
			at: '13 14:00',
			title: 'Does anyone know a grower near Valencia who delivers in small lots?',
			body: 'Citrus and herbs, twice a week, thirty trays. The big ones start at a truck.',
			tags: ['suppliers', 'plants', 'spain'],
			comments: [
				{
					by: 'sofia',
					after: '1d',
					body: 'There is a cooperative in Alzira that sells to restaurants. I will call them on Monday and ask about trays.'
				}
			]
		},
		{
			by: 'nora',
			at: '6 10:30',
			title: 'Do we train the first team in Porto or send people from Porto to Valencia?',
			body: 'Money says the first, my stomach says the second.',
			tags: ['onboarding', 'spain'],
			answers: [
				{
					by: 'bea',
					after: '6h',
					body: 'Both, for a week each. They should see a shop that runs, and two of mine should be there when the first customer comes in. Rui has asked me already whether he may.',
					helped: [['nora', 45, 'My stomach agrees.']]
				}
			]
		}
	],
	pages: [
		{
			by: 'sofia',
			at: '32 13:00',
			title: 'The road to opening day',
			tags: ['opening-a-shop', 'spain', 'planning'],
			body: `| When | What | Who |
| --- | --- | --- |
| now | Leases signed in Valencia and Alicante | Sofía, Jorge |
| − 20 weeks | Sign licence, building licence, terrace | Sofía |
| − 14 weeks | First order: **summer, not Leeds summer** | Hugh |
| − 10 weeks | Shop manager and one neighbour hired | Sofía, Aisha |
| − 6 weeks | Delivery windows tried with an empty truck | Anouk |
| − 3 weeks | Team in Porto for a week | Bea |
| − 1 day | Party for the neighbours | all of us |`,
			helped: [
				['anouk', 30],
				['jorge', 30]
			],
			comments: [{ by: 'bea', after: '2d', body: 'Put the card terminals at minus ten weeks. Trust me.' }]
		}
	]
};
