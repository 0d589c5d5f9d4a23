import { emit } from '#src/core/signals/server/events.ts';
import { breathing } from '#src/platform/server/breath.ts';
import { sql, type Db } from '#src/platform/server/db.ts';

declare module '#src/core/signals/server/events.ts' {
	interface Events {
		/** Its searchable parts were written anew. */
		'item.parts_changed': { itemId: string };
	}
}

/** A stretch of an item that can be found by itself: a page of a document, a slide of a deck. */
export interface ItemPart {
	/** "Page 12", "Slide 3": stands beside the hit. */
	locator: string;
	/** What leads from the item's address to this part: "#page-12". */
	suffix: string;
	text: string;
}

/** No more parts of an item than this are kept. */
export const MOST_PARTS = 10_000;
/** Written at once: few enough that others hardly notice. */
const AT_ONCE = 10;

/**
 * Gives an item its searchable parts, in order, in place of those it had; around 2 KB of text each serves best.
 * The item's own title and text are indexed without it. What may be seen of a part is what may be seen of its item.
 */
export async function putParts(db: Db, itemId: string, parts: ItemPart[]): Promise<void> {
	const breath = breathing();
	await db.transaction(async (tx) => {
		await tx.execute(sql`delete from item_part where item_id = ${itemId}`);
		for (let from = 0; from < Math.min(parts.length, MOST_PARTS); from += AT_ONCE) {
			const some = parts.slice(from, Math.min(from + AT_ONCE, MOST_PARTS)).map((part, index) => ({
				...{ part: from + index + 1, locator: clean(part.locator), suffix: clean(part.suffix), text: clean(part.text) }
			}));
			await tx.execute(sql`insert into item_part (item_id, part, locator, suffix, text)
				select ${itemId}::uuid, r.* from jsonb_to_recordset(${JSON.stringify(some)}::jsonb) r(part int, locator text, suffix text, text text)`);
			await breath();
		}
		// Should the event be lost, the next catching up finds it.
		await tx.execute(sql`update search_doc set indexed_at = '-infinity' where item_id = ${itemId} and part = 0`);
		await emit(tx, 'item.parts_changed', { itemId });
	});
}

/** PostgreSQL takes neither null bytes nor halves of characters, which files are full of. */
const clean = (text: string) => text.toWellFormed().replaceAll('\0', ' ');
