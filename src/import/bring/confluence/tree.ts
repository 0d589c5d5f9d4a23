import type { Plan, PlannedCollection } from '../plan.ts';

/** A page with those below it. */
export interface Branch {
	ref: string;
	title: string;
	children: Branch[];
}

/** The space, and each page with others below it, as a collection that begins with the page itself. */
export function collectionsOf(plan: Plan, tree: Branch[]): PlannedCollection[] {
	const pages = new Set(plan.pages.map(({ ref }) => ref));
	const space: PlannedCollection = { ref: 'space', title: plan.name, tags: [], entries: [] };
	const made = [space];
	const placed = new Set<string>();
	const place = ({ ref, title, children }: Branch, into: PlannedCollection) => {
		if (placed.has(ref)) return;
		placed.add(ref);
		const isPage = pages.has(ref);
		if (children.length === 0) return void (isPage && into.entries.push(ref));
		const called = into === space ? title : `${into.title} / ${title}`;
		const below: PlannedCollection = { ref: `below-${ref}`, title: called, tags: [], entries: isPage ? [ref] : [] };
		made.push(below);
		into.entries.push(below.ref);
		for (const child of children) place(child, below);
	};
	for (const branch of tree) place(branch, space);
	return made;
}
