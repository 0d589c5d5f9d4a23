import { and, eq } from 'drizzle-orm';
import { allow, canEdit, canWriteIn } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { fileById, linkFiles } from '#src/core/files/server/read.ts';
import type { FileRow } from '#src/core/files/server/store.ts';
import { once } from '#src/core/items/server/submission.ts';
import { createItem, editItem, lockItem, type ItemRow } from '#src/core/items/server/write.ts';
import { putParts } from '#src/core/search/server/parts.ts';
import { record } from '#src/core/signals/server/record.ts';
import { together, type Db } from '#src/platform/server/db.ts';
import { Failure, invalid, notFound } from '#src/platform/server/errors.ts';
import type { BringBack, NewResource, ResourceEdit, ResourceNotes } from '../input.ts';
import { addDocument } from '../../documents/server/documents.ts';
import { hasFfmpeg } from '../../documents/server/frame.ts';
import { keepThumbnail } from '../../documents/server/pictures.ts';
import { mediaOf } from '../resource.ts';
import { resource, resourceCaption, resourceChapter, resourcePoint, resourceVersion } from './schema.ts';

type Resource = typeof resource.$inferSelect;

/**
 * Shares a file that the viewer has uploaded.
 * @returns the resource's id
 * @throws Failure forbidden for people outside the space; invalid with `fileId` for a file of somebody else
 */
export async function shareResource(db: Db, viewer: Viewer, input: NewResource): Promise<string> {
	allow(canWriteIn(viewer, input), 'Join the space to write in it.');
	const kept = await ownFile(db, viewer, input.fileId);
	await keepPoster(db, kept, input.poster);
	return db.transaction((tx) =>
		once(tx, viewer, input.submission, async () => {
			const { spaceId, title, bodyMd, tags } = input;
			const id = await createItem(tx, viewer, { kind: 'resource', spaceId, title, bodyMd, tags });
			await tx.insert(resource).values({ itemId: id, fileId: kept.id, ...shownOf(kept, input) });
			await together(
				tx.insert(resourceVersion).values({ itemId: id, version: 1, fileId: kept.id }),
				linkFiles(tx, id, [kept.id]),
				addDocument(tx, id, kept),
				record(tx, viewer.id, 'shared', { itemId: id, spaceId })
			);
			return id;
		})
	);
}

/**
 * Changes a resource: another file or text makes a new version, and what there was before is kept.
 * @returns the version it has now
 * @throws Failure conflict with the newer text on a stale edit
 */
export async function editResource(db: Db, viewer: Viewer, id: string, edit: ResourceEdit): Promise<number> {
	if (edit.fileId && edit.poster) await keepPoster(db, await ownFile(db, viewer, edit.fileId), edit.poster);
	return db.transaction(async (tx) => {
		const { item, facts } = await lockResource(tx, viewer, id);
		const given = edit.fileId ? await seenFile(tx, viewer, edit.fileId) : undefined;
		const another = given && given.id !== facts.fileId ? given : undefined;
		if (another && another.uploaderId !== viewer.id && !(await wasItsFile(tx, id, another.id))) throw notYours();
		const { title, bodyMd, tags, note } = edit;
		const same = !another && item.title === title && item.bodyMd === bodyMd && `${item.tags}` === `${tags}`;
		const version =
			same && item.version === edit.version
				? item.version
				: await editItem(tx, viewer, id, { title, bodyMd, tags, note, version: edit.version });
		if (another) await replaceFile(tx, id, version, another, edit);
		else
			await tx
				.update(resource)
				.set(stretchOf(facts.media, edit, facts.seconds))
				.where(eq(resource.itemId, id));
		return version;
	});
}

/**
 * Makes an earlier file the resource's own again, as a new version; its title and text stay as they are now.
 * @returns the version it has now
 * @throws Failure not_found for a version that brought no file; conflict when somebody saved meanwhile
 */
export async function bringBackFile(db: Db, viewer: Viewer, id: string, { from, version }: BringBack): Promise<number> {
	return db.transaction(async (tx) => {
		const { item } = await lockResource(tx, viewer, id);
		const [before] = await tx
			.select({ fileId: resourceVersion.fileId })
			.from(resourceVersion)
			.where(and(eq(resourceVersion.itemId, id), eq(resourceVersion.version, from)));
		if (!before) throw notFound('There is no such file in its history.');
		const { title, bodyMd, tags } = item;
		const note = `The file of version ${from} again`;
		return editResource(tx, viewer, id, { title, bodyMd, tags, note, version, fileId: before.fileId });
	});
}

