import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '#src/platform/server/config.ts';
import { change, skip, type FileReport } from '#src/core/import/report.ts';

export interface Tree {
	root: string;
	/** Paths of Markdown files from the root, with `/`, sorted. */
	pages: string[];
	/** All other files, for what pages show and link to. */
	others: Set<string>;
}

/** Folders that hold no text of their own. */
const PASSED_OVER = new Set(['node_modules', 'dist', 'build']);
const PAGE = /\.(md|mdx|markdown)$/i;

/** Looks through a folder. Symbolic links are not followed: they may lead in circles, or out of the folder. */
export function readTree(root: string, report: FileReport): Tree {
	if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) throw new StartError(`${root} is not a folder.`);
	const tree: Tree = { root, pages: [], others: new Set() };
	look(tree, '', report);
	tree.pages.sort();
	tellClashes(tree.pages, report);
	return tree;
}

function look(tree: Tree, folder: string, report: FileReport): void {
	for (const entry of readdirSync(join(tree.root, folder), { withFileTypes: true })) {
		const path = folder ? `${folder}/${entry.name}` : entry.name;
		if (entry.isSymbolicLink()) skip(report, { line: 0, what: path, reason: 'a symbolic link; not followed' });
		else if (entry.isDirectory()) {
			if (!entry.name.startsWith('.') && !PASSED_OVER.has(entry.name)) look(tree, path, report);
		} else if (!entry.isFile()) continue;
		else if (PAGE.test(entry.name)) tree.pages.push(path);
		else tree.others.add(path);
	}
}

function tellClashes(pages: string[], report: FileReport): void {
	const seen = new Map<string, string>();
	for (const path of pages) {
		const other = seen.get(path.toLowerCase());
		if (other) change(report, { line: 0, what: path, reason: `differs from ${other} in case only; both were taken` });
		seen.set(path.toLowerCase(), path);
	}
}
