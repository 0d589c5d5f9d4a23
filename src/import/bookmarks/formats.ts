import { emptyReport, leaveOut, skip, type FileReport } from '#src/core/import/report.ts';
import { decodeText } from '#src/platform/server/charset.ts';
import { cleanLine, cleanMarkdown, cleanTag } from '#src/core/import/clean.ts';
import type { RawLink } from './raw.ts';
import { karakeep, linkwarden } from './json.ts';
import { netscape, pocketHtml } from './html.ts';
import { pocketCsv } from './csv.ts';

export type Format = 'bookmarks' | 'karakeep' | 'linkwarden' | 'pocket';

/** A link as Trellis takes it. */
export interface BroughtLink {
	url: string;
	title: string;
	bodyMd: string;
	tags: string[];
	/** ISO 8601. */
	addedAt: string;
}

export interface Brought {
	format: Format;
	links: BroughtLink[];
	report: FileReport;
}

/** More links in one file are left out. */
const MOST = 20_000;

/** What a reader of one format gives: links, and through `report` what it leaves. */
export type Reader = (text: string, report: FileReport) => Iterable<RawLink>;

/**
 * Reads the bookmarks of a browser (HTML), or what Karakeep (JSON), Linkwarden (JSON) or Pocket
 * (HTML, CSV) exported; which of them it is, its content tells.
 * @returns undefined for what is none of these
 */
export function readBookmarks(content: Uint8Array): Brought | undefined {
	const text = decodeText(content);
	const known = formatOf(text);
	if (!known) return undefined;
	const report = emptyReport();
	const links: BroughtLink[] = [];
	for (const raw of known.read(text, report)) {
		report.read += 1;
		if (links.length >= MOST) leaveOut(report, `links beyond the first ${MOST.toLocaleString('en')}`);
		else {
			const link = clean(raw, report);
			if (link) links.push(link);
		}
	}
	return { format: known.format, links, report };
}

function formatOf(text: string): { format: Format; read: Reader } | undefined {
	const start = text.slice(0, 4096);
	if (/<!DOCTYPE NETSCAPE-Bookmark-file-1>/i.test(start) || listsLinks(text))
		return { format: 'bookmarks', read: netscape };
	if (/<title>Pocket Export<\/title>/i.test(start)) return { format: 'pocket', read: pocketHtml };
	if (/^\s*\{/.test(start)) return jsonFormat(text);
	if (/^\ufeff?title,url,time_added/i.test(start)) return { format: 'pocket', read: pocketCsv };
	return undefined;
}

/** Each letter is looked at once, however the text repeats itself. */
function listsLinks(text: string): boolean {
	const list = text.search(/<DL>/i);
	return list >= 0 && /<A\s[^<>]*HREF=/i.test(text.slice(list));
}

function jsonFormat(text: string): { format: Format; read: Reader } | undefined {
	let given: Record<string, unknown>;
	try {
		given = JSON.parse(text) as Record<string, unknown>;
	} catch {
		return undefined;
	}
	if (Array.isArray(given.bookmarks)) return { format: 'karakeep', read: (_, report) => karakeep(given, report) };
	if (Array.isArray(given.collections)) return { format: 'linkwarden', read: (_, report) => linkwarden(given, report) };
	return undefined;
}

function clean({ url, title = '', note = '', tags = [], folder = '', addedAt }: RawLink, report: FileReport) {
	if (!/^https?:\/\/[^\s]+$/i.test(url) || url.length > 2000 || !URL.canParse(url)) {
		skip(report, { line: 0, what: cleanLine(url, 80), reason: 'no address of a web page' });
		return undefined;
	}
	if (new URL(url).username || new URL(url).password) {
		skip(report, { line: 0, what: new URL(url).hostname, reason: 'an address with a password in it' });
		return undefined;
	}
	const words = [...tags, folder].map(cleanTag).filter((tag) => tag !== undefined);
	return {
		...{ url, title: cleanLine(title, 200), bodyMd: cleanMarkdown(note).text },
		tags: [...new Set(words)].slice(0, 8),
		addedAt: dateOf(addedAt)
	};
}

/** When it was kept; now where that is not told, or cannot be. */
function dateOf(given: number | string | undefined): string {
	const time = typeof given === 'string' ? Date.parse(given) : (given ?? NaN);
	const isLikely = time > Date.UTC(1990, 0) && time <= Date.now();
	return new Date(isLikely ? time : Date.now()).toISOString();
}
