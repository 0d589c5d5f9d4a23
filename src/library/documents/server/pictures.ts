import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { cleanImage } from '#src/core/files/server/image.ts';
import { linkFiles } from '#src/core/files/server/read.ts';
import { file } from '#src/core/files/server/schema.ts';
import { lockContent } from '#src/core/files/server/store.ts';
import { breathing } from '#src/platform/server/breath.ts';
import type { Db } from '#src/platform/server/db.ts';
import { Failure } from '#src/platform/server/errors.ts';
import { files } from '#src/platform/server/files.ts';
import { newId } from '#src/platform/server/ids.ts';
import { toPdf } from './convert.ts';
import type { ReadJob } from './documents.ts';
import { withLocalCopy } from '#src/platform/server/local-copy.ts';
import { limits, ParserDied, runParser } from './parser-process.ts';
import { document, documentPart } from './schema.ts';

export const PICTURES_QUEUE = 'document.pictures';

/** Drawing takes longer than reading, and holds pixels beside the objects. */
const bounds = { ...limits, seconds: 240, data: 1536 };

/**
 * Draws the pages or slides of an item's file where this system can: PDF always, Office where
 * LibreOffice is installed. The first of them stands for the file in lists.
 */
export async function drawPicturesOf(db: Db, job: ReadJob): Promise<void> {
	const [found] = await db
		.select({ file, unit: document.unit, format: document.format })
		.from(document)
		.innerJoin(file, eq(file.id, document.fileId))
		.where(and(eq(document.itemId, job.itemId), eq(document.fileId, job.fileId), eq(document.state, 'read')));
	if (!found) return;
	await withLocalCopy(found.file.sha256, async (given) => {
		const path = found.format === 'PDF' ? given : await toPdf(given, found.file.name);
		if (!path) return;
		const breath = breathing();
		try {
			for await (const message of runParser({ task: 'pictures', path }, bounds)) {
				if (message.tell !== 'picture') continue;
				const content = Buffer.from(message.webp, 'base64');
				if (message.no === 1) await keepThumbnail(db, job.fileId, content);
				// A text flows: its pages are not the parts in which it is shown.
				if (found.unit === 'section') return;
				await keepPicture(db, job, found.file, { ...message, content });
				await breath();
			}
		} catch (error) {
			// What was drawn so far stays; the rest is read as text.
			if (!(error instanceof ParserDied)) throw error;
		}
	});
}

interface Picture {
	no: number;
	width: number;
	height: number;
	content: Buffer;
}

/** A picture is a file of whoever brought the document, shown by its item: who may read the item may see it. */
async function keepPicture(db: Db, job: ReadJob, of: typeof file.$inferSelect, picture: Picture): Promise<void> {
	const { no, width, height, content } = picture;
	if (content.toString('latin1', 8, 12) !== 'WEBP') return;
	const place = and(eq(documentPart.itemId, job.itemId), eq(documentPart.no, no));
	await db.transaction(async (tx) => {
		const [part] = await tx.select().from(documentPart).where(place).for('update');
		if (!part || part.pictureId) return;
		const sha256 = await put(tx, content);
		const id = newId();
		const about = { name: `page-${no}.webp`, mime: 'image/webp', bytes: content.length, width, height };
		await tx.insert(file).values({ id, sha256, uploaderId: of.uploaderId, ...about });
		await linkFiles(tx, job.itemId, [id]);
		await tx.update(documentPart).set({ pictureId: id }).where(place);
	});
}

/** Gives a file the picture that stands for it. One that is no picture after all is left out. */
export async function keepThumbnail(db: Db, fileId: string, content: Buffer): Promise<void> {
	try {
		const { content: whole, thumbnail = whole } = await cleanImage(content, 'image/webp');
		await db.transaction(async (tx) => {
			const thumbnailSha256 = await put(tx, thumbnail);
			await tx.update(file).set({ thumbnailSha256 }).where(eq(file.id, fileId));
		});
	} catch (error) {
		if (!(error instanceof Failure)) throw error;
	}
}

async function put(tx: Db, content: Buffer): Promise<string> {
	const sha256 = createHash('sha256').update(content).digest('hex');
	await lockContent(tx, sha256);
	if (!(await files().exists(sha256))) await files().put(sha256, content);
	return sha256;
}
