import type { Said } from './resource.ts';

export interface Cue {
	from: number;
	to: number;
	text: string;
}

const MOST_CUES = 20_000;
const time = String.raw`(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})`;
const timing = new RegExp(`^\\s*${time}\\s*-->\\s*${time}`);

/**
 * Reads captions in WebVTT or SubRip (.srt): times and words. Styles, places on the
 * screen and whatever else a file may hold are left behind.
 * @returns undefined when it holds no captions
 */
export function readCaptions(text: string): Cue[] | undefined {
	const cues: Cue[] = [];
	for (const block of text
		.replace(/^\ufeff/, '')
		.replace(/\r\n?/g, '\n')
		.split(/\n{2,}/)) {
		const lines = block.split('\n');
		const at = lines.findIndex((line) => timing.test(line));
		if (at < 0 || /^\s*(NOTE|STYLE|REGION)\b/.test(lines[0]!)) continue;
		const [, ...parts] = timing.exec(lines[at]!)!;
		const [from, to] = [secondsIn(parts.slice(0, 4)), secondsIn(parts.slice(4))];
		const said = plain(lines.slice(at + 1).join('\n'));
		if (to > from && said) cues.push({ from, to, text: said });
		if (cues.length >= MOST_CUES) break;
	}
	return cues.length > 0 ? cues.sort((a, b) => a.from - b.from) : undefined;
}

const secondsIn = ([h = '0', m, s, ms]: (string | undefined)[]) =>
	Number(h) * 3600 + Number(m) * 60 + Number(s) + Number(ms!.padEnd(3, '0')) / 1000;

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', nbsp: ' ', lrm: '', rlm: '' };

function plain(text: string): string {
	return text
		.replace(/<[^>\n]{0,200}>|\{\\[^}\n]{0,200}\}/g, '')
		.replace(/&(\w+);/g, (all, name: string) => entities[name] ?? all)
		.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '') // eslint-disable-line no-control-regex -- none can be shown
		.split('\n')
		.map((line) => line.trim())
		.filter(Boolean)
		.join('\n')
		.slice(0, 1000);
}

/** Captions as WebVTT that holds times and words alone. */
export function writeVtt(cues: readonly Cue[]): string {
	const lines = cues.map(({ from, to, text }) => `${stamp(from)} --> ${stamp(to)}\n${escape(text)}\n`);
	return `WEBVTT\n\n${lines.join('\n')}`;
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function stamp(seconds: number): string {
	const ms = Math.round(seconds * 1000);
	const part = (value: number, digits = 2) => String(value).padStart(digits, '0');
	return `${part(Math.floor(ms / 3_600_000))}:${part(Math.floor(ms / 60_000) % 60)}:${part(Math.floor(ms / 1000) % 60)}.${part(ms % 1000, 3)}`;
}

/** So many seconds of speech make a paragraph that can be read, and found. */
const PARAGRAPH = 30;

/** What is said, as a text in paragraphs: each begins with a caption. */
export function transcriptOf(cues: readonly Cue[]): Said[] {
	const said: Said[] = [];
	for (const { from, text } of cues) {
		const last = said.at(-1);
		const words = text.replace(/\s+/g, ' ');
		if (last && from - last.at < PARAGRAPH) last.text += ` ${words}`;
		else said.push({ at: from, text: words });
	}
	return said;
}
