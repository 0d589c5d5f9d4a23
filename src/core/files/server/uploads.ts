import { open, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { and, eq } from 'drizzle-orm';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid, notFound } from '#src/platform/server/errors.ts';
import { isId, newId } from '#src/platform/server/ids.ts';
import { append, forget, hashOfAll, placeOf } from './incoming.ts';
import { checkRoom } from './limits.ts';
import { file, upload } from './schema.ts';
import { storeIncoming, type FileRow } from './store.ts';

/** An upload under way: how far it has come, and what became of it. */
export interface UploadState {
	id: string;
	name: string;
	bytes: number;
	offset: number;
	file: FileRow | undefined;
}

export const UPLOAD_DAYS = 2;
/** Who writes says that it is alive in this rhythm. */
const HOLD_MS = 20_000;

/**
 * Begins the upload of a file of any kind.
 * @returns its id
 * @throws Failure invalid with `file` when there is no room for it; too_many
 */
export async function beginUpload(
	db: Db,
	viewer: Viewer,
	{ name, bytes }: { name: string; bytes: number }
): Promise<string> {
	if (bytes < 1) throw invalid({ file: 'This file is empty.' });
	if (name.length > 400) throw invalid({ file: 'This name is too long: 400 letters at most.' });
	const id = newId();
	await db.transaction(async (tx) => {
		await checkRoom(tx, viewer, bytes);
		await tx.insert(upload).values({ id, personId: viewer.id, name: name.replaceAll('\0', '') || 'file', bytes });
	});
	await (await open(placeOf(id), 'w')).close();
	return id;
}

/** How far an upload of the viewer has come. @throws Failure not_found */
export async function uploadState(db: Db, viewer: Viewer, id: string): Promise<UploadState> {
	const [found] = isId(id)
		? await db
				.select({ name: upload.name, bytes: upload.bytes, file })
				.from(upload)
				.leftJoin(file, eq(file.id, upload.fileId))
				.where(and(eq(upload.id, id), eq(upload.personId, viewer.id)))
		: [];
	if (!found) throw notFound('There is no such upload, or it has expired.');
	const { name, bytes } = found;
	if (found.file) return { id, name, bytes, offset: bytes, file: found.file };
	const offset = await stat(placeOf(id)).then(
		({ size }) => size,
		() => undefined
	);
	if (offset === undefined) throw notFound('There is no such upload, or it has expired.');
	return { id, name, bytes, offset, file: undefined };
}

interface Part {
	/** Where the bytes belong. */
	offset: number;
	body: AsyncIterable<Uint8Array> | null;
	/** The end of the body is the end of the file, which had been said to be at most as long. */
	isAll?: boolean;
}

/**
 * Takes the next bytes of an upload; what has come stays when the connection breaks off.
 * With the last byte the file is kept. Where that fails for the moment, no bytes more try it again.
 * @throws Failure conflict when the bytes do not go on from where the upload stands, or
 * another request is writing; invalid when the disk or the quota is full, or the file is
 * none that may be kept; unavailable
 */
export async function receive(
	db: Db,
	viewer: Viewer,
	id: string,
	{ offset, body, isAll = false }: Part
): Promise<UploadState> {
	await uploadState(db, viewer, id);
	const release = await takeOver(db, id);
	const stop = new AbortController();
	writers.set(id, stop);
	try {
		const before = await uploadState(db, viewer, id);
		if (before.offset !== offset) throw conflict(`The upload stands at ${before.offset}.`, { offset: before.offset });
		if (before.file) return before;
		if (body) await append(before, body, { mustBeWhole: isAll, signal: stop.signal });
		if (isAll) await settleSize(db, id);
		const after = await uploadState(db, viewer, id);
		return after.offset === after.bytes ? await finish(db, viewer, after) : after;
	} finally {
		if (writers.get(id) === stop) writers.delete(id);
		await release();
	}
}

/** Removes an upload that is not wanted any more; a file that was kept already stays until the sweep. */
export async function abandonUpload(db: Db, viewer: Viewer, id: string): Promise<void> {
	await uploadState(db, viewer, id);
	await db.delete(upload).where(eq(upload.id, id));
	await forget(id);
}

/** Removes uploads that were not finished in time. @returns how many */
export async function sweepUploads(db: Db): Promise<number> {
	const old = await rows<{ id: string }>(
		db,
		sql`delete from upload where created_at < now() - make_interval(days => ${UPLOAD_DAYS}) and held_until < now() returning id`
	);
	for (const { id } of old) await forget(id);
	return old.length;
}

/** The requests of this process that write now. */
const writers = new Map<string, AbortController>();

/**
 * One request at a time writes. A new one of the same upload says that the connection of
 * the one before is lost, whether the network has noticed or not: that one ends first.
 */
async function takeOver(db: Db, id: string): Promise<() => Promise<void>> {
	for (let tries = 0; tries < 20; tries += 1) {
		writers.get(id)?.abort();
		const release = await hold(db, id);
		if (release) return release;
		// None here: it is another process that writes, or one here that has only just begun.
		if (!writers.has(id) && tries > 3) break;
		await sleep(50);
	}
	throw conflict('Another request is writing this upload. Wait a moment.', { busy: true });
}

/** One that died in another process without a word is waited for no longer than its hold. */
async function hold(db: Db, id: string): Promise<(() => Promise<void>) | undefined> {
	const holder = newId();
	const until = sql`now() + ${`${(2 * HOLD_MS) / 1000} seconds`}::interval`;
	const taken = await row(
		db,
		sql`update upload set held_by = ${holder}, held_until = ${until} where id = ${id} and held_until <= now() returning id`
	);
	if (!taken) return undefined;
	const prolong = setInterval(() => {
		db.execute(sql`update upload set held_until = ${until} where id = ${id} and held_by = ${holder}`).catch(() => {});
	}, HOLD_MS);
	return async () => {
		clearInterval(prolong);
		await db.execute(sql`update upload set held_until = now() where id = ${id} and held_by = ${holder}`);
	};
}

/** What came is all there is. @throws Failure invalid when that is nothing */
async function settleSize(db: Db, id: string): Promise<void> {
	const { size } = await stat(placeOf(id));
	if (size === 0) throw invalid({ file: 'This file is empty.' });
	await db.update(upload).set({ bytes: size }).where(eq(upload.id, id));
}

/** Keeps the whole file. One that may not be kept takes its upload with it. */
async function finish(db: Db, viewer: Viewer, { id, name, bytes }: UploadState): Promise<UploadState> {
	const path = placeOf(id);
	const sha256 = await hashOfAll(id, bytes);
	try {
		const kept = await storeIncoming(db, viewer, { path, name, bytes, sha256 });
		await db.update(upload).set({ fileId: kept.id }).where(eq(upload.id, id));
		await forget(id);
		return { id, name, bytes, offset: bytes, file: kept };
	} catch (error) {
		if (refused(error)) await abandonUpload(db, viewer, id);
		throw error;
	}
}

/** Whether trying again is in vain: of what is invalid only a full store may get better. */
const refused = (error: unknown) =>
	(error as { kind?: string }).kind === 'invalid' && !/no room left/.test((error as Error).message);
