import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';
import { invalid } from '#src/platform/server/errors.ts';
import { incomingFolder } from '#src/platform/server/files.ts';
import { newId } from '#src/platform/server/ids.ts';
import { cleanLine } from '#src/core/import/clean.ts';
import { emptyReport, reportLines, skip, type FileReport } from '#src/core/import/report.ts';
import { readPackage } from '../packages/read.ts';
import { openArchive, Refused, unpack, type Archive } from './archive.ts';
import { readBookstack } from './bookstack/portable.ts';
import { readConfluence } from './confluence/html.ts';
import { readFolder } from './folder.ts';
import type { BringKind } from './kinds.ts';
import type { Plan, PlannedCheck, Reader, Shelf } from './plan.ts';
import { bring } from './run.ts';
import type { BringResult } from './state.ts';

const readers: Record<BringKind, Reader> = {
	...{ folder: readFolder, bookstack: readBookstack, confluence: readConfluence, package: readPackage }
};

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
	/** The check that was made of it. */
	madeId?: string;
}

/**
 * Brings a folder, an export of BookStack or Confluence, or a SCORM or cmi5 package into a space.
 * @throws Failure invalid with `file` for what is no such thing
 */
export async function importArchive(db: Db, input: ArchiveImport): Promise<ArchiveResult> {
	const { kind, path, spaceId, author, name } = input;
	const called = cleanLine(input.called ?? basename(path), 100).replace(/\.(zip|html?)$/i, '');
	const report = emptyReport();
	const archive = await openArchive(path, called, report);
	let plan: Plan | undefined;
	try {
		plan = await readers[kind](archive, report, called);
		// The same export may be brought into several spaces; whoever may write brings packages, each their own.
		const source = `${kind}:${name ?? plan.name}@${spaceId}${kind === 'package' ? `/${author.id}` : ''}`;
		const result = await bring(db, { ...input, archive, plan, report, source });
		const made =
			plan.check && !result.stopped
				? await makeCheck(db, input, { archive, report, source, check: plan.check, result })
				: undefined;
		const lines = [
			...(plan.check?.told() ?? []),
			...linesOf(plan.check?.title ?? plan.name, report, result),
			...(made?.lines ?? [])
		];
		return { ...result, report, madeId: made?.id, lines };
	} finally {
		await plan?.close?.();
		archive.close();
	}
}

interface Making {
	archive: Archive;
	report: FileReport;
	source: string;
	check: PlannedCheck;
	result: BringResult;
}

async function makeCheck(
	db: Db,
	{ path, author, spaceId, shelf }: ArchiveImport,
	{ archive, report, source, check, result }: Making
) {
	const { title, text, contentMinutes } = check;
	const content = check.entries.flatMap((ref) => result.ids.get(ref) ?? []);
	if (content.length === 0 && check.questions.length === 0)
		throw invalid({
			file: `holds nothing that can be read without running its scripts, so no check was made of it. ${[...check.told(), ...reportLines(title, report)].join(' ')}`
		});
	const questions = check.questions === 'all' ? wholeOf(path) : unpacked(archive, check.questions, report);
	return shelf.keepCheck(db, author, { ...{ title, text, contentMinutes, spaceId, source, content }, questions });
}

async function* wholeOf(path: string) {
	yield { name: basename(path), path };
}

/** Writes the files to disk, one at a time. */
async function* unpacked(archive: Archive, names: readonly string[], report: FileReport) {
	for (const name of names) {
		const path = join(incomingFolder(), `questions-${newId()}`);
		try {
			await unpack(archive, name, path, QUESTION_BYTES);
			yield { name, path };
		} catch (error) {
			if (!(error instanceof Refused)) throw error;
			skip(report, { line: 0, what: name, reason: error.message });
		} finally {
			await rm(path, { force: true });
		}
	}
}
const QUESTION_BYTES = 50_000_000;

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
