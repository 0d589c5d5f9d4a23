import { dirname } from 'node:path/posix';
import { leaveOut, skip, type FileReport } from '#src/core/import/report.ts';
import { readText, Refused, type Archive } from '../bring/archive.ts';
import type { Part } from './package.ts';
import type { Paths } from './paths.ts';

export const PAGE_BYTES = 5_000_000;
const PAGE = /\.x?html?$/i;
const DOCUMENT = /\.(pdf|docx?|docm|pptx?|ppsx?|xlsx?|odt|odp|ods|rtf|epub|txt|csv|md)$/i;
const RECORDING = /\.(mp4|m4v|webm|mov|ogv|mp3|m4a|ogg|oga|wav|flac|aac|vtt)$/i;
const PICTURE = /\.(png|jpe?g|gif|webp|avif)$/i;
const PROGRAM = /\.(m?js|jsx?|swf|wasm|class|jar|exe|dll|xap|php|asp|aspx|jsp|unity3d|unityweb)$/i;
/** Smaller ones that no page shows are buttons and decoration. */
const PICTURE_BYTES = 20_000;
/** Addresses of other pages, also those that only a script would open: in its order, which is that of the package. */
const NAMED_PAGE = /["'(=]\s*([^"'()<>\s=][^"'()<>]{0,300}?\.x?html?)(?:[?#][^"'()<>]{0,300})?\s*["')>]/gi;
/** What a page puts before somebody's eyes itself. */
const SHOWN =
	/\b(?:src|poster|data|background|href)\s*=\s*["']?\s*([^"'<>\s][^"'<>]{0,300}\.(?:png|jpe?g|gif|webp|avif))/gi;
/** Calls by which a package tells a learning system what was answered. */
const ASKS = /cmi\.interactions|cmi\.core\.score|cmi\.score\.|verbs\/(?:answered|passed|scored)/;

/** A page of the package, or a file of its own. */
export interface Content {
	name: string;
	isPage: boolean;
	/** What the manifest calls it; only what it begins with has that name. */
	title: string;
}

export interface Contents {
	/** In the order of the package. */
	list: Content[];
	/** Files whose scripts ask questions and tell a score. */
	asks: string[];
	programs: number;
	/** Files that may hold questions for the bank. */
	questions: string[];
}

/**
 * What of a package somebody can read, watch or listen to without running it: what its parts name, the pages
 * these lead to, and every document and recording.
 */
export async function contentsOf(
	archive: Archive,
	parts: readonly Part[],
	{ paths, report }: { paths: Paths; report: FileReport }
): Promise<Contents> {
	const found = new Map<string, Content>();
	const shown = new Set<string>();
	const contents: Contents = { list: [], asks: [], programs: 0, questions: [] };
	const add = (name: string, title = '') => {
		const known = found.get(name);
		if (known) return void (known.title ||= title);
		if (PAGE.test(name) || DOCUMENT.test(name) || RECORDING.test(name) || (title && PICTURE.test(name)))
			found.set(name, { name, title, isPage: PAGE.test(name) });
	};
	const follow = async (from: string) => {
		const waiting = [from];
		for (const page of waiting) {
			const text = await textOf(archive, page);
			if (ASKS.test(text)) contents.asks.push(page);
			for (const [, address] of text.matchAll(SHOWN)) shown.add(paths.find(dirname(page), address!) ?? '');
			for (const [, address] of text.matchAll(NAMED_PAGE)) {
				const other = paths.find(dirname(page), address!);
				if (!other || found.has(other) || waiting.includes(other)) continue;
				add(other);
				waiting.push(other);
			}
		}
	};
	const followed = new Set<string>();
	for (const { title, start, files } of parts) {
		if (start) add(start, title);
		for (const name of [start, ...files]) {
			if (!name || !PAGE.test(name) || followed.has(name)) continue;
			followed.add(name);
			add(name);
			await follow(name);
		}
		for (const name of files) add(name);
	}
	for (const name of archive.names) if (!found.has(name)) await judge(name);
	contents.list = [...found.values()];
	return contents;

	/** What no part names: documents and recordings count all the same, pages that nothing leads to do not. */
	async function judge(name: string): Promise<void> {
		if (
			/\.txt$/i.test(name) &&
			!/\.gift\.txt$/i.test(name) &&
			/(^|\/)(licen[cs]e|readme|version|changelog)[^/]*$/i.test(name)
		)
			return leaveOut(report, 'licences and notes for programmers');
		if (await holdsQuestions(archive, name)) return void contents.questions.push(name);
		if (DOCUMENT.test(name) || RECORDING.test(name)) return add(name);
		if (PROGRAM.test(name)) {
			contents.programs += 1;
			if (/\.m?js$/i.test(name) && ASKS.test(await textOf(archive, name))) contents.asks.push(name);
			return;
		}
		if (PAGE.test(name))
			return skip(report, { line: 0, what: name, reason: 'a page that no part and no other page leads to' });
		if (!PICTURE.test(name))
			return leaveOut(report, 'files for the browser or the learning system, such as styles and schemas');
		if (shown.has(name)) return;
		if (archive.bytes(name) >= PICTURE_BYTES) found.set(name, { name, title: '', isPage: false });
		else leaveOut(report, 'small pictures that no page shows: buttons and decoration');
	}
}

/** By its ending, or how it begins. */
async function holdsQuestions(archive: Archive, name: string): Promise<boolean> {
	if (/\.gift(\.txt)?$/i.test(name)) return true;
	if (!/\.xml$/i.test(name)) return false;
	try {
		for await (const chunk of (await archive.open(name)) as AsyncIterable<Buffer>)
			return /<quiz\b|<(?:\w+:)?(?:assessmentItem|qti-assessment-item)\b/.test(
				chunk.toString('latin1').replaceAll('\0', '')
			);
	} catch (error) {
		if (!(error instanceof Refused)) throw error;
	}
	return false;
}

/** What cannot be read is told when it is brought, not here. */
async function textOf(archive: Archive, name: string): Promise<string> {
	try {
		return await readText(archive, name, PAGE_BYTES);
	} catch (error) {
		if (error instanceof Refused) return '';
		throw error;
	}
}
