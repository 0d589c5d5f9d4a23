import { allow, isAdmin } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { invalid, tooMany } from '#src/platform/server/errors.ts';
import type { FileLimitsInput } from '../input.ts';
import { inWords } from '../size.ts';
import { fileLimit } from './schema.ts';

export interface FileLimits {
	/** The largest single file. */
	fileBytes: number;
	/** What one person may keep; null without a limit. */
	personBytes: number | null;
	/** What all may keep together; null without a limit. */
	allBytes: number | null;
}

const AN_HOUR = 300;

export async function fileLimits(db: Db): Promise<FileLimits> {
	const [found] = await db.select().from(fileLimit);
	const { fileBytes, personBytes, allBytes } = found!;
	return { fileBytes, personBytes, allBytes };
}

const [MEGABYTE, GIGABYTE] = [1024 ** 2, 1024 ** 3];

/** What may be kept, and what is. @throws Failure forbidden except for admins */
export async function readFileLimits(db: Db, viewer: Viewer): Promise<FileLimitsInput & { keptBytes: number }> {
	allow(isAdmin(viewer), ADMINS);
	const { fileBytes, personBytes, allBytes } = await fileLimits(db);
	const gigabytes = (bytes: number | null) => bytes && bytes / GIGABYTE;
	return {
		fileMegabytes: fileBytes / MEGABYTE,
		personGigabytes: gigabytes(personBytes),
		allGigabytes: gigabytes(allBytes),
		keptBytes: (await usage(db, viewer)).all
	};
}

/** Sets what may be kept. Nothing that is kept already goes. @throws Failure forbidden except for admins */
export async function setFileLimits(db: Db, viewer: Viewer, limits: FileLimitsInput): Promise<void> {
	allow(isAdmin(viewer), ADMINS);
	const bytes = (gigabytes: number | null) => gigabytes && Math.round(gigabytes * GIGABYTE);
	const { fileMegabytes, personGigabytes, allGigabytes } = limits;
	await db.update(fileLimit).set({
		fileBytes: fileMegabytes * MEGABYTE,
		personBytes: bytes(personGigabytes),
		allBytes: bytes(allGigabytes)
	});
}

const ADMINS = 'Administrators decide how much may be kept.';

export interface Usage {
	own: number;
	all: number;
}

/** How many bytes are kept: of one's own files, and of everybody's where the same content counts once. */
export async function usage(db: Db, viewer: Viewer): Promise<Usage> {
	const found = await row<Usage>(
		db,
		sql`select
			(select coalesce(sum(bytes), 0)::float8 from file where uploader_id = ${viewer.id})
				+ (select coalesce(sum(bytes), 0)::float8 from upload where person_id = ${viewer.id} and file_id is null) as own,
			(select coalesce(sum(bytes), 0)::float8 from (select max(bytes) as bytes from file group by sha256) once)
				+ (select coalesce(sum(bytes), 0)::float8 from upload where file_id is null) as all`
	);
	return found!;
}

/**
 * Whether a new file of this size may come. Of one person it is asked one at a time, so
 * that two uploads at once do not share the last room.
 * @param options rate: false for an import, which brings many at once
 * @throws Failure invalid with `file` and what to do; too_many above 300 an hour
 */
export async function checkRoom(tx: Db, viewer: Viewer, bytes: number, { rate = true } = {}): Promise<void> {
	await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`files of ${viewer.id}`}, 0))`);
	const { fileBytes, personBytes, allBytes } = await fileLimits(tx);
	if (bytes > fileBytes) throw invalid({ file: `This file is too large: ${inWords(fileBytes)} at most.` });
	if (rate) await checkRate(tx, viewer);
	if (personBytes === null && allBytes === null) return;
	const { own, all } = await usage(tx, viewer);
	if (personBytes !== null && own + bytes > personBytes)
		throw invalid({
			file: `You have ${inWords(Math.max(0, personBytes - own))} left of your ${inWords(personBytes)}. Remove files you no longer need, or ask your administrator for more.`
		});
	if (allBytes !== null && all + bytes > allBytes)
		throw invalid({ file: 'There is no room left for files. Tell your administrator; your text is kept.' });
}

async function checkRate(tx: Db, viewer: Viewer): Promise<void> {
	const found = await row<{ n: number }>(
		tx,
		sql`select (select count(*)::int from file where uploader_id = ${viewer.id} and created_at > now() - interval '1 hour')
			+ (select count(*)::int from upload where person_id = ${viewer.id} and file_id is null and created_at > now() - interval '1 hour') as n`
	);
	if (found!.n >= AN_HOUR) throw tooMany('That are many files in one hour. Go on a little later.', 3600);
}
