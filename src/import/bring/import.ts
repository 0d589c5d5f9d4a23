import { basename } from 'node:path';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';
import { cleanLine } from '#src/core/import/clean.ts';
import { emptyReport, reportLines, type FileReport } from '#src/core/import/report.ts';
import { openArchive } from './archive.ts';
import { readBookstack } from './bookstack/portable.ts';
import { readConfluence } from './confluence/html.ts';
import { readFolder } from './folder.ts';
import type { BringKind } from './kinds.ts';
import type { Plan, Reader, Shelf } from './plan.ts';
import { bring } from './run.ts';
import type { BringResult } from './state.ts';

const readers: Record<BringKind, Reader> = { folder: readFolder, bookstack: readBookstack, confluence: readConfluence };

export interface ArchiveImport {
	kind: BringKind;
	/** A folder on disk, or a ZIP. */
	path: string;
	/** What it is called, where the path does not tell. */
	called?: string;
	/** What the things are said to come from; by default the name of the book, the space or the folder. */
	name?: string;
	spaceId: string;
	author: Viewer;
	shelf: Shelf;
	signal?: AbortSignal;
	onProgress?(done: number, total: number): Promise<void> | void;
}

export interface ArchiveResult extends BringResult {
	report: FileReport;
	/** The report in words. */
	lines: string[];
}

/**
 * Brings a folder, or an export of BookStack or Confluence, into a space.
 * @throws Failure invalid with `file` for what is no such thing
 */
export async function importArchive(db: Db, input: ArchiveImport): Promise<ArchiveResult> {
	const { kind, path, spaceId, name } = input;
	const called = cleanLine(input.called ?? basename(path), 100).replace(/\.(zip|html?)$/i, '');
	const report = emptyReport();
	const archive = await openArchive(path, report);
	let plan: Plan | undefined;
	try {
		plan = await readers[kind](archive, report, called);
		// The same export may be brought into several spaces.
		const source = `${kind}:${name ?? plan.name}@${spaceId}`;
		const result = await bring(db, { ...input, archive, plan, report, source });
		return { ...result, report, lines: linesOf(plan.name, report, result) };
	} finally {
		await plan?.close?.();
		archive.close();
	}
}

function linesOf(name: string, report: FileReport, { updated, unchanged, vanished, stopped }: BringResult): string[] {
	const lines = [...reportLines(name, report), `${updated} updated, ${unchanged} unchanged`];
	if (vanished.length > 0) {
		const more = vanished.length > 20 ? ' …' : '';
		lines.push(
			`${vanished.length} brought before and not there any more; they stay: ${vanished.slice(0, 20).join(', ')}${more}`
		);
	}
	if (stopped) lines.push('Stopped before the end. Again, it goes on from here.');
	return lines;
}
