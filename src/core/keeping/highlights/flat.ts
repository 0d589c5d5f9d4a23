/** The text of sanitised HTML as one line, and where in the HTML each of its characters stands. */
export interface Flat {
	text: string;
	/** The offset in the HTML at which each character begins; -1 for a space that only parts two blocks. */
	starts: number[];
	/** The offset after it: an entity is longer than the character it stands for. */
	ends: number[];
}

const tokens = /<(?:"[^"]*"|'[^']*'|[^'">])*>|&(?:#\d+|#x[0-9a-f]+|[a-z]\w*);|[^]/giy;
const block =
	/^<\/?(?:p|div|h[1-6]|ul|ol|li|dl|dt|dd|table|caption|thead|tbody|tr|th|td|blockquote|pre|figure|figcaption|section|article|br|hr)\b/i;

/** @example flatten('<p>One &amp; two</p><p>three</p>').text // 'One & two three' */
export function flatten(html: string): Flat {
	const flat: Flat = { text: '', starts: [], ends: [] };
	const letters: string[] = [];
	const add = (letter: string, start: number, end: number) => {
		const isSpace = /\s/.test(letter);
		if (isSpace && (letters.length === 0 || letters.at(-1) === ' ')) return;
		letters.push(isSpace ? ' ' : letter);
		flat.starts.push(start);
		flat.ends.push(end);
	};
	for (const { 0: token, index } of html.matchAll(new RegExp(tokens, 'gi'))) {
		if (token.length > 1 && token.startsWith('<')) {
			if (block.test(token)) add(' ', -1, -1);
		} else if (token !== '\u00ad') {
			// What is written with two code units stays two: offsets count like strings do.
			const text = token.length > 1 ? decoded(token) : token;
			for (const letter of text.split('')) add(letter, index, index + token.length);
		}
	}
	flat.text = letters.join('');
	return flat;
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function decoded(entity: string): string {
	const name = entity.slice(1, -1);
	if (!name.startsWith('#')) return named[name] ?? entity;
	const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1));
	return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

/** Controls, soft hyphens and bidirectional overrides (UAX #9): what comes along with a selection and is not read. */
// eslint-disable-next-line no-control-regex
const hidden = /[\u0000-\u0008\u000e-\u001f\u007f\u00ad\u202a-\u202e\u2066-\u2069]/g;

/** A text as flat ones are compared: all white space as one, nothing hidden. */
export const plain = (text: string): string => text.toWellFormed().replace(hidden, '').replace(/\s+/g, ' ');
