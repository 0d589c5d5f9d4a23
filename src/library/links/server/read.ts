import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { itemAddress } from '#src/core/items/address.ts';
import { differenceOf, type Difference } from '#src/core/items/difference.ts';
import { readItem } from '#src/core/items/server/post.ts';
import { iso, presentAuthor, type AuthorColumns } from '#src/core/items/server/present.ts';
import { itemToEdit } from '#src/core/items/server/write.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';
import { minutesOf, type LinkState, type LinkView, type NoteElsewhere, type PageView } from '../link.ts';
import { checksOf, presentStanding, standingColumn, type StandingColumn } from './checks.ts';

interface Found {
	url: string;
	site: string;
	author: string;
	published_at: string | null;
	description: string;
	language: string;
	words: number;
	file_type: string;
	state: LinkState;
	problem: string;
	cut: boolean;
	looked_at: string | null;
	lost_at: string | null;
	snapshot: number;
	image_id: string | null;
	image_name: string | null;
	width: number | null;
	height: number | null;
	html: string | null;
	taken_at: string | null;
	versions: number;
	standing: StandingColumn;
}

/** A link with what its page says, the text as it was kept, everybody's notes and verdicts. @throws Failure not_found */
export async function readLink(db: Db, viewer: Viewer, id: string): Promise<LinkView> {
	const { provenance: _, ...item } = await readItem(db, viewer, id, 'link');
	const found = (await row<Found>(
		db,
		sql`select l.*, f.name as image_name, f.width, f.height, s.html, s.taken_at,
				(select count(*)::int from link_snapshot n where n.item_id = l.item_id) as versions, ${standingColumn(viewer)}
			from link l left join file f on f.id = l.image_id
			left join link_snapshot s on s.item_id = l.item_id and s.version = l.snapshot
			where l.item_id = ${id}`
	))!;
	return {
		...item,
		page: presentPage(found),
		kept:
			found.html === null || found.html === ''
				? null
				: { html: found.html, takenAt: iso(found.taken_at!), version: found.snapshot, versions: found.versions },
		standing: presentStanding(found.standing),
		...(await checksOf(db, viewer, id, item.space.id)),
		elsewhere: await notesElsewhere(db, viewer, id)
	};
}

function presentPage(found: Found): PageView {
	const time = (moment: string | null) => (moment ? iso(moment) : null);
	return {
		...{ url: found.url, site: found.site, author: found.author, description: found.description },
		...{ language: found.language, minutes: minutesOf(found.words), state: found.state, problem: found.problem },
		...{ fileType: found.file_type, cut: found.cut },
		publishedAt: time(found.published_at),
		lookedAt: time(found.looked_at),
		lostAt: time(found.lost_at),
		image: found.image_id
			? {
					url: `/files/${found.image_id}/${encodeURIComponent(found.image_name ?? 'picture')}`,
					...{ width: found.width, height: found.height }
				}
			: null
	};
}

interface NoteRow extends AuthorColumns {
	id: string;
	kind: string;
	root_id: string;
	body_html: string;
	created_at: string;
	slug: string;
	space_name: string;
}

/** What colleagues wrote on the same page in other spaces, among what the viewer may read. */
async function notesElsewhere(db: Db, viewer: Viewer, id: string): Promise<NoteElsewhere[]> {
	const found = await rows<NoteRow>(
		db,
		sql`select n.id, n.kind, other.item_id as root_id, n.body_html, n.created_at, s.slug, s.name as space_name,
				n.anonymous, n.author_id, p.name as author_name, p.image as author_image
			from link l join link other on other.key = l.key and other.item_id <> l.item_id
			join item i on i.id = other.item_id and ${visibleItems(viewer, 'i')}
			join item n on n.id = i.id or (n.parent_id = i.id and n.kind = 'comment')
			join space s on s.id = n.space_id join person p on p.id = n.author_id
			where l.item_id = ${id} and ${visibleItems(viewer, 'n')} order by n.created_at limit 100`
	);
	return found.map((note) => ({
		id: note.id,
		author: presentAuthor(viewer, note),
		bodyHtml: note.body_html,
		createdAt: iso(note.created_at),
		href: itemAddress({ id: note.id, kind: note.kind, rootId: note.root_id, rootKind: 'link' }),
		space: { slug: note.slug, name: note.space_name }
	}));
}

/** Where a link went that turned out to be another one of its space; undefined for all others, and where that may not be read. */
export async function movedTo(db: Db, viewer: Viewer, id: string): Promise<string | undefined> {
	if (!isId(id)) return undefined;
	const found = await row<{ id: string }>(
		db,
		sql`select i.id from link l join item i on i.id = l.merged_into where l.item_id = ${id} and ${visibleItems(viewer, 'i')}`
	);
	return found?.id;
}

/** What the form to edit a link begins with. @throws Failure not_found or forbidden */
export async function linkToEdit(db: Db, viewer: Viewer, id: string) {
	if (!isId(id)) throw notFound();
	return itemToEdit(db, viewer, id, 'link');
}

export interface Changes {
	title: string;
	/** Newest first. */
	versions: { version: number; takenAt: string; title: string }[];
	from: number;
	to: number;
	difference: Difference;
}

/**
 * What changed on the page between two kept texts: by default the last two.
 * @throws Failure not_found, also where there are no two
 */
export async function linkChanges(
	db: Db,
	viewer: Viewer,
	id: string,
	asked: { from?: number; to?: number } = {}
): Promise<Changes> {
	const texts = isId(id)
		? await rows<{ version: number; title: string; taken_at: string; item_title: string }>(
				db,
				sql`select s.version, s.title, s.taken_at, i.title as item_title from link_snapshot s join item i on i.id = s.item_id
					where i.id = ${id} and i.kind = 'link' and ${visibleItems(viewer, 'i')} order by s.version desc`
			)
		: [];
	const to = asked.to ?? texts[0]?.version;
	const from = asked.from ?? texts.find(({ version }) => version < (to ?? 0))?.version;
	if (from === undefined || to === undefined) throw notFound('There is nothing to compare yet.');
	return {
		...{ title: texts[0]!.item_title, from, to },
		versions: texts.map(({ version, title, taken_at }) => ({ version, title, takenAt: iso(taken_at) })),
		difference: differenceOf(await textAt(db, id, from), await textAt(db, id, to))
	};
}

async function textAt(db: Db, id: string, version: number) {
	const found = await row<{ title: string; text: string }>(
		db,
		sql`select title, left(text, 100000) as text from link_snapshot where item_id = ${id} and version = ${version}`
	);
	if (!found) throw notFound('There is no such version.');
	return { title: found.title, bodyMd: found.text, tags: [] };
}
