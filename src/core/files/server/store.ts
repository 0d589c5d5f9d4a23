import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { and, eq } from 'drizzle-orm';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { invalid, unavailable } from '#src/platform/server/errors.ts';
import { StoreAway, StoreFull } from '#src/platform/server/file-store.ts';
import { files } from '#src/platform/server/files.ts';
import { newId } from '#src/platform/server/ids.ts';
import { cleanImage } from './image.ts';
import { checkRoom } from './limits.ts';
import { file } from './schema.ts';
import { claimsOther, endingOf, isAttachable, isPicture, isProgram, kindOf, type Kind } from './sniff.ts';

export type FileRow = typeof file.$inferSelect;

export interface Upload {
	name: string;
	content: Uint8Array;
}

/** A file that has come in whole and lies in the incoming folder. */
export interface Incoming {
	name: string;
	path: string;
	bytes: number;
	sha256: string;
}

/** Ten megabytes for a file in a text. */
export const MOST_BYTES = 10 * 1024 * 1024;
/** A larger image is kept as it is, for who downloads it; it is not decoded. */
const MOST_IMAGE_BYTES = 50 * 1024 * 1024;

/**
 * Keeps a file for a text. Images are written anew without their metadata.
 * @throws Failure invalid with `file`: empty, too large, not a kind that may be shared,
 * not what its name claims, or no room left; too_many above 300 an hour
 * @param options limited: false for an import, which brings many at once
 */
export async function storeFile(
	db: Db,
	viewer: Viewer,
	upload: Upload,
	{ limited = true }: { limited?: boolean } = {}
): Promise<FileRow> {
	const kind = await check(upload);
	if (limited) await db.transaction((tx) => checkRoom(tx, viewer, upload.content.byteLength));
	if (isPicture(kind)) return keepImage(db, viewer, upload, kind.mime);
	return keep(db, viewer, { ...upload, mime: kind.mime, name: fileName(upload.name, kind.endings) });
}

/**
 * Keeps a photo of a person: a square of 512 pixels that everybody signed in may see.
 * @returns the file; `/files/{id}/{name}` (see `fileAddress`) is its address
 * @throws Failure invalid with `file` when it is no image, or one that cannot be read
 */
export async function storeImage(db: Db, viewer: Viewer, upload: Upload): Promise<FileRow> {
	const kind = await check(upload);
	if (!isPicture(kind)) throw invalid({ file: 'This is not a photo. Choose a PNG, JPEG, WebP, AVIF or GIF image.' });
	await db.transaction((tx) => checkRoom(tx, viewer, upload.content.byteLength));
	return keepImage(db, viewer, upload, kind.mime, { shared: true, square: 512 });
}

/**
 * Keeps a file of any kind and size that has come in: programs alone are refused. What a
 * browser might run is only ever saved to disk (see `serveFile`).
 * @throws Failure invalid with `file`; unavailable while the store does not answer
 */
export async function storeIncoming(db: Db, viewer: Viewer, { path, ...incoming }: Incoming): Promise<FileRow> {
	const kind = await kindOf({ path }, incoming.name);
	if (isProgram(kind)) throw invalid({ file: 'Programs cannot be shared here. Link to the place they come from.' });
	checkName(incoming.name, kind);
	if (isPicture(kind) && incoming.bytes <= MOST_IMAGE_BYTES)
		return keepImage(db, viewer, { name: incoming.name, content: await readFile(path) }, kind.mime);
	const name = fileName(incoming.name, kind.endings);
	return keep(db, viewer, { ...incoming, path, name, mime: kind.mime });
}

/** Where a file is read. */
export const fileAddress = ({ id, name }: Pick<FileRow, 'id' | 'name'>) => `/files/${id}/${encodeURIComponent(name)}`;

async function check({ name, content }: Upload): Promise<Kind> {
	if (content.byteLength === 0) throw invalid({ file: 'This file is empty.' });
	if (content.byteLength > MOST_BYTES) throw invalid({ file: 'This file is too large: 10 MB at most.' });
	const kind = await kindOf(content, name);
	if (!isAttachable(kind))
		throw invalid({
			file: 'This kind of file cannot be shared here. Images, PDF, office files, text, sound, video and ZIP can.'
		});
	checkName(name, kind);
	return kind;
}

