import { row, sql, type Db } from '#src/platform/server/db.ts';
import { emptyReport, type FileReport } from '#src/core/import/report.ts';

export interface Checkpoint {
	offset: number;
	line: number;
	finished: boolean;
	report: FileReport;
}

/** How far a file has come; from the start when it is new, or another size than then. */
export async function readCheckpoint(db: Db, source: string, file: string, bytes: number): Promise<Checkpoint> {
	const found = await row<{ byte_offset: string; line: string; finished: boolean; report: FileReport }>(
		db,
		sql`select byte_offset, line, finished, report from import_checkpoint
			where source = ${source} and file = ${file} and file_bytes = ${bytes}`
	);
	if (!found) return { offset: 0, line: 1, finished: false, report: emptyReport() };
	const report = typeof found.report === 'string' ? (JSON.parse(found.report) as FileReport) : found.report;
	return { offset: Number(found.byte_offset), line: Number(found.line), finished: found.finished, report };
}

export async function writeCheckpoint(
	tx: Db,
	source: string,
	file: string,
	bytes: number,
	{ offset, line, finished, report }: Checkpoint
): Promise<void> {
	await tx.execute(sql`insert into import_checkpoint (source, file, file_bytes, byte_offset, line, finished, report)
		values (${source}, ${file}, ${bytes}, ${offset}, ${line}, ${finished}, ${JSON.stringify(report)}::text::jsonb)
		on conflict (source, file) do update set file_bytes = excluded.file_bytes, byte_offset = excluded.byte_offset,
			line = excluded.line, finished = excluded.finished, report = excluded.report, updated_at = now()`);
}

/** Forgets the checkpoints of an import that came to its end, so the next run looks at everything anew. */
export async function clearCheckpoints(db: Db, source: string): Promise<void> {
	await db.execute(sql`delete from import_checkpoint where source = ${source}`);
}
