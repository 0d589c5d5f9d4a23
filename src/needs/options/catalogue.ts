import type { CauseName } from '../causes.ts';

/** What an option begins with in Trellis, by the place of its form. */
export const starterNames = [
	'aid',
	'resource',
	'page',
	'check',
	'drip',
	'request',
	'story',
	'question',
	'collection'
] as const;
export type StarterName = (typeof starterNames)[number];

export const starters: Record<StarterName, { label: string; path: string }> = {
	aid: { label: 'Write a job aid', path: '/aids/new' },
	resource: { label: 'Share a file or video', path: '/resources/new' },
	page: { label: 'Write a page', path: '/pages/new' },
	check: { label: 'Write a check, for whoever wants to try', path: '/checks/new' },
	drip: { label: 'Write a series of tips', path: '/drips/new' },
	request: { label: 'Ask who can show it', path: '/requests/new' },
	story: { label: 'Tell what happened', path: '/stories/new' },
	question: { label: 'Ask a question', path: '/questions/new' },
	collection: { label: 'Collect sources to follow', path: '/collections/new' }
};

/** One way to help, other than a course. */
export interface Option {
	/** A name, or the id of one that somebody added. */
	id: string;
	label: string;
	/** When it helps. */
	fits: string;
	causes: CauseName[];
	/** What it begins with here; empty where Trellis has no room for it. */
	starters: StarterName[];
	/** What to do outside; empty where it all happens here. */
	outside: string;
	/** A first guess: hours of work to make it, and days until it works. */
	hoursMake: number;
	days: number;
	/** Who added it; null for what comes with Trellis. */
	by: { id: string; name: string } | null;
	canWithdraw: boolean;
}

type BuiltIn = Omit<Option, 'by' | 'canWithdraw'>;

/** What comes with Trellis: to begin with, not the end of the list. */
export const builtIns: readonly BuiltIn[] = [
	{
		...{ id: 'fix', label: 'Fix the work instead', hoursMake: 4, days: 7, starters: [], outside: '' },
		fits: 'The tool, the target, the time or the way of working causes it. Somebody mends that until a day.',
		causes: ['expectations', 'tools', 'incentives', 'capacity', 'motives']
	},
	{
		...{ id: 'aid', label: 'Job aid', hoursMake: 2, days: 2, starters: ['aid'], outside: '' },
		fits: 'A task that comes again and again: steps, a checklist or a picture where the hands are.',
		causes: ['knowledge', 'tools', 'expectations']
	},
	{
		...{ id: 'qa', label: 'Questions and answers', hoursMake: 1, days: 1, starters: ['question'], outside: '' },
		fits: 'What only colleagues know, asked once and found by all.',
		causes: ['knowledge', 'tools']
	},
	{
		...{
			id: 'peer',
			label: 'What colleagues make for each other',
			hoursMake: 1,
			days: 3,
			starters: ['request'],
			outside: ''
		},
		fits: 'New tasks and problems: whoever has found out shows it, in a clip or a few lines.',
		causes: ['knowledge']
	},
	{
		...{ id: 'story', label: 'Stories of what happened', hoursMake: 1, days: 3, starters: ['story'], outside: '' },
		fits: 'Experience with cases, good and bad: what was tried, and what one would do again.',
		causes: ['knowledge', 'motives', 'expectations']
	},
	{
		...{ id: 'document', label: 'Document, with a check if wanted', hoursMake: 3, days: 3, outside: '' },
		starters: ['resource', 'page', 'check'],
		fits: 'Something to know or look up. Take the file as it is; whoever wants tries a check first.',
		causes: ['knowledge', 'expectations']
	},
	{
		...{
			id: 'video',
			label: 'Video, with a check if wanted',
			hoursMake: 4,
			days: 5,
			starters: ['resource', 'check'],
			outside: ''
		},
		fits: 'A skill or a way of acting that is easier seen than read. A phone is good enough.',
		causes: ['knowledge']
	},
	{
		...{ id: 'drip', label: 'Series of tips', hoursMake: 5, days: 14, starters: ['drip'], outside: '' },
		fits: 'To keep it in mind: a tip, a term, a fact at a time, for those who want them.',
		causes: ['knowledge', 'expectations', 'motives']
	},
	{
		...{
			id: 'connected',
			label: 'Sources and people to follow',
			hoursMake: 2,
			days: 14,
			starters: ['collection'],
			outside: ''
		},
		fits: 'To keep up with a field: the feeds, people and pages that are worth it, collected and looked at together.',
		causes: ['knowledge', 'motives']
	},
	{
		...{ id: 'scenario', label: 'Scenario to explore', hoursMake: 6, days: 14, starters: [] },
		fits: 'To see what follows from which choice, where nothing can break.',
		outside:
			'Play it at a table: one tells a case from work, the others choose, and each choice is told to its end. Nobody keeps marks. Afterwards tell it here as a story.',
		causes: ['knowledge']
	},
	{
		...{ id: 'practice', label: 'Practice', hoursMake: 3, days: 21, starters: [] },
		fits: 'A skill that needs the hands: a little each day, getting better at it oneself.',
		outside:
			'Ten minutes a day on the real thing, beside somebody who does it well. Each keeps their own count of how it went.',
		causes: ['knowledge']
	},
	{
		...{ id: 'mentoring', label: 'Mentoring, both ways', hoursMake: 2, days: 30, starters: [] },
		fits: 'What somebody knows and nobody has written down, in exchange for what the other knows.',
		outside:
			'Ask two people who each have something that the other lacks to meet for half an hour every other week. Either may end it without a reason.',
		causes: ['knowledge', 'motives']
	}
];

/** What fits the causes that were found: mending the work first, then what takes least. */
export function recommended(options: readonly Option[], found: readonly CauseName[]): Option[] {
	return options
		.filter(({ causes }) => causes.some((cause) => found.includes(cause)))
		.sort((a, b) => Number(b.id === 'fix') - Number(a.id === 'fix') || a.hoursMake - b.hoursMake || a.days - b.days);
}

/** Where something is begun: its form, with the title and space, which leads back to the step. */
export function starterHref(
	name: StarterName,
	step: { id: string; title: string },
	need: { id: string; spaceId: string }
) {
	const query = new URLSearchParams({ title: step.title, space: need.spaceId, from: need.id, step: step.id });
	return `${starters[name].path}?${query}`;
}
