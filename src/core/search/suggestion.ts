/** What the Ask bar shows while somebody types. */
export interface Suggestion {
	href: string;
	icon: string;
	title: { text: string; mark: boolean }[];
	why: string;
}

export interface SuggestionGroup {
	label: string;
	options: Suggestion[];
}
