import { causeLabel, causeNames } from '../causes.ts';
import type { CauseView } from '../need.ts';

/** What stands in the way of a conclusion: all six causes are looked at before anything is recommended. */
export function obstacles(causes: readonly CauseView[]): string[] {
	const looked = new Set(causes.map(({ cause }) => cause));
	const missing = causeNames.filter((name) => !looked.has(name)).map(causeLabel);
	if (missing.length === 0) return [];
	return [`${list(missing)} ${missing.length === 1 ? 'is' : 'are'} not looked at yet.`];
}

const list = (words: string[]) =>
	words.length === 1 ? words[0]! : `${words.slice(0, -1).join(', ')} and ${words.at(-1)!}`;
