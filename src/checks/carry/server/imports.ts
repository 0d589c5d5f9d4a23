import { createHash } from 'node:crypto';
import { and, desc, eq } from 'drizzle-orm';
import { loadViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { lockContent, putOnce } from '#src/core/files/server/store.ts';
import { emptyReport, reportLines, skippedCount, type FileReport } from '#src/core/import/report.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { Failure, invalid } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import { enqueue } from '#src/platform/server/jobs.ts';
import { withLocalCopy } from '#src/platform/server/local-copy.ts';
import { Unreadable } from '#src/platform/server/unreadable.ts';
import { bankOf } from '../../banks/server/banks.ts';
import type { ImportView } from '../import.ts';
import { bringQuestions } from './bring.ts';
import { questionImport } from './schema.ts';

export const IMPORT_QUEUE = 'questions.import';

/**
 * Keeps a file of questions for the worker, who reads it into the bank.
 * @param upload reads the file, once it is clear that the viewer may bring it
 * @returns the id of the import
 * @throws Failure not_found or forbidden; invalid with `file`
 */
export async function startImport(
	db: Db,
	viewer: Viewer,
	bankId: string,
	upload: () => Promise<{ name: string; content: Uint8Array }>
): Promise<string> {
	await bankOf(db, viewer, bankId);
	const { name, content } = await upload();
	if (content.byteLength === 0) throw invalid({ file: 'This file is empty.' });
	const sha256 = createHash('sha256').update(content).digest('hex');
	await putOnce(sha256, content);
	const id = newId();
	await db.transaction(async (tx) => {
		await lockContent(tx, sha256);
		await tx.insert(questionImport).values({ id, bankId, personId: viewer.id, name: nameOf(name), sha256 });
		await enqueue(tx, IMPORT_QUEUE, { importId: id });
	});
	return id;
}

const nameOf = (given: string) => given.replace(/\p{C}/gu, '').split(/[\\/]/).pop()!.slice(-200) || 'file';

/** Reads what waits; done again it doubles nothing. */
export async function doImport(db: Db, { importId }: { importId: string }): Promise<void> {
	const [waiting] = await db
		.select()
		.from(questionImport)
		.where(and(eq(questionImport.id, importId), eq(questionImport.state, 'waiting')));
	if (!waiting) return;
	const tell = (report: FileReport) => save(db, importId, { report });
	try {
		const viewer = await loadViewer(db, waiting.personId);
		if (!viewer) throw new Unreadable('Whoever brought it has left.');
		const { format, report } = await withLocalCopy(waiting.sha256, (path) =>
			bringQuestions(db, viewer, waiting.bankId, { path, name: waiting.name, tell })
		);
		await save(db, importId, { state: 'done', format, report, finishedAt: new Date() });
	} catch (error) {
		if (!(error instanceof Unreadable) && !(error instanceof Failure)) throw error;
		await save(db, importId, { state: 'failed', failure: error.message, finishedAt: new Date() });
	}
}

const save = async (db: Db, id: string, change: Partial<typeof questionImport.$inferInsert>): Promise<void> => {
	await db.update(questionImport).set(change).where(eq(questionImport.id, id));
};

/** The last imports of a bank, the newest first. @throws Failure not_found or forbidden */
export async function listImports(db: Db, viewer: Viewer, bankId: string): Promise<ImportView[]> {
	await bankOf(db, viewer, bankId);
	const found = await db
		.select()
		.from(questionImport)
		.where(eq(questionImport.bankId, bankId))
		.orderBy(desc(questionImport.id))
		.limit(20);
	return found.map(({ id, name, state, report, failure, createdAt }) => {
		const told = report ?? emptyReport();
		return {
			...{ id, name, state, failure, createdAt: createdAt.toISOString() },
			...{ read: told.read, written: told.written, present: told.present, skipped: skippedCount(told) },
			lines: state === 'done' ? reportLines(name, told) : []
		};
	});
}

/** A content that waits to be read stays in the store. */
export const waitsToBeRead = (key: ReturnType<typeof sql>) =>
	sql`exists (select 1 from question_import q where q.sha256 = ${key} and q.state = 'waiting')`;

/** A file that a question shows stays, also where no check draws from its bank yet. */
export const shownByQuestion = (id: ReturnType<typeof sql>) =>
	sql`exists (select 1 from bank_question_version v where v.content::text like '%' || ${id} || '%')`;
