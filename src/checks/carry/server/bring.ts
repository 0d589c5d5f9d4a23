import type { Viewer } from '#src/core/access/server/viewer.ts';
import { change, emptyReport, skip, type FileReport } from '#src/core/import/report.ts';
import type { Db } from '#src/platform/server/db.ts';
import { Unreadable } from '#src/platform/server/unreadable.ts';
import { bankOf } from '../../banks/server/banks.ts';
import { questionContent } from '../../question.ts';
import { NotCarried, type Carried } from './carried.ts';
import { openQuestions } from './formats.ts';
import { MediaKeeper } from './media.ts';
import { patternFlaw } from './patterns.ts';
import { writeBatch, type Ready } from './write.ts';

export interface Brought {
	format: string;
	report: FileReport;
}

export interface Bringing {
	path: string;
	/** As whoever brings it calls it: the ending tells what words alone do not. */
	name: string;
	/** After each batch, how far it is. */
	tell?(report: FileReport): Promise<void> | void;
}

const BATCH = 100;

/**
 * Brings the questions of a file into a bank, a batch at a time: memory does not grow with the file, a mistake
 * costs itself only, and the same file again doubles nothing.
 * @throws Unreadable for what is no file of questions; Failure for who may not write in the bank
 */
export async function bringQuestions(
	db: Db,
	viewer: Viewer,
	bankId: string,
	{ path, name, tell }: Bringing
): Promise<Brought> {
	const bank = await bankOf(db, viewer, bankId);
	const report = emptyReport();
	const { format, questions, close } = await openQuestions({ path, name }, report);
	const media = new MediaKeeper(db, viewer, report);
	let batch: Ready[] = [];
	const flush = async () => {
		const now = batch;
		batch = [];
		if (now.length > 0)
			await db.transaction((tx) => writeBatch(tx, viewer, bank, { source: format, batch: now, report }));
		await tell?.(report);
	};
	try {
		for await (const carried of questions) {
			const ready = await settle(carried, viewer, media, report);
			if (ready) batch.push(ready);
			if (batch.length >= BATCH) await flush();
		}
	} catch (error) {
		if (!(error instanceof Unreadable)) throw error;
		if (report.read === 0) throw error;
		skip(report, { line: 0, reason: `what comes after question ${report.read}: ${error.message}` });
	} finally {
		close?.();
	}
	await flush();
	return { format, report };
}

/** Its files kept, its content as this house takes it; or nothing, and why. */
async function settle(
	carried: Carried,
	viewer: Viewer,
	media: MediaKeeper,
	report: FileReport
): Promise<Ready | undefined> {
	const { id, line, what, objective } = carried;
	try {
		const draft = await media.settle(carried);
		const flaw = patternFlaw(draft);
		if (flaw) throw new NotCarried(flaw);
		const content = draft.type === 'show' ? { ...draft, reviewerId: viewer.id } : draft;
		if (draft.type === 'show') change(report, { line, what, reason: 'you are its reviewer until another is chosen' });
		const read = questionContent.safeParse(content);
		if (read.success) return { id, line, what, objective, content: read.data };
		const [issue] = read.error.issues;
		throw new NotCarried(`${issue!.path.join('.')} ${issue!.message}`.trim());
	} catch (error) {
		if (!(error instanceof NotCarried)) throw error;
		skip(report, { line, what, reason: error.message });
		return undefined;
	}
}
