import { allow, canWriteIn } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { readItem } from '#src/core/items/server/post.ts';
import { createItem, editItem } from '#src/core/items/server/write.ts';
import type { ItemView } from '#src/core/items/post.ts';
import { record } from '#src/core/signals/server/record.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';
import { fieldsOfEntry, emptyEntry, textOfEntry, type EntryFields } from '../entry.ts';
import type { EntryEdit } from '../input.ts';

/** What writing an entry must know of a tool. */
interface Place {
	name: string;
	merged_into: string | null;
	/** The space of its ranking; of the Guide, null before it is begun; and of the entry, null before it is written. */
	ranking_space: string;
	guide_space: string | null;
	entry_space: string | null;
	version: number | null;
	body_md: string | null;
	state: string | null;
}

/** A tool of a ranking the viewer may read. @throws Failure not_found */
async function placeOf(db: Db, viewer: Viewer, toolId: string): Promise<Place> {
	const found = isId(toolId)
		? await row<Place>(
				db,
				sql`select t.name, t.merged_into, i.space_id as ranking_space, g.space_id as guide_space,
						e.space_id as entry_space, e.version, e.body_md, e.state
					from ranked_tool t join ranking r on r.series_id = t.series_id join item i on i.id = r.item_id
					left join guide g on g.series_id = t.series_id left join item e on e.id = t.id
					where t.id = ${toolId} and ${visibleItems(viewer, 'i')} order by r.year desc limit 1`
			)
		: undefined;
	if (!found) throw notFound('There is no such tool, or its ranking is not open to you.');
	return found;
}

/**
 * Writes the entry of a tool, or changes it as a new revision: whoever writes in its space may.
 * @returns its version
 * @throws Failure conflict with `current` where somebody was faster, or before the Guide is begun
 */
export async function writeEntry(db: Db, viewer: Viewer, toolId: string, edit: EntryEdit): Promise<number> {
	return db.transaction(async (tx) => {
		await tx.execute(sql`select from ranked_tool where id = ${toolId} for update`);
		const place = await placeOf(tx, viewer, toolId);
		const spaceId = writtenIn(place, edit.sample);
		allow(canWriteIn(viewer, { spaceId }), 'Members of the space of the Guide write its entries.');
		const bodyMd = textOfEntry(edit);
		if (place.version !== null) {
			if (edit.version === 0) throw faster(place);
			const may = (who: Viewer, item: { spaceId: string }) => canWriteIn(who, item);
			return editItem(tx, viewer, toolId, { bodyMd, note: edit.note, version: edit.version }, may);
		}
		await createItem(tx, viewer, { id: toolId, kind: 'tool', spaceId, title: place.name, bodyMd });
		await record(tx, viewer.id, 'shared', { itemId: toolId, spaceId });
		return 1;
	});
}

/** Where an entry stands, or will. @throws Failure conflict where there can be none */
function writtenIn(place: Place, sample: boolean): string {
	if (place.merged_into) throw conflict(`${place.name} counts as another tool: write the entry of that one.`);
	if (place.entry_space) return place.entry_space;
	if (!place.guide_space) throw conflict('The Guide is not begun yet.');
	return sample ? place.ranking_space : place.guide_space;
}

/** Somebody wrote the entry while this one was written for the first time. */
function faster({ version, name, body_md }: Place) {
	return conflict('Somebody wrote this entry meanwhile. Your text is kept; see both below.', {
		current: { version, title: name, bodyMd: body_md, tags: [] }
	});
}

/** What the form of an entry begins with. */
export interface EntryToEdit extends EntryFields {
	id: string;
	name: string;
	/** 0 for one that is not there yet. */
	version: number;
	spaceId: string;
	/** Whether it can still be put into the sample. */
	canBeSample: boolean;
}

/** An entry as whoever writes it goes on. @throws Failure not_found, forbidden, or conflict where there can be none */
export async function entryToEdit(db: Db, viewer: Viewer, toolId: string): Promise<EntryToEdit> {
	const place = await placeOf(db, viewer, toolId);
	const spaceId = writtenIn(place, false);
	allow(canWriteIn(viewer, { spaceId }), 'Members of the space of the Guide write its entries.');
	const { name, version, body_md, ranking_space, guide_space } = place;
	return {
		...(body_md === null ? emptyEntry : fieldsOfEntry(body_md)),
		...{ id: toolId, name, version: version ?? 0, spaceId },
		canBeSample: version === null && ranking_space !== guide_space
	};
}

export interface EntryView {
	/** Null where there is none, or it is not open to the viewer. */
	entry: ItemView | null;
	/** Whether there is one that is not open to the viewer. */
	isClosed: boolean;
	canWrite: boolean;
}

/** The entry of a tool, as far as the viewer may read it. */
export async function readEntry(db: Db, viewer: Viewer, toolId: string): Promise<EntryView> {
	const { entry_space, guide_space, merged_into, state } = await placeOf(db, viewer, toolId);
	const isThere = entry_space !== null && state !== 'removed';
	const canRead = isThere && viewer.readableSpaces.includes(entry_space);
	const spaceId = entry_space ?? guide_space;
	const item = canRead ? await readItem(db, viewer, toolId, 'tool') : null;
	const { provenance: _, ...entry } = item ?? { provenance: null };
	return {
		entry: item ? (entry as ItemView) : null,
		isClosed: isThere && !canRead,
		canWrite: spaceId !== null && !merged_into && state !== 'removed' && canWriteIn(viewer, { spaceId })
	};
}
