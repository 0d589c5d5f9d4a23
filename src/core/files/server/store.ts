import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { Failure, invalid, tooMany } from '#src/platform/server/errors.ts';
import { files, StoreFull } from '#src/platform/server/files.ts';
import { newId } from '#src/platform/server/ids.ts';
import { cleanImage } from './image.ts';
import { file } from './schema.ts';
import { claimsOther, endingOf, sniff, type Sniffed } from './sniff.ts';

export type FileRow = typeof file.$inferSelect;

export interface Upload {
	name: string;
	content: Uint8Array;
}

/** Ten megabytes a file. */
export const MOST_BYTES = 10 * 1024 * 1024;
const AN_HOUR = 300;

/**
 * Keeps a file somebody uploads. Images are written anew without their metadata.
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
	const kind = check(upload);
	if (limited) await checkRate(db, viewer);
	if (!kind.image) return keep(db, viewer, { ...upload, mime: kind.mime, name: fileName(upload.name, kind.endings) });
	return keepImage(db, viewer, upload, kind.mime);
}

/**
 * Keeps a photo of a person: a square of 512 pixels that everybody signed in may see.
 * @returns the file; `/files/{id}/{name}` (see `fileAddress`) is its address
 * @throws Failure invalid with `file` when it is no image, or one that cannot be read
 */
export async function storeImage(db: Db, viewer: Viewer, upload: Upload): Promise<FileRow> {
	const kind = check(upload);
	if (!kind.image) throw invalid({ file: 'This is not a photo. Choose a PNG, JPEG, WebP, AVIF or GIF image.' });
	await checkRate(db, viewer);
	return keepImage(db, viewer, upload, kind.mime, { shared: true, square: 512 });
}

/** Where a file is read. */
export const fileAddress = ({ id, name }: Pick<FileRow, 'id' | 'name'>) => `/files/${id}/${encodeURIComponent(name)}`;

function check({ name, content }: Upload): Sniffed {
	if (content.byteLength === 0) throw invalid({ file: 'This file is empty.' });
	if (content.byteLength > MOST_BYTES) throw invalid({ file: 'This file is too large: 10 MB at most.' });
	const kind = sniff(content);
	if (!kind)
		throw invalid({
			file: 'This kind of file cannot be shared here. Images, PDF, office files, text, sound, video and ZIP can.'
		});
	if (claimsOther(name, kind))
		throw invalid({ file: `This is not what its name says: it ends in .${endingOf(name)}, but holds ${kind.mime}.` });
	return kind;
}

async function checkRate(db: Db, viewer: Viewer): Promise<void> {
	const found = await row<{ n: number }>(
		db,
		sql`select count(*)::int as n from file where uploader_id = ${viewer.id} and created_at > now() - interval '1 hour'`
	);
	if (found!.n >= AN_HOUR) throw tooMany('That are many files in one hour. Go on a little later.', 3600);
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

interface Content {
	name: string;
	content: Uint8Array;
	mime: string;
	width?: number;
	height?: number;
	shared?: boolean;
	thumbnail?: Uint8Array;
}

async function keep(db: Db, viewer: Viewer, { content, thumbnail, ...about }: Content): Promise<FileRow> {
	const sha256 = hash(content);
	const thumbnailSha256 = thumbnail ? hash(thumbnail) : null;
	return db.transaction(async (tx) => {
		await putOnce(tx, sha256, content);
		if (thumbnail) await putOnce(tx, thumbnailSha256!, thumbnail);
		const same = and(eq(file.uploaderId, viewer.id), eq(file.sha256, sha256), eq(file.name, about.name));
		const [before] = await tx
			.select()
			.from(file)
			.where(and(same, eq(file.shared, about.shared ?? false)))
			.limit(1);
		if (before) return before;
		const [made] = await tx
			.insert(file)
			.values({ id: newId(), ...about, sha256, thumbnailSha256, bytes: content.byteLength, uploaderId: viewer.id })
			.returning();
		return made!;
	});
}

/** The same bytes lie in the store once. The lock keeps the sweep of unused contents away until the row stands. */
async function putOnce(tx: Db, sha256: string, content: Uint8Array): Promise<void> {
	await lockContent(tx, sha256);
	try {
		if (!(await files().exists(sha256))) await files().put(sha256, content);
	} catch (error) {
		if (error instanceof StoreFull)
			throw new Failure('invalid', 'There is no room left for files. Tell your administrator; your text is kept.', {
				file: 'There is no room left for files. Tell your administrator; your text is kept.'
			});
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
	if (endings.includes(endingOf(safe))) return safe;
	return `${safe || 'file'}.${endings[0]}`;
}
