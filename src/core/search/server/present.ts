import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { itemAddress } from '#src/core/items/address.ts';
import { plainText } from '#src/core/items/server/render.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import { numberArray } from './arrays.ts';
import type { Match } from './candidates.ts';
import type { Concept } from './dictionary.ts';
import { markWords, passage, type Piece } from './highlight.ts';
import { searchKind } from './kinds.ts';
import type { Query } from './query.ts';
import { distinctions } from './sources.ts';
import { wordsOf } from './words.ts';

export interface Hit {
	id: string;
	kind: string;
	label: string;
	icon: string;
	href: string;
	title: Piece[];
	passage: Piece[];
	/** Which part of the item it is, such as "Page 12"; null for the item itself. */
	locator: string | null;
	space: string;
	/** One line that says why it is here. */
	why: string;
	at: Date;
}

interface Shown {
	id: string;
	kind: string;
	title: string;
	body: string | null;
	part: number;
	locator: string | null;
	suffix: string | null;
	root_id: string;
	root_kind: string;
	root_title: string;
	space_id: string;
	space: string;
	helped_count: number;
	distinct: boolean;
	created_at: string;
}

/** No passage is sought further into a text than this. */
const LONGEST = 60_000;

/** Reads what is shown, once more within the viewer's rights: the index may lag behind them. */
export async function present(
	db: Db,
	viewer: Viewer,
	matches: Match[],
	concepts: Concept[],
	query: Query
): Promise<Hit[]> {
	if (matches.length === 0) return [];
	const ids = array(
		matches.map(({ itemId }) => itemId),
		'uuid'
	);
	const shown = await rows<Shown>(
		db,
		sql`select i.id, i.kind, i.title, m.part, part.locator, part.suffix, case when m.part = 0 then left(i.body_html, ${LONGEST}) else part.text end as body,
			root.id as root_id, root.kind as root_kind, root.title as root_title, i.space_id, s.name as space,
			i.helped_count, ${distinctions()} as distinct, i.created_at
			from unnest(${ids}, ${numberArray(matches.map(({ part }) => part))}::int[]) m(id, part)
			join item i on i.id = m.id join space s on s.id = i.space_id left join item p on p.id = i.parent_id
			join item root on root.id = coalesce(p.parent_id, i.parent_id, i.id)
			left join item_part part on part.item_id = m.id and part.part = m.part
			where ${visibleItems(viewer, 'i')} and ${visibleItems(viewer, 'root')} and coalesce(p.state, '') <> 'removed'
				and (${query.archived} or (i.state = 'open' and root.state = 'open' and coalesce(p.state, 'open') = 'open'))`
	);
	const byId = new Map(shown.map((item) => [item.id, item]));
	const sought = new Set(concepts.flatMap(({ words }) => [...words]));
	const last = query.unfinished ? query.words.at(-1) : undefined;
	const isSought = (word: string) => sought.has(word) || (last !== undefined && word.startsWith(last));
	return matches.flatMap(({ itemId }) => {
		const item = byId.get(itemId);
		return item ? (hitOf(viewer, item, concepts, isSought) ?? []) : [];
	});
}

function hitOf(viewer: Viewer, item: Shown, concepts: Concept[], isSought: (word: string) => boolean): Hit | undefined {
	const kind = searchKind(item.kind);
	if (!kind) return undefined;
	const { id, root_id: rootId, root_kind: rootKind, locator, suffix, body } = item;
	const title = markWords(item.title || item.root_title, isSought);
	return {
		...{ id, kind: item.kind, label: kind.label, icon: kind.icon, space: item.space, title, locator },
		href: itemAddress({ id, kind: item.kind, rootId, rootKind }) + (suffix ?? ''),
		passage: passage(item.part === 0 ? plainText(body ?? '') : (body ?? ''), isSought),
		why: whyOf(viewer, item, title, concepts),
		at: new Date(item.created_at)
	};
}

function whyOf(viewer: Viewer, item: Shown, title: Piece[], concepts: Concept[]): string {
	const words =
		concepts.length === 0
			? 'newest first'
			: item.part === 0 && item.title && title.some(({ mark }) => mark)
				? 'title matches'
				: 'text matches';
	const parts = [words];
	const distinction = searchKind(item.kind)?.distinction;
	if (item.distinct && distinction) parts.push(distinction.label);
	if (item.helped_count > 0) parts.push(`helped ${item.helped_count}`);
	if (viewer.memberships.has(item.space_id)) parts.push(`in your space ${item.space}`);
	else if (Date.now() - Date.parse(item.created_at) < 30 * 86_400_000) parts.push('new this month');
	return parts.join(' · ');
}

/** Only what stands in a result that is shown: the dictionary alone would tell of what others wrote. */
export function corrections(concepts: Concept[], hits: Hit[]): { asked: string; taken: string }[] {
	const marked = new Set(
		hits.flatMap(({ title, passage }) =>
			[...title, ...passage].filter(({ mark }) => mark).flatMap(({ text }) => wordsOf(text))
		)
	);
	return concepts
		.filter(({ corrected }) => corrected)
		.flatMap(({ text, words }) => {
			const taken = [...words].find((word) => word !== text && marked.has(word));
			return taken ? [{ asked: text, taken }] : [];
		});
}
