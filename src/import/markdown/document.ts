import { basename, dirname } from 'node:path/posix';
import { cleanLine, cleanMarkdown, cleanTag } from '#src/core/import/clean.ts';
import { change, type FileReport } from '#src/core/import/report.ts';
import { outsideCode, toPlainMarkdown } from './plain.ts';

export interface Document {
	title: string;
	bodyMd: string;
	tags: string[];
	/** Where the front matter tells it. */
	writtenAt?: string;
}

/** A Markdown file as a page: its title, its tags, and a body without what only its own site understands. */
export async function readDocument(path: string, text: string, report: FileReport): Promise<Document> {
	const { fields, body, line } = await splitFrontMatter(
		path,
		text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n'),
		report
	);
	const plain = toPlainMarkdown(body, path.toLowerCase().endsWith('.mdx'));
	for (const reason of plain.changes) change(report, { line, what: path, reason });
	const heading = firstHeading(plain.text);
	const given = typeof fields.title === 'string' || typeof fields.title === 'number' ? String(fields.title) : '';
	const title = cleanLine(given, 200) || cleanLine(heading?.title ?? '', 200) || titleFromPath(path);
	// The page shows its title above: the same words again as a heading would be said twice.
	const repeats = heading && (!given || heading.title.trim().toLowerCase() === given.trim().toLowerCase());
	const { text: bodyMd, cut } = cleanMarkdown(
		raiseHeadings((repeats ? heading.rest : plain.text).trim()) || summaryOf(fields)
	);
	if (cut) change(report, { line: 0, what: path, reason: 'it was longer than 100,000 characters; cut' });
	return { title, bodyMd, tags: tagsOf(fields), writtenAt: dateOf(fields) };
}

type Fields = Record<string, unknown>;

/** YAML between two lines of dashes at the very start; anything odd costs the fields, never the text. */
async function splitFrontMatter(
	path: string,
	text: string,
	report: FileReport
): Promise<{ fields: Fields; body: string; line: number }> {
	const match = /^(---|\+\+\+)[ \t]*\n([^]*?)(?<=\n)\1[ \t]*(?:\n|$)/.exec(text);
	if (!match) return { fields: {}, body: text, line: 1 };
	const [whole, fence, inner = ''] = match;
	const body = text.slice(whole.length);
	const line = whole.split('\n').length;
	const odd = (reason: string, at = 1) => {
		change(report, { line: at, what: path, reason });
		return { fields: {}, body, line };
	};
	if (fence === '+++') return { fields: tomlTitle(inner), body, line };
	const { parse } = await import('yaml');
	try {
		const fields: unknown = parse(inner, { maxAliasCount: 20, logLevel: 'error' });
		if (fields === null) return { fields: {}, body, line };
		if (typeof fields !== 'object' || Array.isArray(fields))
			return odd('its front matter is no list of fields; left out');
		return { fields: fields as Fields, body, line };
	} catch (error) {
		const at = (error as { linePos?: { line: number }[] }).linePos?.[0]?.line ?? 0;
		return odd('its front matter is no valid YAML; left out', at + 1);
	}
}

const tomlTitle = (toml: string): Fields => {
	const title = /^title\s*=\s*["'](.*)["']\s*$/m.exec(toml)?.[1];
	return title ? { title } : {};
};

function firstHeading(body: string): { title: string; rest: string } | undefined {
	const match = /^\s*(?:#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\n|$)|([^\n#>`\-|][^\n]*)\n=+[ \t]*(?:\n|$))/.exec(body);
	if (!match) return undefined;
	const title = (match[1] ?? match[2] ?? '')
		.replace(/!\[[^\]]*\]\([^)]*\)/g, '')
		.replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
		.replace(/\s*\{#[\w-]+\}\s*$/, '')
		.replace(/[`*]|\\(?=[^\w\s])/g, '');
	return { title, rest: body.slice(match[0].length) };
}

/** The title stands above the text, so the highest heading of the text comes right after it. */
function raiseHeadings(text: string): string {
	const heading = /^(#{1,6})(?=[ \t])/gm;
	let highest = 7;
	outsideCode(text, (part) => {
		for (const [signs] of part.matchAll(heading)) highest = Math.min(highest, signs.length);
		if (/^[^\n]+\n=+[ \t]*$/m.test(part)) highest = 1;
		else if (/^[^\s|>-][^\n]*\n-{3,}[ \t]*$/m.test(part)) highest = Math.min(highest, 2);
		return part;
	});
	if (highest === 1 || highest === 7) return text;
	return outsideCode(text, (part) => part.replace(heading, (signs) => signs.slice(highest - 1)));
}

/** `guides/getting-started.md` is "Getting started"; an index is named after its folder. */
function titleFromPath(path: string): string {
	const name = basename(path).replace(/\.\w+$/, '');
	const own = /^(index|readme|_index)$/i.test(name) ? basename(dirname(path)) : name;
	const words = (own === '.' ? name : own)
		.replace(/^\d+[-_. ]+/, '')
		.replace(/[-_]+/g, ' ')
		.trim();
	return cleanLine(words.charAt(0).toUpperCase() + words.slice(1), 200) || 'Without a title';
}

/** An index page may hold a sentence in its front matter and nothing else. */
const summaryOf = ({ description, summary }: Fields): string =>
	[description, summary].find((value): value is string => typeof value === 'string') ?? '';

function tagsOf({ tags, categories }: Fields): string[] {
	const lists = [tags, categories].flatMap((value) =>
		Array.isArray(value) ? (value as unknown[]) : typeof value === 'string' ? value.split(/[,;]/) : []
	);
	const names = lists.filter((each) => typeof each === 'string' || typeof each === 'number');
	return [...new Set(names.flatMap((name) => cleanTag(String(name)) ?? []))].slice(0, 8);
}

function dateOf({ date, created, published }: Fields): string | undefined {
	for (const value of [date, created, published]) {
		if (typeof value !== 'string' && !(value instanceof Date)) continue;
		const moment = new Date(value);
		const time = moment.getTime();
		if (time > Date.UTC(1990) && time <= Date.now()) return moment.toISOString();
	}
	return undefined;
}
