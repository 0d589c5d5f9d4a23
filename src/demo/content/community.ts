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
