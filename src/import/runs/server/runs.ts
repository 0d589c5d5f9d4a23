import { allow, canWriteIn, isSteward } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { fileById } from '#src/core/files/server/read.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { Failure, invalid, notFound } from '#src/platform/server/errors.ts';
import { isId, newId } from '#src/platform/server/ids.ts';
import { enqueue } from '#src/platform/server/jobs.ts';
import type { BringKind } from '../../bring/kinds.ts';
import type { NewRun } from '../input.ts';
import type { ImportRun } from '../run.ts';

export const RUN_QUEUE = 'import.run';

/**
 * Begins an import that a worker carries out; the same file again while it runs is the same import.
 * @returns its id
 * @throws Failure forbidden except for stewards, and for a package except for members; invalid with `fileId` for a file of somebody else
 */
export async function beginRun(db: Db, viewer: Viewer, spaceId: string, input: NewRun): Promise<string> {
	if (!writersBring(input.kind)) mustSteward(viewer, spaceId);
	allow(
		canWriteIn(viewer, { spaceId }),
		writersBring(input.kind) ? 'Join the space to write in it.' : 'This space is archived.'
	);
	const kept = await ownFile(db, viewer, input);
	return db.transaction(async (tx) => {
		await tx.execute(sql`select 1 from space where id = ${spaceId} for update`);
		const under = await row<{ id: string }>(
			tx,
			sql`select id from import_run where space_id = ${spaceId} and file_id = ${kept.id} and kind = ${input.kind}
				and state in ('waiting', 'running')`
		);
		if (under) return under.id;
		const id = newId();
		await tx.execute(sql`insert into import_run (id, kind, space_id, person_id, file_id, file_name, name)
			values (${id}, ${input.kind}, ${spaceId}, ${viewer.id}, ${kept.id}, ${kept.name}, ${input.name})`);
		await enqueue(tx, RUN_QUEUE, { runId: id });
		return id;
	});
}

/** The imports of a space, the last first. @throws Failure forbidden except for stewards */
export async function runsOf(db: Db, viewer: Viewer, spaceId: string): Promise<ImportRun[]> {
	mustSteward(viewer, spaceId);
	return find(db, viewer, sql`r.space_id = ${spaceId}`);
}

/** The packages that the viewer has brought, the last first. */
export const packagesOf = (db: Db, viewer: Viewer): Promise<ImportRun[]> =>
	find(db, viewer, sql`r.person_id = ${viewer.id} and r.kind = 'package'`);

/** An import, for who began it and who looks after the space. @throws Failure not_found for all others */
export async function readRun(db: Db, viewer: Viewer, id: string): Promise<ImportRun> {
	const begun = isId(id)
		? await row<{ person_id: string; space_id: string }>(
				db,
				sql`select person_id, space_id from import_run where id = ${id}`
			)
		: undefined;
	if (!begun || (begun.person_id !== viewer.id && !isSteward(viewer, begun.space_id)))
		throw notFound('There is no such import, or it is not yours to see.');
	const [run] = await find(db, viewer, sql`r.id = ${id}`);
	return run!;
}

async function find(db: Db, viewer: Viewer, which: ReturnType<typeof sql>): Promise<ImportRun[]> {
	const found = await rows<ImportRun & { createdAt: string | Date; endedAt: string | Date | null }>(
		db,
		sql`select r.id, r.kind, r.file_name as "fileName", r.state, r.done, r.total, r.report, p.name as by,
				(select i.id from item i where i.id = r.made_id and ${visibleItems(viewer, 'i')}) as "madeId",
				r.created_at as "createdAt", r.ended_at as "endedAt"
			from import_run r join person p on p.id = r.person_id
			where ${which} order by r.created_at desc limit 20`
	);
	const moment = (at: string | Date) => new Date(at).toISOString();
	return found.map((run) => ({
		...run,
		createdAt: moment(run.createdAt),
		endedAt: run.endedAt === null ? null : moment(run.endedAt)
	}));
}

/** A package brings a check with its content, which whoever writes in a space may write one by one. */
export const writersBring = (kind: BringKind): boolean => kind === 'package';

function mustSteward(viewer: Viewer, spaceId: string): void {
	allow(isSteward(viewer, spaceId), 'The stewards of a space bring things into it as a whole.');
}

async function ownFile(db: Db, viewer: Viewer, { fileId, kind }: NewRun) {
	const found = await fileById(db, viewer, fileId).catch((error: unknown) => {
		if (error instanceof Failure && error.kind === 'not_found') return undefined;
		throw error;
	});
	if (found?.uploaderId !== viewer.id) throw invalid({ fileId: 'must be a file that you have uploaded' });
	const alone = kind === 'bookstack' && found.mime === 'text/html';
	if (found.mime !== 'application/zip' && !alone) throw invalid({ fileId: 'must be a ZIP' });
	return found;
}
