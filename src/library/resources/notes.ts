import type { Chapter, KeyPoint } from './resource.ts';
import { clock, secondsOf } from './time.ts';

/** A list that people write as lines: what each says, or what is wrong with the first that says nothing. */
export type Lines<T> = { list: T[] } | { wrong: string };

const MOST = 200;
const LONGEST = 300;

/** `0:00 Welcome`, one a line; sorted by time. */
export function readChapters(text: string): Lines<Chapter> {
	return each(
		text,
		(line) => {
			const [, at, title] = /^\[?([\d:.]+)\]?(?:\s*[-–—]\s*|\s+)(\S.*)$/.exec(line) ?? [];
			const seconds = at === undefined ? undefined : secondsOf(at);
			return seconds === undefined || !title ? 'begin each line with a time, as in “3:20 Prices”' : { seconds, title };
		},
		(chapters) => {
			chapters.sort((a, b) => a.seconds - b.seconds);
			return chapters.some(({ seconds }, at) => seconds === chapters[at + 1]?.seconds)
				? 'two begin at the same time'
				: undefined;
		}
	);
}

/** `Say the price late (p. 4)` or `(3:20)`, one a line. */
export function readPoints(text: string): Lines<KeyPoint> {
	return each(text, (line) => {
		const [, words = line, place] = /^(.*\S)\s*[([]([^()[\]]+)[)\]]$/.exec(line) ?? [];
		const page = /^(?:p\.?|page|slide|s\.?)\s*(\d{1,5})$/i.exec(place ?? '')?.[1];
		const seconds = page || !place?.includes(':') ? undefined : secondsOf(place);
		if (page) return Number(page) > 0 ? { text: words, page: Number(page), seconds: null } : 'pages count from 1';
		return { text: seconds === undefined ? line : words, page: null, seconds: seconds ?? null };
	});
}

function each<T>(
	text: string,
	read: (line: string) => T | string,
	check: (list: T[]) => string | undefined = () => undefined
): Lines<T> {
	const list: T[] = [];
	for (const raw of text.split('\n')) {
		const line = raw.trim().replace(/^[-*•]\s+/, '');
		if (!line) continue;
		if (line.length > LONGEST) return { wrong: `has a line of more than ${LONGEST} letters` };
		const found = read(line);
		if (typeof found === 'string') return { wrong: found };
		list.push(found);
		if (list.length > MOST) return { wrong: `may have ${MOST} lines at most` };
	}
	const wrong = check(list);
	return wrong ? { wrong } : { list };
}

/** Chapters as the form begins with them. */
export const chapterLines = (chapters: readonly Chapter[]) =>
	chapters.map(({ seconds, title }) => `${clock(seconds)} ${title}`).join('\n');

/** Key points as the form begins with them. */
export const pointLines = (points: readonly KeyPoint[]) =>
	points
		.map(({ text, page, seconds }) => text + (page ? ` (p. ${page})` : seconds === null ? '' : ` (${clock(seconds)})`))
		.join('\n');
