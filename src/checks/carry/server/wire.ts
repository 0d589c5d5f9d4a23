import { usesContents, usesFiles } from '#src/core/files/server/contents.ts';
import type { Db } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { doImport, IMPORT_QUEUE, shownByQuestion, waitsToBeRead } from './imports.ts';

/** One file at a time a process. */
export function wireCarry(db: Db): void {
	usesContents(waitsToBeRead);
	usesFiles(shownByQuestion);
	defineJob<{ importId: string }>(IMPORT_QUEUE, (job) => doImport(db, job), { batch: 1, expireInSeconds: 3600 });
}
