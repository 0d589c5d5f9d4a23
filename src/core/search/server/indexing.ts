import { breathing, breathless } from '#src/platform/server/breath.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';
import { textArray } from './arrays.ts';
import { Counts } from './counts.ts';
import { itemEntry, partEntries, type Entry } from './impacts.ts';
import { kindNames, loadItems, loadParts, textsOf, type Source, type Texts } from './sources.ts';
import {
	numbersFor,
	placeOf,
	putIn,
	standingItems,
	standingParts,
	takeOut,
	type Numbers,
	type Standing
} from './store.ts';
import { learnAnew, termsOf } from './terms.ts';

/** One writer of the index at a time, so that counts and terms need no further care. */
const WRITER = 7_305_772;
const AT_ONCE = 5000;
/** No more text than this is read at once, in bytes. */
const MOST_TEXT = 8_000_000;

/**
 * Brings the index up to date with these items, their parts, and all beneath them. It reads what the items are now,
 * so a repetition, or a late event, does no harm. Of long documents it rests in between.
 */
export async function indexItems(db: Db, ids: string[]): Promise<void> {
	await inPieces(db, await withThoseBeneath(db, ids), new Map(), breathing());
}

/**
 * Brings the index up to date with many items, a batch at a time; searches go on meanwhile.
 * @param which `source`: only what was imported from there; `all`: also items that seem up to date, by the stems of
 * the organisation's language as it is now
 * @returns how many were read
 */
export async function catchUp(
	db: Db,
	{ source, all = false }: { source?: string; all?: boolean } = {},
	progress: (done: number) => void = () => {}
): Promise<number> {
	const terms = new Map<string, number>();
	if (all) await writing(db, learnAnew);
	let last = '00000000-0000-0000-0000-000000000000';
	let done = 0;
	for (;;) {
		const found = await rows<{ id: string; known: boolean; size: number }>(
			db,
			sql`select i.id, d.item_id is not null as known, octet_length(i.body_html) as size
				from item i left join search_doc d on d.item_id = i.id and d.part = 0
				left join item p on p.id = i.parent_id join item root on root.id = coalesce(p.parent_id, i.parent_id, i.id)
				where i.id > ${last}::uuid and i.kind in ${kindNames()}
					and (${all} or i.updated_at > d.indexed_at
						or (d.item_id is null and i.state <> 'removed' and root.state <> 'removed' and coalesce(p.state, '') <> 'removed'))
					and (${source ?? null}::text is null or i.provenance ->> 'source' = ${source ?? null})
				order by i.id limit ${AT_ONCE}`
		);
		const batch = upToSize(found);
		if (batch.length === 0) return done;
		const ids = batch.map(({ id }) => id);
		// A change of what stands already can change what is beneath; what is new has nothing there that is not new.
		const changed = all ? [] : batch.filter(({ known }) => known).map(({ id }) => id);
		await inPieces(db, [...new Set([...ids, ...(await withThoseBeneath(db, changed))])], terms);
		last = ids.at(-1)!;
		progress((done += batch.length));
	}
}

/** As many as come to no more text than is read at once, but one at least. */
function upToSize<T extends { size: number }>(found: T[]): T[] {
	let text = 0;
	return found.filter(({ size }, index) => (text += size) <= MOST_TEXT || index === 0);
}

async function withThoseBeneath(db: Db, ids: string[]): Promise<string[]> {
	if (ids.length === 0) return [];
	const found = await rows<{ id: string }>(
		db,
		sql`with recursive beneath as (
			select id from item where id = any(${textArray(ids)}::uuid[])
			union select i.id from item i join beneath b on i.parent_id = b.id
		) select id from beneath`
	);
	return [...new Set([...ids, ...found.map(({ id }) => id)])];
}

