import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { linePage, presentLine, type LineRow } from '#src/core/items/server/list.ts';
import { readItem } from '#src/core/items/server/post.ts';
import { renderMarkdown } from '#src/core/items/server/render.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';
import type { DripRow, DripView, TipKind, TipPage, TipView } from '../drip.ts';
import type { DripFilter } from '../input.ts';
import { correctionsOf } from './corrections.ts';
import { comingOf } from './follow.ts';
import { authorIds, authorsOf, mayWrite, type DripRecord } from './drafts.ts';

/** A published series as it is read. @throws Failure not_found */
export async function readDrip(db: Db, viewer: Viewer, id: string): Promise<DripView> {
	const { provenance: _, ...item } = await readItem(db, viewer, id, 'drip');
	const about = (await row<DripRecord>(db, sql`select d.*, ${authorIds} from drip d where d.id = ${id}`))!;
	return {
		...item,
		...{ bodyHtml: renderMarkdown(about.about), authors: await authorsOf(db, id) },
		// What is still to come is opened one by one: so each tip knows who has got it.
		tips: (await tipsOf(db, viewer, id)).map((tip) => (tip.seenAt ? tip : { ...tip, bodyHtml: '' })),
		...{ coming: (await comingOf(db, viewer.id, id)) ?? null, canWriteTips: mayWrite(viewer, about) }
	};
}

interface TipRow {
	id: string;
	kind: TipKind;
	title: string;
	html: string;
	version: number;
	published_at: string;
	seen_at: string | null;
	known: boolean;
}

/** What readers may see of the tips `t`. */
export const isOut = sql`t.published_at is not null and t.withdrawn_at is null`;

/** The tips of a published series in their order, with when the viewer got each. */
async function tipsOf(db: Db, viewer: Viewer, dripId: string): Promise<TipView[]> {
	const found = await rows<TipRow>(
		db,
		sql`select t.id, t.kind, t.title, t.html, t.version, t.published_at, r.at as seen_at, coalesce(r.known, false) as known
			from drip_tip t left join drip_receipt r on r.tip_id = t.id and r.person_id = ${viewer.id}
			where t.drip_id = ${dripId} and ${isOut} order by t.position, t.id`
	);
	return found.map(({ html, published_at, seen_at, ...tip }) => ({
		...{ ...tip, bodyHtml: html, publishedAt: new Date(published_at).toISOString() },
		seenAt: seen_at && new Date(seen_at).toISOString()
	}));
}

/**
 * Opens one tip: whoever opens it has got it, in whatever order they read.
 * @throws Failure not_found, also for one that was taken out
 */
export async function openTip(db: Db, viewer: Viewer, dripId: string, tipId: string): Promise<TipPage> {
	const about = isId(dripId)
		? await row<DripRecord & { slug: string; space: string }>(
				db,
				sql`select d.*, i.title, s.slug, s.name as space, ${authorIds} from item i join drip d on d.id = i.id
					join space s on s.id = i.space_id where i.id = ${dripId} and ${visibleItems(viewer, 'i')}`
			)
		: undefined;
	const tips = about ? await tipsOf(db, viewer, dripId) : [];
	const at = tips.findIndex(({ id }) => id === tipId);
	const tip = tips[at];
	if (!about || !tip) throw notFound('This tip was taken out, or is not open to you.');
	await noteSeen(db, viewer, tip);
	return {
		drip: { id: dripId, name: about.title, space: { slug: about.slug, name: about.space } },
		...{ tip, place: at + 1, of: tips.length },
		...{ before: tips[at - 1]?.id ?? null, after: tips[at + 1]?.id ?? null },
		...{ corrections: await correctionsOf(db, tipId), canWriteTips: mayWrite(viewer, about) }
	};
}

const noteSeen = (db: Db, viewer: Viewer, { id, version }: TipView) =>
	db.execute(sql`insert into drip_receipt (tip_id, person_id, version, via, done_at)
		values (${id}, ${viewer.id}, ${version}, 'page', now())
		on conflict (tip_id, person_id) do update set version = greatest(drip_receipt.version, excluded.version),
			done_at = coalesce(drip_receipt.done_at, now())`);

interface SeriesRow extends LineRow {
	about: string;
	authors: string[];
	tip_count: number;
	seen: number;
}

/** Published series the viewer may read, the liveliest first. */
export const listDrips = (db: Db, viewer: Viewer, filter: DripFilter) =>
	linePage<SeriesRow, DripRow>(
		db,
		viewer,
		filter,
		{
			columns: sql`d.about, c.tip_count, c.seen,
				array(select ap.name from drip_author a join person ap on ap.id = a.person_id where a.drip_id = d.id
					order by ap.id <> d.begun_by, lower(ap.name)) as authors`,
			join: sql`join drip d on d.id = i.id cross join lateral (
				select count(*)::int as tip_count, count(r.tip_id)::int as seen from drip_tip t
				left join drip_receipt r on r.tip_id = t.id and r.person_id = ${viewer.id}
				where t.drip_id = d.id and ${isOut}) c`
		},
		(line) => ({
			...presentLine(viewer, line),
			...{ by: line.authors, tips: line.tip_count, seen: line.seen },
			excerpt: presentLine(viewer, { ...line, opening: renderMarkdown(line.about) }).excerpt
		})
	);
