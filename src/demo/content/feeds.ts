/** A feed that somebody of the example reads. Its site is made up, and nothing is fetched. */
export interface DemoFeed {
	/** Its host and path. */
	place: string;
	title: string;
	/** Persons or spaces, by key and slug; with a folder where it is a person's. */
	readers: ({ person: string; folder?: string } | { space: string })[];
	posts: DemoPost[];
}

export interface DemoPost {
	/** Hours before now. */
	ago: number;
	title: string;
	author?: string;
	/** Its paragraphs. */
	text: string[];
	/** The page, where it is that of another site. */
	url?: string;
	/** Sound or a film that comes with it, and how many minutes it takes. */
	media?: { type: 'audio/mpeg' | 'video/mp4'; minutes: number };
}

const DAY = 24;
const strike = 'https://harbour-courier.example/2026/quay-strike';

/** Enough of the shop floor that it is suggested to the others. */
const readersOfSmallPrint = ['gwen', 'marcus', 'leila', 'callum', 'bea', 'rui', 'kit'];

export const feeds: DemoFeed[] = [
	{
		...{ place: 'slow-shops.example/feed', title: 'Slow Shops' },
		readers: [{ space: 'everybody' }],
		posts: [
			{
				...{ ago: 3 * DAY, title: 'What a queue knows', author: 'Imre Kallay' },
				text: [
					'I stood in a queue of nine for twenty minutes with a notebook, and asked nobody anything. A queue talks. It knows which till is slow and why, which sign sends people to the wrong counter, and what they will not ask because somebody is behind them.',
					'Three of the nine had come for the same thing, and none of them knew what it was called. That is a shelf label, and it costs one evening.',
					'Stand in your own queue once a month. Do not wear the shirt.'
				]
			},
			{
				...{ ago: 10 * DAY, title: 'The drawer of returned things', author: 'Imre Kallay' },
				text: [
					'Every shop has a drawer of things that came back and cannot be sold. Most are thrown out once a year by somebody who does not look.',
					'Look. In one drawer I counted eleven hinges of one maker, each bent in the same place. The maker had changed the steel in spring. Nobody had asked, because each hinge came back to another colleague.'
				]
			},
			{
				...{ ago: 17 * DAY, title: 'Silence at the counter', author: 'Imre Kallay' },
				text: [
					'A customer who says nothing for seven seconds is thinking. A colleague who says nothing for seven seconds is being polite. It takes a while to hear the difference, and a very short while to lose it again on a Saturday.'
				]
			}
		]
	},
	{
		...{ place: 'warehouse-weekly.example/atom', title: 'Warehouse Weekly' },
		readers: [{ space: 'warehouse-rotterdam' }, { person: 'nora', folder: 'Trade' }],
		posts: [
			{
				...{ ago: 26, title: 'Strike at the south quay: what still moves', url: strike },
				text: [
					'The crane drivers of the south quay have stopped work until Thursday. Containers that were unloaded before Monday leave by road as planned; what is still on board waits.',
					'Barges go from the north quay. Whoever has perishables on the list calls the harbour desk before noon, because the cold store takes no more than forty containers.'
				]
			},
			{
				...{ ago: 6 * DAY, title: 'Four layers or five: what the pallet makers say' },
				text: [
					'Five layers of mixed boxes hold on a new pallet and fail on one that was mended twice. The makers tested forty of each: with four layers none gave way, with five every third one did after two hundred kilometres.',
					'A mended pallet has lighter wood in it. If you see two colours, stack four.'
				]
			},
			{
				...{ ago: 13 * DAY, title: 'Recall: straps of the series K40' },
				text: [
					'The maker calls back ratchet straps of the series K40 that were sold between March and June: the pawl may slip under load. The number stands on the blue label beside the handle. Cut the strap before you throw it away, or somebody will use it.'
				]
			}
		]
	},
	{
		...{ place: 'between-shelves.example/podcast', title: 'Between Shelves' },
		readers: [{ space: 'shop-floor' }, { person: 'nora', folder: 'Trade' }],
		posts: [
			{
				...{ ago: 2 * DAY, title: 'Eleven minutes with somebody who counts nails', author: 'Jo Brandt' },
				media: { type: 'audio/mpeg', minutes: 11 },
				text: [
					'Edda has weighed nails for thirty years and was off by a handful once. She tells how she checks a scale in the morning with three things from her pocket, and what she says to a customer who does not believe the weight.',
					'In short: a coin, a key and a pencil, noted on a card beside the scale. When their sum has moved, the scale has.'
				]
			},
			{
				...{ ago: 9 * DAY, title: 'To see: a shelf set up again in four minutes', author: 'Jo Brandt' },
				media: { type: 'video/mp4', minutes: 4 },
				text: [
					'No words, one camera, one shelf after a Saturday. What stands at the edge goes first, what is heavy goes low, and the empty place stays empty until somebody has asked why it is.'
				]
			}
		]
	},
	{
		...{ place: 'harbour-courier.example/rss', title: 'Harbour Courier' },
		readers: [{ person: 'nora', folder: 'Trade' }],
		posts: [
			{
				...{ ago: 5, title: 'Talks on the south quay go on through the night' },
				text: ['Both sides left the room at eight and came back at nine. The ferries are not part of the strike.']
			},
			{
				...{ ago: 9, title: 'New bus line to the terminals from January' },
				text: ['Line 61 will stop at all four gates, every twenty minutes between five and eleven.']
			},
			{
				...{ ago: 20, title: 'Sponsored: office chairs at half the price' },
				text: ['This text was paid for. Sit better from Monday on.']
			},
			{
				...{ ago: 25, title: 'Crane drivers stop work', url: strike },
				text: [
					'The crane drivers of the south quay have stopped work until Thursday, their union said on Sunday evening. It is the first strike in the harbour for nine years.'
				]
			},
			{
				...{ ago: 31, title: 'The cold store grows by a third' },
				text: ['Building begins in spring. Until then forty containers is the limit, and it is reached most Fridays.']
			},
			{
				...{ ago: 40, title: 'Football: harbour side goes through on penalties' },
				text: ['It was four to three in the rain.']
			}
		]
	},
	{
		...{ place: 'plain-browsers.example/feed.json', title: 'Plain Browsers' },
		readers: [{ space: 'web-and-apps' }],
		posts: [
			{
				...{ ago: 2 * DAY, title: 'A form that works before its script has come' },
				text: [
					'Most forms are used on the first visit, on a phone, on a train. The script is late then. A form that posts and comes back with what was typed is not a fallback: for those people it is the form.',
					'Build it first without the script. What is missing then is what the script is for, and it is always less than one thought.'
				]
			},
			{
				...{ ago: 23 * DAY, title: 'Colour is not a word' },
				text: [
					'We took the red from an error message for a week and asked people what was wrong. One in twelve had never seen the red. All of them had read the sentence.'
				]
			}
		]
	},
	{
		...{ place: 'small-print.example/feed', title: 'Small Print for Shops' },
		readers: readersOfSmallPrint.map((person) => ({ person })),
		posts: [
			{
				...{ ago: 5 * DAY, title: 'What a receipt must say from spring on' },
				text: [
					'From April a receipt names the unit price of what is weighed, also where it stands on the label. Tills sold before 2020 need another print file; the makers send it for nothing.'
				]
			}
		]
	},
	{
		...{ place: 'tables-and-sums.example/feed', title: 'Tables and Sums' },
		readers: [{ space: 'spreadsheets' }, { person: 'tomasz' }],
		posts: [
			{
				...{ ago: 4 * DAY, title: 'One table, one kind of thing' },
				text: [
					'If a row is sometimes a shop and sometimes a day, every sum in it is wrong for somebody. Write above the table what a row is. If you cannot, it is two tables.'
				]
			}
		]
	}
];

/** Rules of the example, by their makers. */
export const rules = [
	{ ...{ by: 'nora', words: 'recall*, strike' }, deed: 'top' },
	{ ...{ by: 'nora', words: 'football, sponsored' }, deed: 'hide' },
	{ ...{ space: 'warehouse-rotterdam', words: 'pallet*, strap*' }, deed: 'tag', tag: 'loading' }
] as const;
