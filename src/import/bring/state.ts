import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { FileReport } from '#src/core/import/report.ts';
import type { Db } from '#src/platform/server/db.ts';
import type { Archive } from './archive.ts';
import type { Plan, PlannedFile, Shelf } from './plan.ts';

export interface BringInput {
	archive: Archive;
	plan: Plan;
	report: FileReport;
	/** What the things are said to come from: `bookstack:Handbook`. */
	source: string;
	spaceId: string;
	/** Who shares them here. */
	author: Viewer;
	shelf: Shelf;
	signal?: AbortSignal;
	onProgress?(done: number, total: number): Promise<void> | void;
}

export interface BringResult {
	updated: number;
	unchanged: number;
	/** Titles of what was brought before and is not there any more. */
	vanished: string[];
	stopped: boolean;
	/** What stands here of it: the id of each by its ref. */
	ids: ReadonlyMap<string, string>;
}

/** What an earlier import wrote. */
export interface Known {
	id: string;
	ref: string;
	title: string;
	version: number;
	state: string;
	hash: string | null;
	imported: number | null;
}

/** What the parts of an import share while it runs. */
export interface State extends BringInput {
	db: Db;
	/** By ref. */
	known: Map<string, Known>;
	/** The id of each thing by its ref, also of those that are still to be written: they name each other. */
	ids: Map<string, { id: string; address: string }>;
	/** The files of the plan by their ref. */
	files: Map<string, PlannedFile>;
	result: BringResult;
}
