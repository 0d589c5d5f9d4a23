import type { ItemRow, ItemView } from '#src/core/items/post.ts';
import type { Interval } from '#src/platform/statistics/proportions.ts';
import type { Question, QuestionType, SurveyContent, SurveyStatus } from './survey.ts';

/** A survey as its page shows it. */
export interface SurveyView extends ItemView {
	status: SurveyStatus;
	anonymous: boolean;
	minCell: number;
	releaseEvery: number;
	closesOn: string | null;
	edition: string;
	language: string;
	languages: string[];
	minutes: number;
	/** How many questions it has. */
	asks: number;
	answered: boolean;
	/** Whether the viewer may look at the results. */
	canSeeResults: boolean;
	canKeep: boolean;
	/** How many have answered; for those who look after it. */
	answers: number | null;
	hasLink: boolean;
	editions: { id: string; edition: string; title: string }[];
}

export interface SurveyRow extends ItemRow {
	status: SurveyStatus;
	edition: string;
	minutes: number;
	answered: boolean;
}

/** What the form to answer shows. */
export interface SurveyToAnswer {
	id: string;
	title: string;
	introHtml: string;
	anonymous: boolean;
	version: number;
	language: string;
	languages: string[];
	minutes: number;
	questions: Question[];
	/** By field of the form: what was begun before. */
	values: Record<string, string>;
	resume: string;
}

/** What the form to change a survey begins with. */
export interface SurveyToEdit extends SurveyContent {
	id: string;
	spaceId: string;
	title: string;
	bodyMd: string;
	tags: string[];
	version: number;
	anonymous: boolean;
	minCell: number;
	releaseEvery: number;
	language: string;
	closesOn: string | null;
	edition: string;
	answered: boolean;
}

/** Options that are counted together: one, or several of which some were chosen too seldom to be shown alone. */
export interface Part {
	/** Their places; one past the last is "no answer". */
	places: number[];
	labels: string[];
	count: number;
	/** Of all who are counted, from 0 to 1, with its interval. */
	share: number;
	interval: Interval;
}

/** How something was answered by all, or by a group. */
export interface Distribution {
	n: number;
	parts: Part[];
}

/** Something that was counted; null where not enough can be shown. */
export interface CountedRow {
	key: string;
	label: string;
	all: Distribution | null;
	/** By group; empty unless results are parted. */
	groups: { label: string; distribution: Distribution }[];
}

/** Shares of places, of one option or of several together. */
export interface PlaceTable {
	/** How many put them in order. */
	n: number;
	/** `1`, or `1 to 3`. */
	places: string[];
	rows: { label: string; shares: number[] }[];
}

export interface QuestionResult {
	key: string;
	type: QuestionType;
	label: string;
	hint: string;
	/** Steps of its scale, options, or bands. */
	options: string[];
	rows: CountedRow[];
	/** Of an order, how often each option stood in which place; null where it cannot be shown. */
	places: PlaceTable | null;
	/** What a person has released of what was said. */
	said: string[];
}

export interface ResultsView {
	id: string;
	title: string;
	edition: string;
	status: SurveyStatus;
	minCell: number;
	releaseEvery: number;
	/** How many answers are in the results, by how many releases, the last on which day. */
	n: number;
	releases: number;
	releasedOn: string | null;
	/** Every release there was, the first first: how many answers it brought them to, on which day. */
	versions: { number: number; n: number; on: string }[];
	/** How far the last release moved them: the largest change of a share; null before the second. */
	moved: number | null;
	/** What results can be parted by. */
	segments: { key: string; label: string }[];
	by: string | null;
	questions: QuestionResult[];
	canKeep: boolean;
}

/** Who answered what, of a survey by name: a page of people. */
export interface NamedView {
	survey: { id: string; title: string; edition: string };
	items: { person: { id: string; name: string }; answers: { name: string; label: string; words: string }[] }[];
	next: string | null;
}

/** A survey that was made of a file. */
export interface BroughtView {
	id: string;
	asks: number;
	/** What could not be carried over, or wants a look. */
	notes: string[];
}

/** Answers that were brought from a file. */
export interface BroughtAnswersView {
	answers: number;
	/** Columns that belong to no question. */
	ignored: string[];
}
