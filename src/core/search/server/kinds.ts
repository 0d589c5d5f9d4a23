/** What search must know of a kind of item; each capability registers its own. */
export interface SearchKind {
	kind: string;
	/** "Question", "Questions": what the filter and the groups are called. */
	label: string;
	plural: string;
	/** Name of an icon of the design system. */
	icon: string;
	/** Where an item is read; an answer at its question. */
	href(item: { id: string; rootId: string }): string;
	/** What a match of this kind weighs against others: 1 unless given. */
	weight?: number;
}

const kinds = new Map<string, SearchKind>();

/**
 * Makes a kind of item searchable. Called once at start by the composition.
 * @example registerKind({ kind: 'question', label: 'Question', plural: 'Questions', icon: 'question', href: ({ id }) => `/questions/${id}` });
 */
export function registerKind(kind: SearchKind): void {
	kinds.set(kind.kind, kind);
}

export const searchKinds = (): SearchKind[] => [...kinds.values()];
export const searchKind = (kind: string): SearchKind | undefined => kinds.get(kind);

/** The kind a person means by "answer", "Answers" … */
export function kindNamed(name: string): SearchKind | undefined {
	const wanted = name.toLowerCase();
	return searchKinds().find(({ kind, label, plural }) =>
		[kind, label.toLowerCase(), plural.toLowerCase()].includes(wanted)
	);
}
