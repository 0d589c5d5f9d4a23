import type { SQL } from 'drizzle-orm';

/** What search must know of a kind of item; each capability registers its own. */
export interface SearchKind {
	kind: string;
	/** "Question", "Questions": what the filter and the groups are called. */
	label: string;
	plural: string;
	/** Name of an icon of the design system. */
	icon: string;
	/** What a match of this kind weighs against others: 1 unless given. */
	weight?: number;
	/** What sets some of its items above the others, as a condition on `item i`, and how a result says so. */
	distinction?: { when: SQL; label: string };
}

const kinds = new Map<string, SearchKind>();

/**
 * Makes a kind of item searchable. Called once at start by the composition.
 * @example registerKind({ kind: 'question', label: 'Question', plural: 'Questions', icon: 'ask' });
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
