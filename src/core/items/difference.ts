import { diffLines, diffWordsWithSpace } from 'diff';

/** A run of text that stayed, came or went. */
export interface Part {
	text: string;
	kind: 'same' | 'added' | 'removed';
}

export interface TextVersion {
	title: string;
	bodyMd: string;
	tags: string[];
}

export interface Difference {
	title: Part[];
	body: Part[];
	tags: Part[];
}

/** What differs between two versions of an item, word by word. */
export function differenceOf(before: TextVersion, after: TextVersion): Difference {
	return {
		title: words(before.title, after.title),
		body: words(before.bodyMd, after.bodyMd),
		tags: tags(before.tags, after.tags)
	};
}

/** By words as long as that is quick; two texts that have little in common are compared by lines, or stand whole. */
function words(before: string, after: string): Part[] {
	if (before === after) return before ? [{ text: before, kind: 'same' }] : [];
	const changes =
		diffWordsWithSpace(before, after, { timeout: 250 }) ??
		diffLines(before, after, { timeout: 250 }) ??
		whole(before, after);
	return changes.map(({ value, added, removed }) => ({
		text: value,
		kind: added ? 'added' : removed ? 'removed' : 'same'
	}));
}

const whole = (before: string, after: string) => [
	{ value: before, added: false, removed: true },
	{ value: after, added: true, removed: false }
];

function tags(before: string[], after: string[]): Part[] {
	return [...new Set([...before, ...after])].map((text) => ({
		text,
		kind: !before.includes(text) ? 'added' : after.includes(text) ? 'same' : 'removed'
	}));
}

/** Leaves out long stretches that stayed, but for a few words around what changed. */
export function shorten(parts: Part[], around = 160): Part[] {
	return parts.map((part, index) => {
		if (part.kind !== 'same' || part.text.length <= 2 * around + 40) return part;
		const start = index === 0 ? '' : part.text.slice(0, around);
		const end = index === parts.length - 1 ? '' : part.text.slice(-around);
		return { ...part, text: `${start} … ${end}`.trim() };
	});
}
