import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { loadViewer } from '#src/core/access/server/viewer.ts';
import { canWriteIn, isSteward } from '#src/core/access/server/policy.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { Failure } from '#src/platform/server/errors.ts';
import { files, incomingFolder } from '#src/platform/server/files.ts';
import { defineJob, enqueue } from '#src/platform/server/jobs.ts';
import { importArchive } from '../../bring/import.ts';
import type { BringKind } from '../../bring/kinds.ts';
import type { Shelf } from '../../bring/plan.ts';
import { RUN_QUEUE, writersBring } from './runs.ts';

/** A job is taken for dead after an hour: a longer import stops before, and goes on in another. */
const STRETCH_MS = 50 * 60_000;
const JOB_SECONDS = 3600;
const TELL_MS = 1000;

/** Carries out the imports that stewards begin. @param shelf where what is brought is put */
export function wireImport(db: Db, shelf: Shelf): void {
	defineJob<{ runId: string }>(RUN_QUEUE, ({ runId }) => carryOut(db, shelf, runId), {
		...{ batch: 1, retryLimit: 3, expireInSeconds: JOB_SECONDS }
	});
}

interface Begun {
	kind: BringKind;
	space_id: string;
	person_id: string;
	file_name: string;
	name: string;
	sha256: string | null;
}

/** Again after it was cut off, it goes on: what is there already is left alone. */
export async function carryOut(db: Db, shelf: Shelf, runId: string): Promise<void> {
	const begun = await row<Begun>(
		db,
		sql`update import_run r set state = 'running' where id = ${runId} and state in ('waiting', 'running')
			returning kind, space_id, person_id, file_name, name, (select sha256 from file f where f.id = r.file_id) as sha256`
	);
	if (!begun) return;
	try {
		const stopped = await run(db, shelf, runId, begun);
		if (stopped) await db.transaction((tx) => enqueue(tx, RUN_QUEUE, { runId }));
	} catch (error) {
		if (!(error instanceof Failure) || error.kind === 'unavailable') throw error;
		await end(db, runId, 'failed', error.fields.file ? `The file ${error.fields.file}.` : error.message);
	}
}

async function run(db: Db, shelf: Shelf, runId: string, begun: Begun): Promise<boolean> {
	const author = await loadViewer(db, begun.person_id);
	const { kind, space_id: spaceId } = begun;
	if (!author || !(writersBring(kind) ? canWriteIn(author, { spaceId }) : isSteward(author, spaceId)))
		throw new Failure('forbidden', 'Who began this may not bring it into the space any more.');
	if (!begun.sha256) throw new Failure('not_found', 'The file is not there any more. Upload it again.');
	const path = join(incomingFolder(), `import-${runId}.zip`);
	try {
		await pipeline(await files().get(begun.sha256), createWriteStream(path));
		let told = 0;
		const {
			lines,
			stopped,
			madeId = null
		} = await importArchive(db, {
			...{ kind, path, called: begun.file_name, name: begun.name || undefined, spaceId },
			...{ author, shelf, signal: AbortSignal.timeout(STRETCH_MS) },
			async onProgress(done, total) {
				if (Date.now() - told < TELL_MS) return;
				told = Date.now();
				await db.execute(sql`update import_run set done = ${done}, total = ${total} where id = ${runId}`);
			}
		});
		if (!stopped) {
			await db.execute(sql`update import_run set made_id = ${madeId} where id = ${runId}`);
			await end(db, runId, 'done', lines.join('\n'));
		}
		return stopped;
	} finally {
		await rm(path, { force: true });
	}
}

const end = (db: Db, runId: string, state: 'done' | 'failed', report: string) =>
	db.execute(
		sql`update import_run set state = ${state}, report = ${report.slice(0, 100_000)}, ended_at = now() where id = ${runId}`
	);
