import { linkFiles } from '#src/core/files/server/read.ts';
import { change } from '#src/core/import/report.ts';
import { array, sql, type Db } from '#src/platform/server/db.ts';
import { writeItems, type ImportedItem } from '../write.ts';
import type { Known, State } from './state.ts';

/** A thing as it is to stand here. */
export interface Thing {
	ref: string;
	kind: 'page' | 'resource' | 'collection';
	title: string;
	bodyMd: string;
	bodyHtml: string;
	fileIds: string[];
	tags: string[];
	at?: string;
	by?: string;
	hash: string;
}

/** New, changed, or as it was: one transaction with what belongs to its kind. */
export async function writeThing(
	state: State,
	thing: Thing,
	more?: (tx: Db, id: string, version: number) => Promise<void>
): Promise<void> {
	const known = state.known.get(thing.ref);
	const { id } = state.ids.get(thing.ref)!;
	if (known?.hash === thing.hash) return void (state.result.unchanged += 1);
	await state.db.transaction(async (tx) => {
		if (known) await update(state, tx, thing, known);
		else await writeItems(tx, [asItem(state, thing, id)]);
		await linkFiles(tx, id, thing.fileIds);
		await more?.(tx, id, known ? known.version + 1 : 1);
	});
	if (known) state.result.updated += 1;
	else state.report.written += 1;
}

function asItem(state: State, { ref, hash, at, by, fileIds: _, ...item }: Thing, id: string): ImportedItem {
	const { source, spaceId, author } = state;
	const provenance = { source, id: ref, hash, version: 1, ...(by ? { by } : {}), ...(at ? { at } : {}) };
	return { ...item, id, spaceId, authorId: author.id, provenance, createdAt: at ?? new Date().toISOString() };
}

async function update(state: State, tx: Db, thing: Thing, known: Known): Promise<void> {
	const { title, bodyMd, bodyHtml, hash, by, at } = thing;
	const tags = array(thing.tags, 'text');
	const version = known.version + 1;
	if (known.imported !== null && known.version > known.imported)
		change(state.report, {
			line: 0,
			what: title,
			reason: 'it had been edited here; that version is in its history'
		});
	const told = sql`${JSON.stringify({ hash, version, ...(by ? { by } : {}), ...(at ? { at } : {}) })}::text::jsonb`;
	await tx.execute(sql`update item set title = ${title}, body_md = ${bodyMd}, body_html = ${bodyHtml}, tags = ${tags},
		version = ${version}, provenance = provenance || ${told}, updated_at = now(), active_at = now()
		where id = ${known.id}`);
	await tx.execute(sql`insert into revision (item_id, version, title, body_md, tags, editor_id, note)
		values (${known.id}, ${version}, ${title}, ${bodyMd}, ${tags}, ${state.author.id}, 'Imported again')`);
}
