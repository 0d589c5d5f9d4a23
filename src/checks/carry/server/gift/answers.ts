import { NotCarried } from '../carried.ts';

/** One of the answers between the braces; `text` and `why` are as they stand there. */
export interface GiftAnswer {
	sign: '=' | '~';
	right: boolean;
	/** From -1 to 1, where it is said. */
	share?: number;
	format?: string;
	text: string;
	why: string;
}

/** A sign stands for itself behind a backslash; `\n` is a new line. @param keep signs whose backslash stays */
export const unescape = (text: string, keep = ''): string =>
	text.replace(/\\([~=#{}:\\n*])/g, (whole, sign: string) =>
		keep.includes(sign) ? whole : sign === 'n' ? '\n' : sign === '*' ? whole : sign
	);

/** Parts a text at each of a sign that no backslash stands before. */
export function splitAt(text: string, sign: string): string[] {
	const parts = [''];
	for (let at = 0; at < text.length; at += 1) {
		if (text[at] === '\\') parts[parts.length - 1] += text.slice(at, (at += 1) + 1);
		else if (text.startsWith(sign, at)) {
			parts.push('');
			at += sign.length - 1;
		} else parts[parts.length - 1] += text.charAt(at);
	}
	return parts;
}

/** The answers of a key: each begins with `=` or `~`. @throws NotCarried where one does not */
export function answersOf(key: string): GiftAnswer[] {
	const answers: GiftAnswer[] = [];
	let from = -1;
	const end = (to: number) => {
		const source = key.slice(Math.max(0, from), to);
		if (from >= 0) answers.push(answerOf(source));
		else if (source.trim()) throw new NotCarried('its first answer begins neither with = nor with ~');
		from = to;
	};
	for (let at = 0; at < key.length; at += 1) {
		if (key[at] === '\\') at += 1;
		else if (key[at] === '=' || key[at] === '~') end(at);
	}
	end(key.length);
	if (answers.length === 0) throw new NotCarried('none of its answers begins with = or ~');
	return answers;
}

function answerOf(source: string): GiftAnswer {
	const sign = source[0] as '=' | '~';
	const [body = '', ...said] = splitAt(source.slice(1), '#');
	const weight = /^\s*%(-?[\d.]+)%/.exec(body);
	const text = body.slice(weight?.[0].length ?? 0).trim();
	const format = /^\[(html|moodle|plain|markdown)\]/i.exec(text);
	return {
		sign,
		right: sign === '=' && !weight,
		...(weight ? { share: Math.max(-1, Math.min(1, Number(weight[1]) / 100)) } : {}),
		...(format ? { format: format[1]!.toLowerCase() } : {}),
		text: text.slice(format?.[0].length ?? 0),
		why: said.join('#').trim()
	};
}

/** `3:0.5`, `2.5..3.5`, or several of them behind `=`. @throws NotCarried where none is a right number */
export function numbersOf(key: string): { value: number; off: number; said: string; more: boolean } {
	const answers = /^\s*=/.test(key)
		? answersOf(key).filter(({ share }) => share === undefined || share > 0)
		: [answerOf(`=${key}`)];
	const best = [...answers].sort((a, b) => (b.share ?? 1) - (a.share ?? 1))[0];
	if (!best) throw new NotCarried('no number of it is right');
	return { ...rangeOf(best.text), said: best.why, more: answers.length > 1 };
}

function rangeOf(text: string): { value: number; off: number } {
	const range = /^(-?[\d.]+(?:e[+-]?\d+)?)\s*\.\.\s*(-?[\d.]+(?:e[+-]?\d+)?)$/i.exec(text.trim());
	const [value, off] = range
		? [(Number(range[1]) + Number(range[2])) / 2, (Number(range[2]) - Number(range[1])) / 2]
		: text.split(':').map((part) => (part.trim() === '' ? NaN : Number(part)));
	if (value === undefined || !Number.isFinite(value) || !Number.isFinite(off ?? 0))
		throw new NotCarried(`“${text.slice(0, 40)}” is no number`);
	return { value, off: Math.abs(off ?? 0) };
}
