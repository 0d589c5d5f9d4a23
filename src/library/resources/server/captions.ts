import { and, eq } from 'drizzle-orm';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { item } from '#src/core/items/server/schema.ts';
import { putParts } from '#src/core/search/server/parts.ts';
import type { Db } from '#src/platform/server/db.ts';
import { invalid, notFound } from '#src/platform/server/errors.ts';
import { readCaptions, transcriptOf, writeVtt } from '../captions.ts';
import { clock } from '../time.ts';
import { resourceCaption } from './schema.ts';
import { lockResource } from './write.ts';

/**
 * Gives a film or sound what is said in it, in one language, in place of what there was.
 * It is shown while it plays, read as a transcript, and found by search with its time.
 * @param captions WebVTT or SubRip
 * @throws Failure invalid with `captions` when they hold no times
 */
export async function putCaptions(
	db: Db,
	viewer: Viewer,
	id: string,
	{ language, text }: { language: string; text: string }
): Promise<void> {
	const cues = readCaptions(text);
	if (!cues) throw wrong('These hold no captions: a WebVTT (.vtt) or SubRip (.srt) file does.');
	await db.transaction(async (tx) => {
		const { facts } = await lockResource(tx, viewer, id);
		if (facts.media !== 'video' && facts.media !== 'audio') throw wrong('Only film and sound have captions.');
		const vtt = writeVtt(cues);
		await tx
			.insert(resourceCaption)
			.values({ itemId: id, language, vtt })
			.onConflictDoUpdate({ target: [resourceCaption.itemId, resourceCaption.language], set: { vtt } });
		await indexTranscript(tx, id);
	});
}

/** Takes the captions of one language away. */
export async function removeCaptions(db: Db, viewer: Viewer, id: string, language: string): Promise<void> {
	await db.transaction(async (tx) => {
		await lockResource(tx, viewer, id);
		await tx.delete(resourceCaption).where(and(eq(resourceCaption.itemId, id), eq(resourceCaption.language, language)));
		await indexTranscript(tx, id);
	});
}

/** The captions of one language as WebVTT. @throws Failure not_found */
export async function captionsOf(db: Db, viewer: Viewer, id: string, language: string): Promise<string> {
	const [found] = await db
		.select({ vtt: resourceCaption.vtt })
		.from(resourceCaption)
		.innerJoin(item, eq(item.id, resourceCaption.itemId))
		.where(and(eq(item.id, id), eq(resourceCaption.language, language), visibleItems(viewer)));
	if (!found) throw notFound();
	return found.vtt;
}

/** All languages are found; each hit leads to the time at which it is said. */
async function indexTranscript(tx: Db, itemId: string): Promise<void> {
	const all = await tx
		.select()
		.from(resourceCaption)
		.where(eq(resourceCaption.itemId, itemId))
		.orderBy(resourceCaption.language);
	const said = all.flatMap(({ vtt }) => transcriptOf(readCaptions(vtt) ?? []));
	await putParts(
		tx,
		itemId,
		said.map(({ at, text }) => ({ locator: clock(at), suffix: `?t=${Math.floor(at)}`, text }))
	);
}

/** The form sends a file as `captions`, the API their `text`. */
const wrong = (message: string) => invalid({ captions: message, text: message });
