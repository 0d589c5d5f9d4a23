import { Parser } from 'htmlparser2';
import { cleanLine, cleanMarkdown } from '#src/core/import/clean.ts';
import { htmlToMarkdown } from '#src/core/import/html-to-markdown.ts';
import { escapeText } from '#src/core/import/markdown-text.ts';
import { change, type FileReport } from '#src/core/import/report.ts';
import { houseMarkdown } from '#src/platform/markdown.ts';
import type { Where } from './carried.ts';

export type TextFormat = 'html' | 'plain' | 'markdown';

/** Turns texts of a file into Markdown of this house, and tells what they lost. */
export class TextReader {
	readonly #report: FileReport;
	/** What the texts belong to. */
	where: Where = { line: 0, what: '' };

	constructor(report: FileReport) {
		this.#report = report;
	}

	/** A text with marks. @param max characters */
	text(source: string, format: TextFormat, max: number): string {
		const { text } = cleanMarkdown(this.#markdown(source, format));
		return this.#cut(text.trim(), max);
	}

	/** A text of one line, without marks. */
	line(source: string, format: TextFormat, max: number): string {
		const words = format === 'html' ? this.#words(source) : source;
		const whole = cleanLine(words, Number.MAX_SAFE_INTEGER);
		return this.#cut(whole, max);
	}

	#markdown(source: string, format: TextFormat): string {
		if (format === 'markdown') return source;
		if (format === 'plain') return plainToMarkdown(source);
		if (/<\s*script|\son[a-z]+\s*=|javascript:/i.test(source))
			change(this.#report, { ...this.where, reason: 'script in a text was taken out' });
		return htmlToMarkdown(showPlayers(source));
	}

	#words(html: string): string {
		if (/<\s*img\b/i.test(html))
			change(this.#report, { ...this.where, reason: 'a picture stands where only words can be' });
		return wordsOf(html);
	}

	#cut(text: string, max: number): string {
		if (text.length <= max) return text;
		change(this.#report, {
			...this.where,
			reason: `a text was longer than ${max.toLocaleString('en')} characters and was cut`
		});
		return `${text
			.slice(0, max - 1)
			.toWellFormed()
			.trimEnd()}…`;
	}
}

/** Words that mean what they say: what would be a mark is escaped; line ends stay. */
export const plainToMarkdown = (text: string): string =>
	text
		.replace(/\r\n?/g, '\n')
		.split('\n')
		.map((line) => escapeText(line.trim(), true))
		.join('\n')
		.replace(/(?<!\n)\n(?!\n)/g, '  \n');

/** The words of HTML, without what only a browser would run. */
export function wordsOf(html: string): string {
	let words = '';
	let hidden = 0;
	const parser = new Parser({
		onopentag: (name) =>
			void (/^(script|style)$/.test(name) ? (hidden += 1) : /^(br|p|div|li|td)$/.test(name) && (words += ' ')),
		ontext: (text) => void (hidden || (words += text)),
		onclosetag: (name) =>
			void (/^(script|style)$/.test(name) ? (hidden -= 1) : /^(p|div|li|td)$/.test(name) && (words += ' '))
	});
	parser.end(html);
	return words.replace(/\s+/g, ' ').trim();
}

/** Sound and film that a page plays become links to them. */
const showPlayers = (html: string): string =>
	html.replace(
		/<(?:source|embed|audio|video)\b[^>]*?\bsrc\s*=\s*(["'])([^"'<>]{1,2000})\1[^>]*>/gi,
		(_tag, quote: string, address: string) =>
			`<a href=${quote}${address}${quote}>${address
				.split('/')
				.pop()!
				.replace(/[<>&"]/g, '')}</a> `
	);

const house = houseMarkdown();

/** Markdown as HTML for another program: tags that are text here are text there. */
export const markdownToHtml = (text: string): string => house.render(text).trim();
