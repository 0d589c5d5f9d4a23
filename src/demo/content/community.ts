import type { Duty } from '#src/community/areas/area.ts';

interface DemoArea {
	name: string;
	purpose: string;
	spaces: string[];
	people: { who: string; duties: Duty[]; ownWords?: string; declines?: true; asked?: true }[];
}

/** Who looks after which spaces with whom. */
export const areas: DemoArea[] = [
	{
		name: 'Shops and warehouse',
		purpose: 'Nobody in a shop or on a dock waits longer than a shift for an answer.',
		spaces: ['shop-floor', 'warehouse-rotterdam'],
		people: [
			{ who: 'gwen', duties: ['questions', 'content'] },
			{ who: 'ifeoma', duties: ['welcome', 'programme'] },
			{ who: 'hanneke', duties: [], ownWords: 'what the docks need to hear' },
			{ who: 'marcus', duties: ['measuring'], asked: true }
		]
	},
	{
		name: 'Across the house',
		purpose: 'What everybody needs, whatever their team.',
		spaces: ['everybody', 'spreadsheets'],
		people: [{ who: 'freya', duties: ['questions'] }]
	}
];

interface DemoPlan {
	space: string;
	by: string;
	purpose: string;
	/** `looksAgain`: in so many days. */
	aims: { title: string; seen: string; figure?: string; target?: number; learnt?: string; looksAgain: number }[];
}

/** What spaces are looked after for. */
export const plans: DemoPlan[] = [
	{
		...{ space: 'warehouse-rotterdam', by: 'hanneke' },
		purpose:
			'Both shifts know what the other found out, before the next lorry stands at the gate.\nWe are done when nobody says “we always did it that way” without knowing why.',
		aims: [
			{
				...{ title: 'Loads arrive as they left', figure: 'Pallets that came back damaged', target: 15, looksAgain: 40 },
				seen: 'The shops send fewer pallets back, and the late shift straps as the early one does.',
				learnt: 'Showing it at the gate moved more than the page. The night drivers were never asked.'
			},
			{
				...{ title: 'What went wrong is told the same day', looksAgain: 25 },
				seen: 'At the start of a shift somebody says what the last one got wrong, and nobody looks at the floor.'
			}
		]
	}
];

/** Who shows their practice, and what they tried so many days ago. */
export const practice: { space: string; by: string; tried: { days: number; text: string }[] }[] = [
	{
		...{ space: 'warehouse-rotterdam', by: 'hanneke' },
		tried: [
			{
				days: 3,
				text: 'Asked my question here instead of calling Yusuf. Two answered before he would have picked up.'
			},
			{ days: 24, text: 'Told the late shift that I had counted aisle 12 wrong. They told me three of theirs.' }
		]
	}
];
