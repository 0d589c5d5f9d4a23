import type { PlannedCollection } from './plan.ts';

const MOST_ENTRIES = 200;

/** What does not fit into one collection goes on in another behind it. */
export function parted(collections: PlannedCollection[]): PlannedCollection[] {
	return collections.flatMap((whole) => {
		if (whole.entries.length <= MOST_ENTRIES) return [whole];
		const parts: PlannedCollection[] = [];
		for (let from = 0; from < whole.entries.length; from += MOST_ENTRIES) {
			const no = parts.length + 1;
			const entries = whole.entries.slice(from, from + MOST_ENTRIES);
			parts.push(
				no === 1
					? { ...whole, entries }
					: { ref: `${whole.ref}#${no}`, title: `${whole.title} (${no})`, tags: whole.tags, entries }
			);
		}
		return parts;
	});
}

/** What is in a collection has to be there before it: collections within each other from the inside. */
export function insideFirst(collections: PlannedCollection[]): PlannedCollection[] {
	const byRef = new Map(collections.map((each) => [each.ref, each]));
	const sorted = new Set<PlannedCollection>();
	const begun = new Set<PlannedCollection>();
	const add = (one: PlannedCollection) => {
		if (begun.has(one)) return;
		begun.add(one);
		for (const entry of one.entries) if (byRef.has(entry)) add(byRef.get(entry)!);
		sorted.add(one);
	};
	collections.forEach(add);
	return [...sorted];
}
