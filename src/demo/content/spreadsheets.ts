import type { DemoSpace } from '../shape.ts';

export const spreadsheets: DemoSpace = {
	slug: 'spreadsheets',
	name: 'Spreadsheets and numbers',
	purpose: 'Nobody was born knowing VLOOKUP. Ask without your name if you like.',
	kind: 'community',
	access: 'open',
	allowAnonymous: true,
	stewards: ['freya'],
	members: [
		'freya',
		'jorge',
		'gwen',
		'marcus',
		'bea',
		'hanneke',
		'anouk',
		'hugh',
		'ewan',
		'nora',
		'grace',
		'kit',
		'sofia',
		'tomasz',
		'yusuf',
		'priya'
	],
	questions: [
		{
			by: 'marcus',
			at: '49 11:40',
			anonymous: true,
			title: 'What is a pivot table, really? I have nodded for years',
			body: 'People say "just pivot it" and I nod. I have 4,000 lines of sales and want to see them by week and by aisle.',
			tags: ['pivot', 'basics'],
			answers: [
				{
					by: 'jorge',
					after: '4h',
					body: `It is a machine that makes **piles**. You tell it three things:

- What makes a pile? → *Rows*: aisle
- And the other way? → *Columns*: week
- What do we do with each pile? → *Values*: sum of sales

Select everything, *Insert → Pivot table*, drag those three names into those three boxes. If it looks wrong, drag them out again. You cannot break anything: it never touches your lines.`,
					accepted: '1d',
					helped: [
						['marcus', 120, 'Twelve years of nodding are over.'],
						['gwen', 60, 'I nodded too.'],
						['hanneke', 90],
						['kit', 30]
					],
					comments: [{ by: 'freya', after: '3h', body: 'I have read three books that explain it worse.' }]
				}
			]
		},
		{
			by: 'anouk',
			at: '45 14:50',
			title: 'VLOOKUP finds the wrong carrier when two names begin alike',
			body: '`=VLOOKUP(A2, carriers, 3)` gives me the price of the one above.',
			tags: ['lookup', 'formulas'],
			answers: [
				{
					by: 'freya',
					after: '3h',
					body: `Without a fourth word it takes *the nearest one before*. Say that you want exactly this one:

\`\`\`
=VLOOKUP(A2, carriers, 3, FALSE)
\`\`\`

Better still, where your version has it:

\`\`\`
=XLOOKUP(A2, carriers[name], carriers[price], "not in the list")
\`\`\`

It does not mind where the columns stand, and it tells you when there is nothing.`,
					accepted: '1h',
					helped: [
						['anouk', 60, "We had paid one carrier by another one's list. Eleven times."],
						['jorge', 20],
						['hugh', 30]
					]
				}
			]
		},
		{
			by: 'bea',
			at: '39 12:15',
			title: 'My dates turn into numbers like 45231 when I copy from the till',
			body: 'Some lines only. The rest look right.',
			tags: ['dates', 'basics'],
			answers: [
				{
					by: 'jorge',
					after: '1h',
					body: 'That number *is* the date: days since 1900. Select the column, *Format → Date*, done. If some stay as they are, those are texts that only look like dates: in an empty cell write `=DATEVALUE(A2)`, and copy it down.',
					accepted: '30m',
					helped: [
						['bea', 45],
						['grace', 30, 'I had typed them again by hand each week.']
					]
				}
			]
		},
		{
			by: 'hanneke',
			at: '34 09:20',
			title: 'How many pickers do I need next week? Is there something better than my feeling?',
			body: 'My feeling is good, but it goes on holiday with me.',
			tags: ['forecast', 'planning'],
			answers: [
				{
					by: 'freya',
					after: '1d',
					body: `Your feeling can be written down. I asked you three things on the phone and it came to:

> orders next week ≈ orders of the same week last year × (last four weeks this year ÷ the same four last year)

Divide by 68, which is what one person picks in an hour *in your own numbers*, and add a tenth for the Monday. I put it into a sheet with two cells to fill. For the last twelve weeks it was off by 6 %; your feeling by 5 %.`,
					accepted: '5d',
					helped: [
						['hanneke', 180, 'I went on holiday. It worked without me.'],
						['nora', 60]
					],
					comments: [{ by: 'hanneke', after: '1d', body: 'I am keeping the one per cent.' }]
				}
			]
		},
		{
			by: 'ewan',
			at: '28 10:45',
			anonymous: true,
			title: 'Is there a way to undo after closing the file?',
			body: 'I sorted one column and not the others. Then I saved. Two hundred holiday balances.',
			tags: ['basics', 'help'],
			answers: [
				{
					by: 'freya',
					after: '35m',
					body: `Yes. *File → Version history*, take the one from before lunch, **Restore a copy**. Nothing is lost, also not what you did since.

For next time: click one cell and sort, never a selected column; then it takes the neighbours along. This has happened to every one of us, which is why the answer came so fast.`,
					accepted: '10m',
					helped: [
						['ewan', 240, 'I can breathe again.'],
						['grace', 10]
					]
				}
			]
		},
		{
			by: 'gwen',
			at: '23 15:00',
			title: 'Chart for the break room: what shows best whether we are ahead of last year?',
			body: 'People should see it while they stir their tea.',
			tags: ['charts'],
			answers: [
				{
					by: 'freya',
					after: '2h',
					body: `One line, not two: the **difference**, added up since January. Above zero you are ahead, below you are behind, and a good week goes up.

No legend, no grid, one number at the end of the line in big letters. Tea is stirred in eight seconds.`,
					accepted: '3d',
					helped: [
						['gwen', 60, 'Somebody cheered at it on Tuesday.'],
						['marcus', 45],
						['bea', 45, 'Drew it on paper first. Works too.']
					]
				}
			]
		},
		{
			by: 'hugh',
			at: '18 11:30',
			title: 'How do I compare margins when suppliers quote in three currencies?',
			body: 'And the rates move between the offer and the order.',
			tags: ['currency', 'margins'],
			answers: [
				{
					by: 'jorge',
					after: '1d',
					body: "Put the rate in **one** cell of its own for each currency, with the date beside it, and let all lines point there. Then change only that cell and watch which offers change places: those are the risky ones. Ask me for the rates we have secured until spring, they are better than the day's.",
					helped: [['hugh', 90, 'Two offers changed places at 2 %. I took the third.']]
				}
			]
		},
		{
			by: 'kit',
			at: '10 16:00',
			title: 'Why does 0.1 + 0.2 give 0.30000000000000004 in my sheet?',
			body: 'I only wanted to add up two paint tins.',
			tags: ['basics', 'rounding'],
			answers: [
				{
					by: 'priya',
					after: '18h',
					body: 'Computers count in halves, quarters, eighths, and a tenth is none of those, so it is kept as the nearest they have. For money: keep cents as whole numbers, or `ROUND(…, 2)` at the end, once. Welcome to a club with many members.',
					accepted: '2h',
					helped: [
						['kit', 15],
						['anouk', 10]
					]
				}
			]
		},
		{
			by: 'grace',
			at: '3 11:15',
			anonymous: true,
			title: 'How do I make two people stop overwriting each other in the same sheet?',
			body: 'We both keep the call-back list. Yesterday six customers were lost between us.',
			tags: ['sharing', 'basics'],
			comments: [
				{
					by: 'freya',
					after: '3h',
					body: 'Is it one file that you both open, or does each of you have a copy? The answer depends on it.'
				}
			]
		}
	],
	pages: [
		{
			by: 'freya',
			at: '41 14:00',
			title: 'Five formulas that carry most of the work',
			tags: ['formulas', 'job-aid'],
			body: `Learn one a week. I looked through ninety of our sheets: these five do four fifths of everything.

| You want | Write | Say it as |
| --- | --- | --- |
| Add up what fits | \`=SUMIFS(amount, shop, "Cardiff")\` | add amounts where shop is Cardiff |
| Count what fits | \`=COUNTIFS(status, "late")\` | how many are late |
| Find in a list | \`=XLOOKUP(id, ids, names)\` | look up the name of this id |
| If this, then that | \`=IF(stock<10, "order", "")\` | when under ten, say order |
| Make it readable | \`=TEXT(date, "ddd d mmm")\` | write the date as a person would |

Stuck for more than five minutes? Ask here, without your name if you prefer. That is what this space is for.`,
			helped: [
				['gwen', 60],
				['kit', 60, 'On week three.'],
				['anouk', 30],
				['grace', 45, 'COUNTIFS replaced my paper tally.']
			]
		}
	]
};
