import type { Viewer } from '#src/core/access/server/viewer.ts';
import { iso } from '#src/core/items/server/present.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid, notFound } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import { CONTEXT, findPassage, type Range, type Selector } from '../highlights/find.ts';
import { flatten, type Flat } from '../highlights/flat.ts';
import { markPassages } from '../highlights/mark.ts';
import { LONGEST_NOTE, type HighlightEdit, type NewHighlight } from '../input.ts';
import type { Highlight, KeptReading } from '../kept.ts';
import { readKept } from './read.ts';

/** So many passages of one thing; who marks more marks the whole. */
const MOST = 300;

type Row = Selector & { id: string; note: string; version: number; created_at: string };

/** One kept thing with its text, and one's passages marked in it. @throws Failure not_found, also for what others keep */
export async function readMarked(db: Db, viewer: Viewer, id: string): Promise<KeptReading> {
	const kept = await readKept(db, viewer, id);
	const passages = await passagesOf(db, id);
	if (passages.length === 0) return { ...kept, highlights: [] };
	const flat = flatten(kept.html);
	const placed = passages.map((one) => ({ ...one, at: findPassage(flat.text, one) }));
	const found = placed.flatMap(({ id: of, at }) => (at ? [{ id: of, ...at }] : []));
	return {
		...kept,
		html: markPassages(kept.html, flat, found),
		highlights: placed.sort((a, b) => (a.at?.start ?? Infinity) - (b.at?.start ?? Infinity)).map(present)
	};
}

const passagesOf = (db: Db, keptId: string) =>
	rows<Row>(db, sql`select * from kept_highlight where kept_id = ${keptId} order by place, id`);

const present = ({ id, exact, note, version, created_at, at }: Row & { at: Range | undefined }): Highlight => ({
	...{ id, exact, note, version, isFound: at !== undefined, markedAt: iso(created_at) }
});

/**
 * Marks a passage of what one keeps. The same passage is marked once, and a new note stands below the one it has.
 * @returns the highlight's id
 * @throws Failure invalid where the passage does not stand in the text
 */
export async function highlight(db: Db, viewer: Viewer, keptId: string, input: NewHighlight): Promise<string> {
	return db.transaction(async (tx) => {
		const { html } = await readKept(tx, viewer, keptId);
		await tx.execute(sql`select 1 from kept where id = ${keptId} for update`);
		const passage = selectorOf(flatten(html), input);
		const known = await passagesOf(tx, keptId);
		const same = known.find(({ exact, place }) => exact === passage.exact && place === passage.place);
		if (same) {
			await addNote(tx, same, input.note);
			return same.id;
		}
		if (known.length >= MOST) throw conflict(`It has ${MOST} highlights. Take one away first.`);
		const id = newId();
		const { exact, prefix, suffix, place } = passage;
		await tx.execute(sql`insert into kept_highlight (id, kept_id, exact, prefix, suffix, place, note)
			values (${id}, ${keptId}, ${exact}, ${prefix}, ${suffix}, ${place}, ${input.note})`);
		return id;
	});
}

async function addNote(tx: Db, { id, note }: Row, added: string): Promise<void> {
	if (!added || note.includes(added)) return;
	const both = note ? `${note}\n\n${added}` : added;
	if (both.length > LONGEST_NOTE) throw invalid({ note: 'would be too long with what you wrote before' });
	await tx.execute(sql`update kept_highlight set note = ${both}, version = version + 1 where id = ${id}`);
}

/** The passage as the text has it, with what stands around it there. */
function selectorOf({ text }: Flat, { exact, prefix, suffix }: NewHighlight): Selector {
	const wanted = { exact, prefix, suffix, place: 0 };
	const at = findPassage(text, wanted);
	if (!at) throw invalid({ exact: 'must stand in the text below, word for word' });
	return {
		exact: text.slice(at.start, at.end),
		prefix: text.slice(Math.max(0, at.start - CONTEXT), at.start),
		suffix: text.slice(at.end, at.end + CONTEXT),
		place: at.start
	};
}

/** Changes what one wrote to a passage. @throws Failure conflict with the newer note */
export async function editHighlight(db: Db, viewer: Viewer, id: string, edit: HighlightEdit): Promise<number> {
	return db.transaction(async (tx) => {
		const found = await row<{ note: string; version: number }>(
			tx,
			sql`select h.note, h.version from kept_highlight h join kept k on k.id = h.kept_id
				where h.id = ${id} and k.person_id = ${viewer.id} for update of h`
		);
		if (!found) throw notFound();
		if (found.version !== edit.version)
			throw conflict('You changed this elsewhere meanwhile. Your text is kept; the other is shown above it.', {
				current: found
			});
		await tx.execute(sql`update kept_highlight set note = ${edit.note}, version = version + 1 where id = ${id}`);
		return found.version + 1;
	});
}

/** Takes a highlight away with its note; once more does nothing. */
export async function removeHighlight(db: Db, viewer: Viewer, id: string): Promise<void> {
	await db.execute(sql`delete from kept_highlight h using kept k
		where h.id = ${id} and k.id = h.kept_id and k.person_id = ${viewer.id}`);
}
