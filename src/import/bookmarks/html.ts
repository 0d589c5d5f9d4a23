import { Parser } from 'htmlparser2';
import { leaveOut, type FileReport } from '#src/core/import/report.ts';
import type { RawLink } from './raw.ts';

/** Names that say nothing of what lies in a folder: browsers give them to their own. */
const ownFolders =
	/^(bookmarks?( bar| menu| toolbar)?|favou?rites( bar)?|other (bookmarks|favorites)|mobile bookmarks|unsorted bookmarks|imported|toolbar|menu|lesezeichen(leiste)?)$/i;

interface Handlers {
	onopentag(name: string, attributes: Record<string, string>): void;
	ontext(words: string): void;
	onclosetag(name: string): void;
}

/** Open elements at most: no browser nests folders so deep, and each one costs all that come within it. */
const DEEPEST = 500;
class TooDeep extends Error {}

/** Reads a file from its beginning; what comes after elements without end within each other is left out. */
function walk(text: string, report: FileReport, { onopentag, ontext, onclosetag }: Handlers): void {
	let depth = 0;
	const parser = new Parser({
		onopentag(name, attributes) {
			if ((depth += 1) > DEEPEST) throw new TooDeep();
			onopentag(name, attributes);
		},
		ontext,
		onclosetag(name) {
			depth -= 1;
			onclosetag(name);
		}
	});
	try {
		parser.end(text);
	} catch (error) {
		if (!(error instanceof TooDeep)) throw error;
		leaveOut(report, 'what comes after folders that are nested without end');
	}
}

/** The file that browsers write: folders are lists, a description follows its link. */
export function netscape(text: string, report: FileReport): RawLink[] {
	const links: RawLink[] = [];
	const folders: string[] = [];
	let named = '';
	let reading: 'title' | 'folder' | 'note' | undefined;
	let privately = false;
	walk(text, report, {
		onopentag(name, attributes) {
			if (name !== 'p') reading = undefined;
			if (name === 'h3') [named, reading] = ['', 'folder'];
			else if (name === 'dl') folders.push(named.trim());
			else if (name === 'a') {
				privately = attributes.private === '1';
				if (privately) leaveOut(report, 'marked as private');
				else links.push(linkOf(attributes, folders.at(-1) ?? '', report));
				reading = 'title';
			} else if (name === 'dd') reading = 'note';
		},
		ontext(words) {
			const last = links.at(-1);
			if (reading === 'folder') named += words;
			else if (last && !privately && reading === 'title') last.title += words;
			else if (last && !privately && reading === 'note') last.note += words;
		},
		onclosetag(name) {
			if (name === 'a' || name === 'h3') reading = undefined;
			if (name === 'dl') folders.pop();
		}
	});
	return links.map((link) => ({ ...link, note: link.note?.trim() }));
}

function linkOf(attributes: Record<string, string>, folder: string, report: FileReport): RawLink {
	if (attributes.icon || attributes.icon_uri) leaveOut(report, 'small pictures of sites');
	if (attributes.shortcuturl) leaveOut(report, 'keywords of the address bar');
	return {
		...{ url: attributes.href ?? '', title: '', note: '', tags: (attributes.tags ?? '').split(',') },
		folder: ownFolders.test(folder) ? '' : folder,
		addedAt: secondsOf(attributes.add_date)
	};
}

/** Pocket's `ril_export.html`: two lists, what was to be read and what had been. */
export function pocketHtml(text: string, report: FileReport): RawLink[] {
	const links: RawLink[] = [];
	let inLink = false;
	walk(text, report, {
		onopentag(name, { href = '', time_added: added, tags = '' }) {
			inLink = name === 'a';
			if (inLink) links.push({ url: href, title: '', tags: tags.split(','), addedAt: secondsOf(added) });
		},
		ontext(words) {
			if (inLink) links.at(-1)!.title += words;
		},
		onclosetag: () => (inLink = false)
	});
	if (links.length > 0) leaveOut(report, 'whether it had been read', links.length);
	return links.map((link) => (link.title === link.url ? { ...link, title: '' } : link));
}

/** Browsers count seconds; some count microseconds. */
export function secondsOf(text: string | undefined): number | undefined {
	const value = Number(text);
	if (!text || !Number.isFinite(value)) return undefined;
	return value > 1e14 ? value / 1000 : value > 1e11 ? value : value * 1000;
}
