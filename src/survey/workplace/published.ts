import type { Rating } from './rated.ts';
import { ways } from './ways.ts';

/** What was published of the survey of 2013: percentages alone, of "over 600" answers. */
export const PUBLISHED_YEAR = 2013;
/** The least "over 600" can mean: intervals made with it are rather too wide than too narrow. */
export const PUBLISHED_N = 600;

const percents: Record<string, readonly number[]> = {
	training: [25, 42, 20, 13],
	study: [14, 33, 35, 18],
	documents: [13, 44, 29, 14],
	aids: [20, 37, 26, 17],
	team: [3, 12, 30, 55],
	talk: [2, 19, 40, 39],
	networks: [3, 22, 35, 40],
	feeds: [8, 22, 40, 30],
	curated: [9, 29, 39, 23],
	web: [2, 17, 32, 49]
};

export const published: readonly Rating[] = ways.map(({ key, label }) => ({ key, label, percent: percents[key]! }));

/** Of those who work in HR or learning: how many rate company training of little or no value. */
export const publishedTrainingLowInLearning = 68;

/** A figure as it was published, and what one of our bands it stands for. */
export interface PublishedShare {
	label: string;
	percent: number;
	/** The places of our options that it is compared with, in `people`. */
	as: readonly number[];
	/** Where what it says and what our options say differ. */
	note?: string;
	/** Figures contained in it: not to be added. */
	containing?: readonly PublishedShare[];
}

/** Who answered, as published. Nothing in it is corrected. */
export const publishedPeople: Record<string, readonly PublishedShare[]> = {
	country: [
		{ label: 'USA', percent: 28, as: [0] },
		{ label: 'UK', percent: 22, as: [1] },
		{ label: 'Australia', percent: 12, as: [2] },
		{ label: 'Canada', percent: 8, as: [3] },
		{ label: '42 other countries', percent: 30, as: [4, 5, 6, 7, 8, 9] }
	],
	industry: [
		{ label: 'Education', percent: 42, as: [0] },
		{
			...{ label: 'Other than education', percent: 58, as: [1, 2, 3, 4, 5] },
			containing: [
				{ label: 'Technology', percent: 12, as: [1] },
				{ label: 'Government', percent: 9, as: [2] },
				{ label: 'Financial services', percent: 9, as: [3] },
				{ label: 'Healthcare', percent: 4, as: [4] }
			]
		}
	],
	size: [
		{ label: 'More than 250', percent: 61, as: [3, 4, 5] },
		{ label: 'Up to 250', percent: 39, as: [0, 1, 2], note: 'The rest, evenly spread.' }
	],
	function: [
		{ label: 'HR and learning', percent: 45, as: [0] },
		{
			...{ label: 'All other functions', percent: 65, as: [1, 2, 3, 4] },
			containing: [
				{ label: 'IT', percent: 12, as: [1] },
				{ label: 'Sales and marketing', percent: 4, as: [2] }
			]
		}
	],
	job: [
		{ label: 'Non-managerial and other', percent: 53, as: [0] },
		{ label: 'Line manager', percent: 9, as: [1] },
		{ label: 'Middle manager', percent: 20, as: [2] },
		{ label: 'Senior manager', percent: 18, as: [3] }
	],
	age: [
		{ label: 'Under 30', percent: 6, as: [0], note: 'Who is 30 was in no band; here they are in the first.' },
		{ label: '31–40', percent: 28, as: [1] },
		{ label: '41–50', percent: 36, as: [2] },
		{ label: '51–60', percent: 24, as: [3], note: 'Who is 60 was in two bands; here they are in this one.' },
		{ label: '60 and over', percent: 7, as: [4] }
	],
	sex: [
		{ label: 'Male', percent: 42, as: [0] },
		{ label: 'Female', percent: 58, as: [1] }
	]
};

/** A question whose published shares do not add to 100, to be told beside them. */
export interface OddSum {
	question: string;
	sum: number;
}

/** Which published figures do not add to 100: they are shown as they are, and this with them. */
export function oddSums(people: Readonly<Record<string, readonly PublishedShare[]>> = publishedPeople): OddSum[] {
	return Object.entries(people)
		.map(([question, shares]) => ({ question, sum: shares.reduce((total, { percent }) => total + percent, 0) }))
		.filter(({ sum }) => sum !== 100);
}
