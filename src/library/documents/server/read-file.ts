import { and, eq, inArray, sql } from 'drizzle-orm';
import { file } from '#src/core/files/server/schema.ts';
import { putParts } from '#src/core/search/server/parts.ts';
import { breathing } from '#src/platform/server/breath.ts';
import type { Db } from '#src/platform/server/db.ts';
import { enqueue } from '#src/platform/server/jobs.ts';
import type { Heading, Unit } from '../document.ts';
import { convertOld } from './convert.ts';
import type { ReadJob } from './documents.ts';
import { Layout } from './layout.ts';
import { withLocalCopy } from '#src/platform/server/local-copy.ts';
import { limits, ParserDied, runParser, type Limits } from './parser-process.ts';
import { keepThumbnail, PICTURES_QUEUE } from './pictures.ts';
import { document, documentPart } from './schema.ts';

/** Beginnings after which a file is given up: one that ends its worker each time would be read for ever. */
const MOST_ATTEMPTS = 5;
const AT_ONCE = 10;

/** The file was replaced while it was read: what is read of it no longer counts. */
class Superseded extends Error {}

/**
 * Reads the text out of an item's file and makes it searchable. Whatever the file does to its
 * parser ends as a sentence; only a store or a database that fails is tried again.
 */
export async function readFileOf(db: Db, job: ReadJob, bounds: Limits = limits): Promise<void> {
	const [begun] = await db
		.update(document)
		.set({ state: 'reading', attempts: sql`${document.attempts} + 1` })
		.where(and(mine(job), inArray(document.state, ['waiting', 'reading'])))
		.returning();
	if (!begun) return;
	const [source] = await db.select().from(file).where(eq(file.id, job.fileId));
	try {
		if (begun.attempts > MOST_ATTEMPTS || !source) throw new Error('Given up.');
		await withLocalCopy(source.sha256, (path) => readCopy(db, job, path, source.name, bounds));
	} catch (error) {
		if (error instanceof Superseded) return;
		if (begun.attempts >= MOST_ATTEMPTS)
			return settle(db, job, { state: 'unreadable', reason: 'The file could not be fetched to be read.' });
		await settle(db, job, { state: 'waiting' });
		throw error;
	}
}

const mine = ({ itemId, fileId }: ReadJob) => and(eq(document.itemId, itemId), eq(document.fileId, fileId));

async function settle(db: Db, job: ReadJob, to: Partial<typeof document.$inferInsert>): Promise<void> {
	await db.update(document).set(to).where(mine(job));
}

async function readCopy(db: Db, job: ReadJob, given: string, name: string, bounds: Limits): Promise<void> {
	const layout = new Layout();
	const notes: string[] = [];
	let about: { format: string; unit: Unit } = { format: '', unit: 'section' };
	let headings: Heading[] = [];
	let batch: (typeof documentPart.$inferInsert)[] = [];
	const breath = breathing();
	await db.delete(documentPart).where(eq(documentPart.itemId, job.itemId));
	try {
		const work = { task: 'text', ...(await convertOld(given, name)) } as const;
		for await (const message of runParser(work, bounds)) {
			if (message.tell === 'about') about = message;
			else if (message.tell === 'note') notes.push(message.text);
			else if (message.tell === 'headings') headings = message.headings;
			else if (message.tell === 'cover') await keepThumbnail(db, job.fileId, Buffer.from(message.content, 'base64'));
			else if (message.tell === 'unreadable') {
				const { format, unit } = about;
				return await settle(db, job, { state: 'unreadable', reason: message.reason, format, unit, notes });
			} else if (message.tell === 'part') {
				batch.push({ itemId: job.itemId, ...message.part, view: layout.add(message.part) });
				if (batch.length >= AT_ONCE) {
					await keepParts(db, job, batch);
					batch = [];
				}
				await breath();
			}
		}
	} catch (error) {
		if (!(error instanceof ParserDied)) throw error;
		if (layout.count === 0) return settle(db, job, { state: 'unreadable', reason: error.message, ...about, notes });
		notes.push(`${error.message} What came before is here.`);
	}
	await keepParts(db, job, batch);
	await finish(db, job, { ...about, notes, headings: layout.contents(about.unit, headings) }, layout);
}

/** Only while the file is still the item's. */
async function keepParts(db: Db, job: ReadJob, parts: (typeof documentPart.$inferInsert)[]): Promise<void> {
	await db.transaction(async (tx) => {
		await hold(tx, job);
		if (parts.length > 0) await tx.insert(documentPart).values(parts);
	});
}

async function hold(tx: Db, job: ReadJob): Promise<void> {
	const [held] = await tx.select({ id: document.itemId }).from(document).where(mine(job)).for('update');
	if (!held) throw new Superseded();
}

type About = Pick<typeof document.$inferInsert, 'format' | 'unit' | 'notes' | 'headings'> & { unit: Unit };

async function finish(db: Db, job: ReadJob, about: About, layout: Layout): Promise<void> {
	await db.transaction(async (tx) => {
		await hold(tx, job);
		await settle(tx, job, {
			...{ ...about, state: 'read', reason: '', readAt: new Date() },
			...{ views: layout.views(about.unit), partCount: layout.count }
		});
		await putParts(tx, job.itemId, layout.chunks);
		if (about.unit === 'page' || about.unit === 'slide' || about.unit === 'section')
			await enqueue(tx, PICTURES_QUEUE, job);
	});
}
