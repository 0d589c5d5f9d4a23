import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { plainText } from '#src/core/items/server/render.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import type { PartsOfItem, PartName } from '../parts.ts';

/** More than this nobody chooses from a list; pages and slides are counted instead. */
const MOST_NAMED = 100;

/**
 * What an item can be pointed into: the headings of its text, what its document names, its pages and slides, its film.
 * @returns nothing for an item that the viewer may not read
 */
export async function partsOf(db: Db, viewer: Viewer, itemId: string): Promise<PartsOfItem | undefined> {
	return (await partsOfAll(db, viewer, [itemId]))[0];
}

/** The same for several items, in their order; those that the viewer may not read are left out. */
export async function partsOfAll(db: Db, viewer: Viewer, ids: string[]): Promise<PartsOfItem[]> {
	if (ids.length === 0) return [];
	const found = await rows<{ id: string; kind: string; title: string; body_html: string; film: boolean }>(
		db,
		sql`select i.id, i.kind, i.title, i.body_html, (i.body_html like '%<video%' or exists (
				select 1 from item_file f join file on file.id = f.file_id where f.item_id = i.id and file.mime like 'video/%')) as film
			from item i where i.id = any(${array(ids, 'uuid')}) and ${visibleItems(viewer, 'i')}`
	);
	const parts = await rows<{ item_id: string; locator: string; suffix: string }>(
		db,
		sql`select item_id, locator, suffix from item_part where item_id = any(${array(
			found.map(({ id }) => id),
			'uuid'
		)}) group by item_id, locator, suffix order by item_id, min(part)`
	);
	return ids.flatMap((id) => {
		const item = found.find((each) => each.id === id);
		return item
			? [
					present(
						item,
						parts.filter(({ item_id }) => item_id === id)
					)
				]
			: [];
	});
}

/**
 * What leads to pieces that stand in a later view of a long document: `?view=2#page-31`.
 * @returns by `item#piece`; what is not in it is led to by its name alone
 */
export async function laterViews(db: Db, pieces: { itemId: string; piece: string }[]): Promise<Map<string, string>> {
	const named = pieces.filter(({ piece }) => piece !== '');
	if (named.length === 0) return new Map();
	const found = await rows<{ item_id: string; suffix: string }>(
		db,
		sql`select distinct item_id, suffix from item_part where suffix like '?view=%' and item_id = any(${array(
			named.map(({ itemId }) => itemId),
			'uuid'
		)}) and substr(suffix, strpos(suffix, '#') + 1) = any(${array(
			named.map(({ piece }) => piece),
			'text'
		)})`
	);
	return new Map(found.map(({ item_id, suffix }) => [item_id + suffix.slice(suffix.indexOf('#')), suffix]));
}

type Item = { id: string; kind: string; title: string; body_html: string; film: boolean };

function present(
	{ id, kind, title, body_html, film }: Item,
	parts: { locator: string; suffix: string }[]
): PartsOfItem {
	const counted = (unit: string) =>
		Math.max(0, ...parts.map(({ suffix }) => Number(new RegExp(`#${unit}-(\\d+)$`).exec(suffix)?.[1] ?? 0)));
	const named = parts
		.filter(({ suffix }) => suffix.includes('#') && !/#(page|slide)-\d+$/.test(suffix))
		.map(({ locator, suffix }) => ({ id: suffix.slice(suffix.indexOf('#') + 1), label: locator }));
	const once = new Map([...headingsIn(body_html), ...named].map((part) => [part.id, part]));
	return {
		id,
		kind,
		title,
		headings: [...once.values()].slice(0, MOST_NAMED),
		pages: counted('page'),
		slides: counted('slide'),
		film
	};
}

/** The headings of a rendered text that can be led to. */
export function headingsIn(html: string): PartName[] {
	return [...html.matchAll(/<h[1-6]\b[^>]*\bid="([^"]+)"[^>]*>([\s\S]*?)<\/h[1-6]>/g)].map(([, id, inner]) => ({
		id: id!,
		label: plainText(inner!, 120)
	}));
}