async function inPieces(db: Db, ids: string[], terms = new Map<string, number>(), breath = breathless): Promise<void> {
	for (let from = 0; from < ids.length; from += AT_ONCE) {
		const some = ids.slice(from, from + AT_ONCE);
		await writing(db, async (tx) => {
			const counts = new Counts();
			await replace(tx, some, terms, counts, breath);
			await counts.write(tx, breath);
		});
	}
	// A dictionary that grew large is read again where it is needed: most words are seldom used.
	if (terms.size > 200_000) terms.clear();
}

const writing = (db: Db, write: (tx: Db) => Promise<void>) =>
	db.transaction(async (tx) => {
		await tx.execute(sql`select pg_advisory_xact_lock(${WRITER})`);
		await write(tx);
	});

async function replace(
	tx: Db,
	ids: string[],
	terms: Map<string, number>,
	counts: Counts,
	breath: () => Promise<void>
): Promise<void> {
	const items = await loadItems(tx, ids);
	await takeOut(tx, await standingItems(tx, ids), counts);
	const there = new Set(items.map(({ id }) => id));
	const gone = ids.filter((id) => !there.has(id));
	if (gone.length > 0) await takeOut(tx, await standingParts(tx, gone), counts);
	if (items.length === 0) return;
	const numbers = await numbersFor(tx, items);
	const texts = items.map(textsOf);
	await termsOf(tx, new Set(texts.flatMap(({ all }) => all)), terms);
	const average = averageLength(numbers, texts);
	const entries = items.map((item, index) => itemEntry(item, texts[index]!, terms, average));
	await putIn(tx, entries, numbers, counts);
	for (const item of await thoseWithParts(tx, items)) await replaceParts(tx, item, terms, counts, breath);
}

/** With those that come now; a few of usual length are assumed, so that the first ones are not measured by themselves. */
function averageLength({ items, tokens }: Numbers, texts: Texts[]): number {
	const coming = texts.reduce((sum, { all }) => sum + all.length, 0);
	return (10 * 50 + tokens + coming) / (10 + items + texts.length);
}

async function thoseWithParts(tx: Db, items: Source[]): Promise<Source[]> {
	const ids = textArray(items.map(({ id }) => id));
	const found = await rows<{ id: string }>(
		tx,
		sql`select n.id from unnest(${ids}::uuid[]) n(id) where exists (select from item_part p where p.item_id = n.id)
			or exists (select from search_doc d where d.item_id = n.id and d.part > 0)`
	);
	const having = new Set(found.map(({ id }) => id));
	return items.filter(({ id }) => having.has(id));
}

/** Most changes of an item do not touch its parts, of which there may be thousands: these are left as they are. */
async function replaceParts(
	tx: Db,
	item: Source,
	terms: Map<string, number>,
	counts: Counts,
	breath: () => Promise<void>
): Promise<void> {
	const parts: { source: Source; texts: Texts }[] = [];
	const words = new Set<string>();
	for await (const source of loadParts(tx, item)) {
		const texts = textsOf(source);
		parts.push({ source, texts });
		for (const word of texts.all) words.add(word);
		await breath();
	}
	await termsOf(tx, words, terms, breath);
	const numbers = await numbersFor(tx, [item]);
	const entries = await partEntries(parts, terms, breath);
	const standing = await standingParts(tx, [item.id]);
	const same = (entry: Entry, { part, space, kind, vector, words }: Standing) => {
		const place = placeOf(entry, numbers);
		return (
			entry.source.part === part &&
			place.space === space &&
			place.kind === kind &&
			entry.vector.equals(vector) &&
			` ${entry.words.join(' ')} ` === words
		);
	};
	if (entries.length === standing.length && entries.every((entry, index) => same(entry, standing[index]!))) {
		await tx.execute(sql`update search_doc set fresh = ${item.fresh}, helped = ${item.helped}
			where item_id = ${item.id} and part > 0 and (fresh, helped) <> (${item.fresh}::smallint, ${item.helped}::int)`);
		return;
	}
	await takeOut(tx, standing, counts, breath);
	await putIn(tx, entries, numbers, counts, breath);
}