/** A picture that the browser has drawn stands for a film where nothing here can take one out of it. */
async function keepPoster(db: Db, film: FileRow, poster?: Buffer): Promise<void> {
	if (poster && film.mime.startsWith('video/') && !film.thumbnailSha256 && !hasFfmpeg())
		await keepThumbnail(db, film.id, poster);
}

/** What belongs to times and words of the file before goes with it. */
export async function replaceFile(
	tx: Db,
	itemId: string,
	version: number,
	file: FileRow,
	edit: Stretch
): Promise<void> {
	await tx
		.update(resource)
		.set({ fileId: file.id, ...shownOf(file, edit) })
		.where(eq(resource.itemId, itemId));
	await tx.insert(resourceVersion).values({ itemId, version, fileId: file.id });
	await linkFiles(tx, itemId, [file.id]);
	await tx.delete(resourceCaption).where(eq(resourceCaption.itemId, itemId));
	await putParts(tx, itemId, []);
	await addDocument(tx, itemId, file);
}

/** Writes its key points and chapters anew. @throws Failure not_found or forbidden */
export async function noteResource(
	db: Db,
	viewer: Viewer,
	id: string,
	{ points, chapters }: ResourceNotes
): Promise<void> {
	await db.transaction(async (tx) => {
		await lockResource(tx, viewer, id);
		await tx.delete(resourcePoint).where(eq(resourcePoint.itemId, id));
		await tx.delete(resourceChapter).where(eq(resourceChapter.itemId, id));
		if (points.length > 0)
			await tx.insert(resourcePoint).values(points.map((point, place) => ({ itemId: id, place, ...point })));
		if (chapters.length > 0)
			await tx.insert(resourceChapter).values(chapters.map((chapter) => ({ itemId: id, ...chapter })));
	});
}

/** The resource beneath a lock, for who may change it. @throws Failure not_found or forbidden */
export async function lockResource(tx: Db, viewer: Viewer, id: string): Promise<{ item: ItemRow; facts: Resource }> {
	const item = await lockItem(tx, viewer, id, 'resource');
	allow(canEdit(viewer, item), 'Its author and the stewards of the space may change this.');
	const [facts] = await tx.select().from(resource).where(eq(resource.itemId, id));
	return { item, facts: facts! };
}

/** A file of one's own: what others uploaded is theirs to share. */
export async function ownFile(db: Db, viewer: Viewer, id: string): Promise<FileRow> {
	const found = await seenFile(db, viewer, id);
	if (found.uploaderId !== viewer.id) throw notYours();
	return found;
}

const seenFile = (db: Db, viewer: Viewer, id: string) =>
	fileById(db, viewer, id).catch((error: unknown) => {
		throw error instanceof Failure && error.kind === 'not_found' ? notYours() : error;
	});

/** An old file may come back, whoever brought it. */
async function wasItsFile(tx: Db, itemId: string, fileId: string): Promise<boolean> {
	const [found] = await tx
		.select({ version: resourceVersion.version })
		.from(resourceVersion)
		.where(and(eq(resourceVersion.itemId, itemId), eq(resourceVersion.fileId, fileId)))
		.limit(1);
	return found !== undefined;
}

const notYours = () => invalid({ fileId: 'This is no file that you have uploaded. Upload it yourself to share it.' });

/** How a file is shown, and which stretch of it. */
export function shownOf({ mime }: FileRow, stretch: Stretch) {
	const media = mediaOf(mime);
	return { media, ...stretchOf(media, stretch, null) };
}

interface Stretch {
	seconds?: number;
	starts?: number;
	ends?: number;
}

function stretchOf(media: Resource['media'], { seconds, starts, ends }: Stretch, known: number | null) {
	const plays = media === 'video' || media === 'audio';
	if (!plays) return { seconds: null, starts: null, ends: null };
	return { seconds: seconds || known, starts: starts || null, ends: ends ?? null };
}
