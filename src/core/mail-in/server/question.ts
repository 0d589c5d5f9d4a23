const PREFIX = /^\s*((re|aw|antw|sv|vs|fwd?|wg|tr|rv|res|r|i|ynt|odp|enc|vb|doorst)(\[\d+\])?\s*:\s*)+/i;
const LEAST = 8;
const MOST = 200;

/**
 * What a mail asks: its subject without "Re:", or the beginning of its words where that says too little.
 * @returns undefined where neither is a question of eight letters
 */
export function questionIn(subject: string, bodyMd: string): { title: string; bodyMd: string } | undefined {
	const named = subject.replace(PREFIX, '').trim();
	const isLong = named.length > MOST;
	if (named.length >= LEAST)
		return isLong ? { title: cut(named), bodyMd: `${named}\n\n${bodyMd}` } : { title: named, bodyMd };
	const [first = '', ...rest] = bodyMd.split('\n').map((line) => line.trimEnd());
	if (first.length < LEAST || /^[![]/.test(first)) return undefined;
	return first.length > MOST ? { title: cut(first), bodyMd } : { title: first, bodyMd: rest.join('\n').trim() };
}

/** Not through the middle of a word where it can be helped. */
function cut(text: string): string {
	const short = text.slice(0, MOST - 1).toWellFormed();
	return `${short.slice(0, Math.max(short.lastIndexOf(' '), MOST / 2)).trimEnd()}…`;
}
