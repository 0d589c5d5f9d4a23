/** A figure of the work: what it is, and how it is read. */
export const every = ['day', 'week', 'month', 'quarter'] as const;
export type Every = (typeof every)[number];
export type Better = 'more' | 'less';
export type Counts = 'work' | 'activity';

export const everyLabels: Record<Every, string> = {
	day: 'Every day',
	week: 'Every week',
	month: 'Every month',
	quarter: 'Every quarter'
};

/** "6 a day": how a value is said. */
export const perLabels: Record<Every, string> = {
	day: 'a day',
	week: 'a week',
	month: 'a month',
	quarter: 'a quarter'
};

/** What a number of them is called. */
export const periodsOf = (count: number, of: Every): string =>
	`${count.toLocaleString('en')} ${count === 1 ? of : `${of}s`}`;

/** A value of a period, which is known by its first day. */
export interface Point {
	/** `2030-03-01` */
	day: string;
	value: number;
}

/** What was done, and from which period on it could work. */
export interface Mark {
	id: string;
	day: string;
	label: string;
	/** What it is about, where that is here and open to the viewer. */
	about: { title: string; href: string } | null;
}

/** No figure is about one person. */
export const FEWEST_PEOPLE = 5;
/** Values of one series: half a century of days. */
export const MOST_POINTS = 20_000;
/** Beyond this a double no longer tells whole numbers apart, and no figure of work is so large. */
export const LARGEST = 1e15;
