import { plainText } from '#src/core/items/server/render.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';
import { searchKind, searchKinds } from './kinds.ts';
import { textArray } from './arrays.ts';
import { wordsOf } from './words.ts';

/** What the index must know of an item, or of a part of one. */
export interface Source {
	id: string;
	/** 0 for the item itself. */
	part: number;
	kind: string;
	space_id: string;
	author_id: string | null;
	root_id: string;
	title: string;
	/** The text of a part, the HTML of an item. */
	body: string;
	tags: string[];
	archived: boolean;
	/** How many people it helped; those who voted for it where it came from count as well. */
	helped: number;
	distinct: boolean;
	day: number;
	fresh: number;
}

/** An item's words, field by field. */
export interface Texts {
	title: string[];
	body: string[];
	tags: string[];
	/** Words that nobody can type by chance: its tags, its author. */
	marks: string[];
	all: string[];
}

/** Reads what these items are now; those that are removed, or beneath something removed, are left out. */
export async function loadItems(tx: Db, ids: string[]): Promise<Source[]> {
	return rows<Source>(
		tx,
		sql`select i.id, 0 as part, i.kind, i.space_id, case when i.anonymous then null else i.author_id end as author_id,
			root.id as root_id, i.title, i.body_html as body, i.tags, ${distinctions()} as distinct,
			i.helped_count + case when jsonb_typeof(i.provenance -> 'score') = 'number' then greatest(0, (i.provenance ->> 'score')::float8)::int else 0 end as helped,
			(i.state = 'archived' or root.state = 'archived' or coalesce(p.state, '') = 'archived') as archived,
			extract(epoch from i.created_at)::int / 86400 as day, extract(epoch from i.updated_at)::int / 86400 as fresh
			from item i left join item p on p.id = i.parent_id
			join item root on root.id = coalesce(p.parent_id, i.parent_id, i.id)
			where i.id = any(${textArray(ids)}::uuid[]) and i.kind in ${kindNames()}
				and i.state <> 'removed' and root.state <> 'removed' and (p.id is null or p.state <> 'removed')
			order by i.id`
	);
}

/** Parts read at once. */
const PARTS = 20;

/** The parts of an item, a few at a time. Each has its item's title, so that it is scored with it. */
export async function* loadParts(tx: Db, item: Source): AsyncGenerator<Source> {
	for (let last = 0; ;) {
		const found = await rows<{ part: number; text: string }>(
			tx,
			sql`select part, text from item_part where item_id = ${item.id} and part > ${last} order by part limit ${PARTS}`
		);
		for (const { part, text } of found) yield { ...item, part, body: text };
		if (found.length < PARTS) return;
		last = found.at(-1)!.part;
	}
}

/** Whether `item i` is one of those that its kind sets above the others. */
export function distinctions() {
	const conditions = searchKinds().flatMap(({ kind, distinction }) =>
		distinction ? [sql`(i.kind = ${kind} and ${distinction.when})`] : []
	);
	return conditions.length > 0 ? sql`(${sql.join(conditions, sql` or `)})` : sql`false`;
}

export const kindNames = () => [...searchKinds().map(({ kind }) => kind), ''];

/** The words of an item or a part; the author and the tags of a part are its item's. */
export function textsOf(source: Pick<Source, 'part' | 'title' | 'body' | 'tags' | 'author_id'>): Texts {
	const body = wordsOf(source.part === 0 ? plainText(source.body) : source.body).slice(0, 20_000);
	const title = wordsOf(source.title);
	const tags = source.tags.flatMap(wordsOf);
	const marks = [...source.tags.map(tagMark), ...(source.author_id ? [authorMark(source.author_id)] : [])];
	return { title, body, tags, marks, all: [...title, ...body, ...tags, ...marks] };
}

export const tagMark = (tag: string) => `#${tag.toLowerCase()}`;
export const authorMark = (id: string) => `@${id}`;

/** What helped colleagues stands higher; each doubling of the people it helped counts the same. */
export function worthOf({ kind, helped, distinct, part }: Source): number {
	const merit = part === 0 ? 1 + 0.12 * Math.log2(1 + helped) : 1;
	return Math.min(1.85, (searchKind(kind)?.weight ?? 1) * merit * (distinct ? 1.2 : 1));
}