function checkName(name: string, kind: Kind): void {
	if (claimsOther(name, kind))
		throw invalid({ file: `This is not what its name says: it ends in .${endingOf(name)}, but holds ${kind.mime}.` });
}

async function keepImage(
	db: Db,
	viewer: Viewer,
	upload: Upload,
	mime: string,
	{ shared = false, square }: { shared?: boolean; square?: number } = {}
): Promise<FileRow> {
	const { content, mime: written, width, height, thumbnail } = await cleanImage(upload.content, mime, square);
	const ending = written.slice('image/'.length);
	const name = fileName(upload.name, ending === 'jpeg' ? ['jpg', 'jpeg'] : [ending]);
	return keep(db, viewer, { name, content, mime: written, width, height, shared, thumbnail });
}

type Content = {
	name: string;
	mime: string;
	width?: number;
	height?: number;
	shared?: boolean;
	thumbnail?: Uint8Array;
} & ({ content: Uint8Array } | Incoming);

/**
 * The contents go into the store first, so that no transaction waits for a bucket; the
 * row follows under a lock that keeps the sweep of unused contents away.
 */
async function keep(
	db: Db,
	viewer: Viewer,
	{ thumbnail, name, mime, width, height, shared = false, ...given }: Content
) {
	const whole = 'path' in given ? given : { bytes: given.content.byteLength, sha256: hash(given.content) };
	const thumbnailSha256 = thumbnail ? hash(thumbnail) : null;
	await putOnce(whole.sha256, 'path' in given ? given.path : given.content);
	if (thumbnail) await putOnce(thumbnailSha256!, thumbnail);
	const { sha256, bytes } = whole;
	return db.transaction(async (tx) => {
		for (const key of [sha256, thumbnailSha256]) if (key) await lockContent(tx, key);
		const [before] = await tx
			.select()
			.from(file)
			.where(and(eq(file.uploaderId, viewer.id), eq(file.sha256, sha256), eq(file.name, name), eq(file.shared, shared)))
			.limit(1);
		if (before) return before;
		await mustBeThere(sha256);
		const about = { name, mime, width, height, shared, sha256, thumbnailSha256, bytes };
		const [made] = await tx
			.insert(file)
			.values({ id: newId(), ...about, uploaderId: viewer.id })
			.returning();
		return made!;
	});
}

/** The same bytes lie in the store once. @throws Failure invalid when it is full, unavailable when it does not answer */
export async function putOnce(sha256: string, content: Uint8Array | string): Promise<void> {
	await inStore(async () => {
		if (await files().exists(sha256)) return;
		await (typeof content === 'string' ? files().adopt(sha256, content) : files().put(sha256, content));
	});
}

/** The last upload with the same bytes may have been swept since they were found there. */
async function mustBeThere(sha256: string): Promise<void> {
	if (!(await inStore(() => files().exists(sha256))))
		throw unavailable('This file could not be kept just now. Try again.', { file: 'Try again.' });
}

/** Says in a sentence why the store could not do something. */
export async function inStore<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof StoreFull)
			throw invalid({ file: 'There is no room left for files. Tell your administrator; your text is kept.' });
		if (error instanceof StoreAway) {
			const message = 'The place where files are kept does not answer. Nothing is lost; try again in a few minutes.';
			throw Object.assign(unavailable(message, { file: message }), { cause: error });
		}
		throw error;
	}
}

/** One at a time changes a content or the last row that names it. */
export const lockContent = (tx: Db, sha256: string) =>
	tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${sha256}, 0))`);

const hash = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');

/** A name that is safe in an address, a header and a file system, with an ending that is true. */
function fileName(given: string, endings: readonly string[]): string {
	const last = given.normalize('NFC').split(/[\\/]/).pop() ?? '';
	const safe = last
		.replace(/[\p{C}<>:"|?*#%&;`$'()[\]{}]/gu, '')
		.replace(/\s+/g, '-')
		.replace(/^[.-]+/, '')
		.slice(-100);
	if (endings.length === 0) return safe || 'file';
	if (endings.includes(endingOf(safe))) return safe;
	return `${safe || 'file'}.${endings[0]}`;
}
