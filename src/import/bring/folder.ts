import { basename, dirname } from 'node:path/posix';
import { readDocument } from '../markdown/document.ts';
import { targetOf } from '../markdown/links.ts';
import type { FileReport } from '#src/core/import/report.ts';
import { readText, type Archive } from './archive.ts';
import type { Plan, PlannedCollection } from './plan.ts';

const TEXT_BYTES = 1_000_000;
const PAGE = /\.(md|mdx|markdown)$/i;

/** A folder as it is: Markdown becomes pages, every other file a resource, each folder a collection. */
export function readFolder(archive: Archive, report: FileReport, called: string): Promise<Plan> {
	const isPage = (name: string) => PAGE.test(name) && archive.bytes(name) <= TEXT_BYTES;
	const pages = archive.names.filter(isPage);
	const known = new Set(pages);
	return Promise.resolve({
		name: called,
		pages: pages.map((name) => ({
			...{ ref: name, title: name, tags: [], attached: [] },
			async read() {
				const { title, bodyMd, tags, writtenAt } = await readDocument(
					name,
					await readText(archive, name, TEXT_BYTES, report),
					report
				);
				return { title, markdown: bodyMd, tags, at: writtenAt ?? archive.changedAt(name)?.toISOString() };
			}
		})),
		files: archive.names
			.filter((name) => !isPage(name))
			.map((name) => ({ ref: name, name, called: basename(name), title: titleOf(name), tags: [] })),
		links: [],
		collections: foldersOf(archive.names, called),
		resolve(page, address) {
			const target = targetOf(page, address, {
				page: (path) => (known.has(path) ? path : undefined),
				file: (path) => archive.has(path) && !known.has(path)
			});
			if ('page' in target) return { ref: target.page };
			return 'file' in target ? { ref: target.file } : undefined;
		}
	});
}

/** Each folder with what is in it: its files first, then the folders within. The outermost is named like the whole. */
function foldersOf(names: string[], called: string): PlannedCollection[] {
	const folders = new Map<string, PlannedCollection>();
	const at = (path: string): PlannedCollection => {
		const found = folders.get(path);
		if (found) return found;
		const title = path === '.' ? called : path.split('/').map(words).join(' / ');
		const made: PlannedCollection = { ref: `${path}/`, title, tags: [], entries: [] };
		folders.set(path, made);
		if (path !== '.') at(dirname(path)).entries.push(made.ref);
		return made;
	};
	at('.');
	for (const name of names) at(dirname(name)).entries.push(name);
	for (const { entries } of folders.values())
		entries.sort((one, other) => Number(one.endsWith('/')) - Number(other.endsWith('/')));
	return [...folders.values()];
}

const words = (name: string) =>
	name
		.replace(/^\d+[-_. ]+(?=\D)/, '')
		.replace(/_+/g, ' ')
		.trim() || name;

/** `closing-the till.mp4` is "Closing the till". */
export function titleOf(name: string): string {
	const stem = basename(name)
		.replace(/\.[^.]+$/, '')
		.replace(/[-_]+/g, ' ')
		.trim();
	return stem ? stem.charAt(0).toUpperCase() + stem.slice(1) : basename(name);
}
