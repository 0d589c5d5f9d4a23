import type { DemoSpace } from '../shape.ts';

export const webTeam: DemoSpace = {
	slug: 'web-and-apps',
	name: 'Web and apps',
	purpose: "The online shop, the tills' software and the scanners: how we build and run them.",
	kind: 'team',
	access: 'open',
	stewards: ['priya'],
	members: [
		'priya',
		'arjun',
		'sneha',
		'dan',
		'mei',
		'olu',
		'freya',
		'kit',
		'piotr',
		'tomasz',
		'leila',
		'rui',
		'callum',
		'jorge'
	],
	questions: [
		{
			by: 'arjun',
			at: '55 12:10',
			title: 'Why do some refunds stay "pending" for days at the payment provider?',
			body: 'About one in four hundred. Customers call, care cannot see why.\n\n```json\n{ "status": "pending", "reason": null, "retry_at": null }\n```',
			tags: ['payments', 'refunds'],
			answers: [
				{
					by: 'priya',
					after: '3h',
					body: `I compared forty of them: every one is a refund to a card that was **replaced** since the purchase. The provider waits for the bank to tell it the new number, up to seven days, and says nothing meanwhile.

We can see it coming: \`card.fingerprint\` of the customer's newest payment differs from the one we refund to. In that case:

\`\`\`ts
if (latest.fingerprint !== original.fingerprint) {
	await tellCare(refund, 'card replaced: up to seven days');
}
\`\`\`

Nothing to retry. A retry makes a second refund, we had that in May.`,
					accepted: '1d',
					helped: [
						['arjun', 240, 'Forty tickets closed with one sentence.'],
						['wanjiru', 120, 'We can tell the customer why, and when.']
					],
					comments: [{ by: 'arjun', after: '2d', body: 'Shipped. Care now sees "card replaced" beside the amount.' }]
				}
			]
		},
		{
			by: 'sneha',
			at: '53 11:00',
			title: 'Checkout test fails about once in thirty runs. How do I find out why?',
			body: 'It waits for the basket total and sometimes sees the old one. A longer wait makes it rarer, not better.',
			tags: ['flaky-tests', 'checkout'],
			answers: [
				{
					by: 'dan',
					after: '5h',
					body: `A longer wait hides it from you and not from customers. I would do this:

1. Run only that test, 200 times, with one CPU: \`taskset -c 0\`. Rare races become common.
2. Write the order of the two responses into the failure message.

My guess: two requests for the total are under way, and the *first* one comes back *last*.`,
					accepted: '1d',
					helped: [
						['sneha', 180, 'Failed 41 times of 200 and told me everything.'],
						['olu', 60]
					],
					comments: [
						{
							by: 'sneha',
							after: '1d',
							body: 'Your guess was right. So it is a real mistake in the page: it shows an old total for a moment. I am glad we did not raise the wait.'
						}
					]
				},
				{
					by: 'priya',
					after: '1d',
					body: "And please keep that page-side fix separate from the test, so the change log tells customers' story, not ours."
				}
			]
		},
		{
			by: 'kit',
			at: '49 14:00',
			title: 'How do I read a query plan? Where do I start?',
			body: 'Priya sent me one with forty lines and I understood the word "Sort".',
			tags: ['postgres', 'learning'],
			answers: [
				{
					by: 'priya',
					after: '17h',
					body: `Start from the **innermost, most indented** line, and look at only three things on each:

- \`rows\` it expected against \`rows\` it got. A factor of ten: there is your problem.
- \`loops\`. Multiply the time by it.
- *Seq Scan* on a big table where you wanted one row.

Ignore \`cost\` for the first month. Here is one from yesterday, read it with me:

\`\`\`
Nested Loop (actual time=0.1..812.4 rows=12)
  -> Seq Scan on orders (rows expected=1, actual=40211)
  -> Index Scan on customers (loops=40211)
\`\`\`

It expected one order and got forty thousand, so it asked for the customer forty thousand times. \`analyze orders;\` and it took 3 ms.`,
					accepted: '4h',
					helped: [
						['kit', 120, 'I found one by myself on Friday.'],
						['arjun', 30],
						['freya', 45, 'The "ignore cost" line freed me.']
					]
				}
			]
		},
		{
			by: 'olu',
			at: '44 10:30',
			title: 'What do we page somebody for at night, and what can wait until morning?',
			body: 'Eleven pages last week. Two needed a person. I have stopped trusting the sound.',
			tags: ['alerts', 'on-call'],
			answers: [
				{
					by: 'priya',
					after: '20h',
					body: `Proposal, one sentence: **we wake a person when a customer cannot buy or a till cannot sell, and for nothing else.**

- Can they buy? One synthetic order a minute, three misses in a row.
- Can tills sell? No sale in any open shop for ten minutes while last week had twenty.
- Everything else becomes a morning list with a name beside it.

Disk at 80 % is a morning thing. Disk full in four hours is not.`,
					accepted: '3d',
					helped: [
						['olu', 300, 'One page in three weeks, and it was a real one.'],
						['dan', 120, 'I sleep with the phone on again.']
					]
				},
				{
					by: 'dan',
					after: '1d',
					body: 'One more from me: each alert has a link to the page that says what to do. No page, no alert.',
					helped: [['olu', 60]]
				}
			]
		},
		{
			by: 'mei',
			at: '42 15:20',
			title: 'Should the error stand above the form or beside the field?',
			body: 'We do both, differently, on four pages. Who has watched people use them?',
			tags: ['forms', 'accessibility'],
			answers: [
				{
					by: 'sneha',
					after: '19h',
					body: `Both, each with its own job:

- **Beside the field**: what is wrong and how to put it right, tied to the field with \`aria-describedby\`.
- **Above**: one line that says how many, as a list of links to the fields; focus goes there after sending.

I watched seven people with the address form. Without the list above, three of them did not notice anything had happened. With it, none.

And keep everything they typed. Everything. Also the wrong thing.`,
					accepted: '1d',
					helped: [
						['mei', 180, 'All four pages are alike now.'],
						['kit', 20]
					]
				}
			]
		},
		{
			by: 'dan',
			at: '37 11:30',
			title: 'Product search finds nothing for "garden hose 25m" but does for "25 m". Ideas?',
			body: 'The catalogue says "25 m" with a space, people type without. Same for "5l", "60w", "10mm".',
			tags: ['search', 'catalogue'],
			answers: [
				{
					by: 'arjun',
					after: '1d',
					body: `Treat number and unit as one word on both sides: when you index *and* when you search.

\`\`\`ts
const glued = text.replace(/(\\d+(?:[.,]\\d+)?)\\s?(mm|cm|m|l|ml|w|kg|g)\\b/gi, '$1$2');
\`\`\`

Index the glued form beside the original, so "25 m" as a phrase still works.`,
					accepted: '2d',
					helped: [['dan', 120, 'Empty results fell by a third.']]
				},
				{
					by: 'leila',
					after: '3d',
					body: 'From the shop: people also say "quarter inch" for hoses and mean 6 mm, or "half inch" and mean 13. If search knew that it would know more than most of us.',
					helped: [['dan', 30, 'It knows now.']],
					comments: [{ by: 'dan', after: '1d', body: 'This is exactly why I like that everyone can answer here.' }]
				}
			]
		},
		{
			by: 'arjun',
			at: '30 10:50',
			title: 'How do I make a retry safe when the answer was lost on the way?',
			body: 'We sent a payment, the connection broke, and we do not know whether it happened.',
			tags: ['payments', 'retries'],
			answers: [
				{
					by: 'olu',
					after: '6h',
					body: `Decide the name of the attempt **before** you send it, store it, and send the same name each time:

1. \`insert into attempt (key, order_id) …\` with a fresh key. Commit.
2. Send with \`Idempotency-Key: <key>\`.
3. No answer? Send again, same key. The provider gives you the first result.

The mistake I have seen twice: making the key inside the retry loop. Then every try is a new payment.`,
					accepted: '2h',
					helped: [
						['arjun', 120, 'Ours was inside the loop. It no longer is.'],
						['priya', 30]
					]
				}
			]
		},
		{
			by: 'sneha',
			at: '25 14:20',
			title: 'Where do we get test customers that look real and belong to nobody?',
			body: 'Somebody copied ten production customers into staging. I would like that to be the last time.',
			tags: ['test-data', 'privacy'],
			answers: [
				{
					by: 'freya',
					after: '1d',
					body: 'I can give you the *shape* without the people: how many orders per customer, how long names and addresses are, which products are bought together. From that a script makes 5,000 customers that behave like ours. All addresses end in `.example`, so no mail can ever go out.',
					accepted: '4d',
					helped: [
						['sneha', 300, 'Staging was emptied and refilled the same afternoon.'],
						['aisha', 60, 'One less thing that keeps me awake.']
					]
				}
			]
		},
		{
			by: 'kit',
			at: '21 15:30',
			title: 'I broke the build on main. What do I do first?',
			body: 'It is red since ten minutes and I am the last one who pushed.',
			tags: ['how-we-work', 'build'],
			answers: [
				{
					by: 'olu',
					after: '6m',
					body: `Breathe. Then:

\`\`\`sh
git revert --no-edit HEAD && git push
\`\`\`

Green first, reasons later. Say "reverted, looking" in the channel. You have as long as you like after that.

Everybody here has done it. Ask Dan about the day of the three reverts.`,
					accepted: '10m',
					helped: [['kit', 30, 'Green four minutes later. My heart needed longer.']],
					comments: [{ by: 'dan', after: '20m', body: 'Four reverts. The third one was right.' }]
				}
			]
		},
		{
			by: 'mei',
			at: '16 13:50',
			title: 'How long may a button label be before translators suffer?',
			body: '"Add to basket" is fine in English. In Portuguese it wraps on small phones.',
			tags: ['plain-language', 'translation'],
			answers: [
				{
					by: 'rui',
					after: '1d',
					body: 'In the shop nobody says "Adicionar ao cesto de compras". "Pôr no cesto" is what we say, and it fits.',
					accepted: '1d',
					helped: [['mei', 60, 'Asked two shops per language since. Every label got shorter.']]
				}
			]
		},
		{
			by: 'dan',
			at: '12 16:10',
			title: 'Import of a supplier catalogue with 200,000 lines: one transaction or many?',
			body: 'One is clean but blocks for minutes. Many leave half a catalogue when something breaks.',
			tags: ['postgres', 'catalogue', 'imports'],
			answers: [
				{
					by: 'priya',
					after: '16h',
					body: 'Neither: load it into a table of its own in as many pieces as you like, look at it there (counts, prices that jumped by more than half), and then swap in one short transaction. Nobody ever sees half, and you can throw it away before it hurts.',
					accepted: '1d',
					helped: [
						['dan', 180, 'The price check caught a shifted column on the first day.'],
						['hugh', 240, 'That shifted column would have sold sheds for 19.99.']
					]
				}
			]
		},
		{
			by: 'olu',
			at: '9 11:20',
			title: 'Has anybody restored a backup into an empty machine this quarter?',
			body: 'We make them every hour. I would like to know that they are more than files.',
			tags: ['backups'],
			comments: [
				{ by: 'priya', after: '2h', body: 'Not since June. Take Thursday, I will keep your back free.' },
				{ by: 'olu', after: '1d', body: 'Thursday it is. I will write down each step and the clock.' }
			]
		},
		{
			by: 'arjun',
			at: '5 13:00',
			title: 'Gift cards: do we round the rest up or down when a currency changes?',
			body: 'A card bought in pounds, spent in Porto. The rest is 3.3349 euros.',
			tags: ['payments', 'gift-cards'],
			follows: ['jorge'],
			answers: [
				{
					by: 'jorge',
					after: '1d',
					body: "In the customer's favour, always, and book the difference on 7710. Last year that would have cost us 41 euros in all. Explaining a missing cent costs more than that in one phone call."
				}
			]
		},
		{
			by: 'sneha',
			at: '1 12:30',
			title: 'Screen reader says "button button button" on the filter bar',
			body: 'Three icons without a name. Is there a house rule for the names, before I invent one?',
			tags: ['accessibility', 'forms'],
			answers: [
				{
					by: 'mei',
					after: '3h',
					body: 'The rule: say what happens, not what it looks like. So "Show filters", not "Funnel"; and when it is open, "Hide filters". If you need a word that is not on the page yet, take the one the shops use.',
					helped: [['sneha', 20]]
				}
			]
		}
	],
	pages: [
		{
			by: 'olu',
			at: '50 11:00',
			title: 'When something is on fire: the first ten minutes',
			tags: ['on-call', 'incident', 'job-aid'],
			body: `You are not expected to know everything. You are expected to do these in order.

1. **Say it.** One line in the channel: what customers see, since when.
2. **Stop the bleeding.** Was there a release in the last hour? Roll it back *before* you understand it: \`./release back\`.
3. **Get a second person.** One looks, one writes. The writer keeps the clock.
4. **Tell the shops** if tills are affected: Nora's phone, any hour.
5. Every fifteen minutes one line, even if it is "still looking".

Afterwards we ask *what made this the sensible thing to do at the time?* and never *who*.`,
			helped: [
				['arjun', 60, 'First night on call; followed it to the letter; was in bed by two.'],
				['kit', 10]
			]
		},
		{
			by: 'mei',
			at: '33 14:30',
			title: 'Our words: a short guide to writing on screens',
			tags: ['plain-language', 'tone-of-voice'],
			body: `- **Say it as you would across the counter.** If you would not say "your request has been processed", do not print it.
- The button names the deed: *Send the order*, not *Submit*.
- An error says what to do next. "Postcode needs five digits" beats "Invalid input".
- No exclamation marks. We are glad without them.
- Numbers as people know them: *in two days*, then the date.
- If a sentence needs a second reading, it needs a second writing.`,
			helped: [
				['sneha', 15],
				['wanjiru', 30, 'We rewrote all our saved replies with it.'],
				['tomasz', 10]
			]
		},
		{
			by: 'priya',
			at: '19 10:00',
			title: 'Incident review: forty minutes without card payments',
			tags: ['incident', 'payments'],
			body: `**What people saw.** From 16:05 to 16:45 no card worked in eleven shops. Cash worked, gift cards worked.

**What happened.** A certificate at the provider changed its chain. Tills with the spring image trust only the old one.

**What went well.** Callum rang within four minutes and said *exactly* what the till showed. That saved us half an hour.

**What made it sensible at the time.** We had pinned the chain after the incident two years ago, for a good reason, and had nothing that would remind us of it.

**What we change**
- Pins have an end date and a name. \`done\`
- One till in the office runs the oldest image that is still out there. \`done\`
- Shops get a card for the drawer: what still works when cards do not. \`Ifeoma, this month\``,
			helped: [
				['olu', 60],
				['gwen', 20, 'The drawer card is a good idea; we made ours by hand already.']
			],
			comments: [{ by: 'callum', after: '1d', body: 'Never been thanked for a phone call in a report before.' }]
		}
	]
};
