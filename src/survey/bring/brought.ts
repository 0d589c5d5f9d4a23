import type { Question } from '../survey.ts';

/** A survey as it came from elsewhere, before it is looked over. */
export interface Brought {
	title: string;
	bodyMd: string;
	language: string;
	anonymous: boolean;
	questions: Question[];
	translations: Record<string, Record<string, string>>;
	/** What could not be carried over, or wants a look: sentences. */
	notes: string[];
}

/** A key that a question may have, made of what it was called; no other has it. */
export function keyFor(name: string, taken: Set<string>): string {
	const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
	const base = (/^[a-z]/.test(plain) ? plain : `q${plain}`).slice(0, 17);
	let key = base;
	for (let number = 2; taken.has(key); number += 1) key = `${base}${number}`;
	taken.add(key);
	return key;
}

/** Words that differ from each other and are short enough. */
export function distinct(labels: readonly string[]): string[] {
	const seen = new Set<string>();
	return labels.map((label, at) => {
		const short = label.slice(0, 190).trim() || `(${at + 1})`;
		const own = seen.has(short) ? `${short} (${at + 1})` : short;
		seen.add(own);
		return own;
	});
}
