import { and, asc, eq } from 'drizzle-orm';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { file } from '#src/core/files/server/schema.ts';
import { fileAddress } from '#src/core/files/server/store.ts';
import { item } from '#src/core/items/server/schema.ts';
import type { Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { enqueue } from '#src/platform/server/jobs.ts';
import type { DocumentView } from '../document.ts';
import { document, documentPart } from './schema.ts';

export const READ_QUEUE = 'document.read';
/** Takes a picture out of a film. */
export const FRAME_QUEUE = 'document.frame';

/** What the job that reads a file is told. */
export interface ReadJob {
	itemId: string;
	fileId: string;
}

/** Kinds of files that hold no text: nothing waits to be read in them. */
const wordless = /^(image|audio|video)\//;

/**
 * Has the text of an item's file read, in the transaction that adds or replaces the file.
 * What was read of an earlier file goes.
 * @returns whether there is something to read
 */
export async function addDocument(tx: Db, itemId: string, added: { id: string; mime: string }): Promise<boolean> {
	await tx.delete(document).where(eq(document.itemId, itemId));
	if (added.mime.startsWith('video/')) await enqueue(tx, FRAME_QUEUE, { fileId: added.id });
	if (wordless.test(added.mime)) return false;
	await tx.insert(document).values({ itemId, fileId: added.id });
	await enqueue(tx, READ_QUEUE, { itemId, fileId: added.id } satisfies ReadJob);
	return true;
}

/**
 * The text of an item's file, one view of it.
 * @param view from 1; each is a few dozen pages long
 * @returns nothing where the item has no file with text
 * @throws Failure not_found when the item, or this view of it, is not there for the viewer
 */
export async function readDocument(
	db: Db,
	viewer: Viewer,
	itemId: string,
	view = 1
): Promise<DocumentView | undefined> {
	const [found] = await db
		.select({ document })
		.from(item)
		.leftJoin(document, eq(document.itemId, item.id))
		.where(and(eq(item.id, itemId), visibleItems(viewer)));
	if (!found) throw notFound();
	if (!found.document) return undefined;
	const { state, reason, notes, format, unit, headings, views, partCount } = found.document;
	if (view > Math.max(1, views.length)) throw notFound('The document is not that long.');
	const about = { state, reason, notes, format, unit, headings, views, partCount, view };
	return { ...about, parts: state === 'read' ? await partsOf(db, itemId, view) : [] };
}

async function partsOf(db: Db, itemId: string, view: number): Promise<DocumentView['parts']> {
	const parts = await db
		.select({
			...{ no: documentPart.no, anchor: documentPart.anchor, locator: documentPart.locator },
			...{ title: documentPart.title, blocks: documentPart.blocks, pictureId: file.id, name: file.name }
		})
		.from(documentPart)
		.leftJoin(file, eq(file.id, documentPart.pictureId))
		.where(and(eq(documentPart.itemId, itemId), eq(documentPart.view, view)))
		.orderBy(asc(documentPart.no));
	return parts.map(({ pictureId, name, ...part }) => ({
		...part,
		picture: pictureId && name ? fileAddress({ id: pictureId, name }) : null
	}));
}
