import { leaveOut, type FileReport } from '#src/core/import/report.ts';
import type { RawLink } from './raw.ts';

type Thing = Record<string, unknown>;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const list = (value: unknown): Thing[] =>
	Array.isArray(value) ? value.filter((one): one is Thing => typeof one === 'object' && one !== null) : [];

/** Karakeep (once Hoarder): one list of bookmarks, which are links, texts or files. */
export function karakeep(given: Thing, report: FileReport): RawLink[] {
	if (list(given.lists).length > 0) leaveOut(report, 'lists', list(given.lists).length);
	return list(given.bookmarks).flatMap((bookmark) => {
		const content = (bookmark.content ?? {}) as Thing;
		if (content.type !== 'link') {
			leaveOut(report, content.type === 'text' ? 'notes without a link' : 'files and what has no content');
			return [];
		}
		if (bookmark.archived === true) leaveOut(report, 'whether it had been put away');
		const tags = Array.isArray(bookmark.tags) ? bookmark.tags.map(nameOf) : [];
		const { createdAt } = bookmark;
		return {
			...{ url: text(content.url), title: text(bookmark.title), note: text(bookmark.note), tags },
			addedAt: typeof createdAt === 'number' ? createdAt * (createdAt > 1e11 ? 1 : 1000) : text(createdAt)
		};
	});
}

/** Linkwarden: collections with their links. */
export function linkwarden(given: Thing, report: FileReport): RawLink[] {
	return list(given.collections).flatMap((collection) =>
		list(collection.links).flatMap((link) => {
			if (!text(link.url)) {
				leaveOut(report, 'uploaded files');
				return [];
			}
			const marked = list(link.highlights).length;
			if (marked > 0) leaveOut(report, 'marked passages', marked);
			if (text(link.textContent)) leaveOut(report, 'kept copies of pages, which are read anew');
			return {
				...{ url: text(link.url), title: text(link.name), note: text(link.description) },
				tags: Array.isArray(link.tags) ? link.tags.map(nameOf) : [],
				folder: /^unorganized$/i.test(text(collection.name)) ? '' : text(collection.name),
				addedAt: text(link.importDate) || text(link.createdAt)
			};
		})
	);
}

/** A tag is a word, or a thing that has a name. */
const nameOf = (tag: unknown): string => (typeof tag === 'string' ? tag : text((tag as Thing | null)?.name));
