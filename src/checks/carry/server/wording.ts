import type { DraftOf } from './carried.ts';

type Accepted = DraftOf<'short'>['accepted'][number];

/** A star stands for anything; where the file means the sign itself, a pattern says so. */
export function wording(text: string, share: number, why = ''): Accepted {
	const plain = { share: Math.min(1, share), why };
	if (!text.includes('\\*')) return { match: 'words', text, ...plain };
	const pattern = text
		.split('\\*')
		.map((part) => part.split('*').map(quoteMeta).join('.*'))
		.join('\\*');
	return { match: 'pattern', text: pattern, ...plain };
}

const quoteMeta = (text: string) => text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');

/**
 * What a pattern means as words with stars, where it says no more than that: then also other programs can hold it.
 * @returns undefined for a pattern that is one
 */
export function starred({ match, text }: { match: 'words' | 'pattern'; text: string }): string | undefined {
	if (match === 'words') return text;
	if (!/^(?:\\[\\^$.|?*+()[\]{}]|\.\*|[^\\^$.|?*+()[\]{}])+$/.test(text)) return undefined;
	return text.replace(/\.\*|\\(.)/g, (whole, sign?: string) =>
		sign === undefined ? '*' : sign === '*' ? whole : sign
	);
}
