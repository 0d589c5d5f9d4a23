import { Parser } from 'htmlparser2';
import { leaveOut, type FileReport } from '../report.ts';
import type { RawLink } from './raw.ts';

/** Names that say nothing of what lies in a folder: browsers give them to their own. */
const ownFolders =
	/^(bookmarks?( bar| menu| toolbar)?|favou?rites( bar)?|other (bookmarks|favorites)|mobile bookmarks|unsorted bookmarks|imported|toolbar|menu|lesezeichen(leiste)?)$/i;

/** The file that browsers write: folders are lists, a description follows its link. */
export function netscape(text: string, report: FileReport): RawLink[] {
	const links: RawLink[] = [];
	const folders: string[] = [];
	let named = '';
	let reading: 'title' | 'folder' | 'note' | undefined;
	let privately = false;
	const parser = new Parser({
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
	parser.end(text);
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
	const parser = new Parser({
		onopentag(name, { href = '', time_added: added, tags = '' }) {
			inLink = name === 'a';
			if (inLink) links.push({ url: href, title: '', tags: tags.split(','), addedAt: secondsOf(added) });
		},
		ontext(words) {
			if (inLink) links.at(-1)!.title += words;
		},
		onclosetag: () => (inLink = false)
	});
	parser.end(text);
	if (links.length > 0) leaveOut(report, 'whether it had been read', links.length);
	return links.map((link) => (link.title === link.url ? { ...link, title: '' } : link));
}

/** Browsers count seconds; some count microseconds. */
export function secondsOf(text: string | undefined): number | undefined {
	const value = Number(text);
	if (!text || !Number.isFinite(value)) return undefined;
	return value > 1e14 ? value / 1000 : value > 1e11 ? value : value * 1000;
}
