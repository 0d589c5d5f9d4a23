import { canEdit, canWriteIn } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';
import type { CommentView, ItemView, PostView } from '../post.ts';
import { iso, presentAuthor, type AuthorColumns } from './present.ts';
import { presentRelatives, relationColumns, type RelativeRow } from './relations.ts';
import type { Provenance } from './schema.ts';

/** An item of a page, as `postColumns` brings it. */
export interface PostRow extends AuthorColumns {
	id: string;
	kind: string;
	parent_id: string | null;
	body_html: string;
	state: 'open' | 'archived';
	version: number;
	created_at: string;
	updated_at: string;
	helped_count: number;
	helped_minutes: number;
	helped: boolean;
	kept: string | null;
	flagged: boolean;
	flags: number;
}

/** The columns of a post: of the item `i` and its author `p`. */
export const postColumns = (viewer: Viewer) => sql`
	i.id, i.kind, i.parent_id, i.body_html, i.state, i.version, i.created_at, i.updated_at,
	i.helped_count, i.helped_minutes, i.anonymous, i.author_id, p.name as author_name, p.image as author_image,
	exists (select 1 from helped h where h.item_id = i.id and h.person_id = ${viewer.id}) as helped,
	(select k.id from kept k where k.item_id = i.id and k.person_id = ${viewer.id} and k.removed_at is null) as kept,
	exists (select 1 from flag g where g.item_id = i.id and g.person_id = ${viewer.id} and g.settled_at is null) as flagged,
	(select count(*)::int from flag g where g.item_id = i.id and g.settled_at is null) as flags`;

interface OutcomeRow extends AuthorColumns {
	id: string;
	body_html: string;
	body_md: string;
	updated_at: string;
}

/** What the page of an item tells beside its posts, as `aboutColumns` brings it. */
export interface AboutRow {
	following: boolean;
	followers: number;
	outcome: OutcomeRow | null;
	made_from: RelativeRow[] | null;
	led_to: RelativeRow[] | null;
}

/** How the viewer stands to the item `i`, what it came to, and what it comes from. */
export const aboutColumns = (viewer: Viewer) => sql`
	exists (select 1 from follow f where f.person_id = ${viewer.id} and f.target_kind = 'item' and f.target = i.id::text) as following,
	(select count(*)::int from follow f where f.target_kind = 'item' and f.target = i.id::text) as followers,
	(select row_to_json(line) from (
		select o.id, o.body_html, o.body_md, o.updated_at, o.anonymous, o.author_id, op.name as author_name, op.image as author_image
		from item o join person op on op.id = o.author_id
		where o.parent_id = i.id and o.kind = 'outcome' and ${visibleItems(viewer, 'o')}
	) line) as outcome, ${relationColumns(viewer)}`;

/** The same as it leaves the server. @param edits whether the viewer may change the item */
export function presentAbout(
	viewer: Viewer,
	about: AboutRow,
	edits: boolean
): Pick<ItemView, 'following' | 'followers' | 'outcome' | 'madeFrom' | 'ledTo'> {
	const { following, followers, outcome } = about;
	return {
		...{ following, followers },
		outcome: outcome && {
			...{ id: outcome.id, bodyHtml: outcome.body_html, bodyMd: edits ? outcome.body_md : '' },
			...{ author: presentAuthor(viewer, outcome), at: iso(outcome.updated_at) }
		},
		...{ madeFrom: presentRelatives(about.made_from), ledTo: presentRelatives(about.led_to) }
	};
}

/** A post as it leaves the server. */
export function presentPost(viewer: Viewer, spaceId: string, post: PostRow, comments: PostRow[]): PostView {
	return {
		id: post.id,
		author: presentAuthor(viewer, post),
		bodyHtml: post.body_html,
		createdAt: iso(post.created_at),
		editedAt: post.version > 1 ? iso(post.updated_at) : null,
		version: post.version,
		state: post.state,
		helpedCount: post.helped_count,
		helpedMinutes: post.helped_minutes,
		mine: { helped: post.helped, kept: post.kept, flagged: post.flagged },
		flags: post.flags,
		canEdit: canEdit(viewer, { spaceId, authorId: post.author_id }),
		comments: comments.map((comment) => presentComment(viewer, spaceId, comment))
	};
}

function presentComment(viewer: Viewer, spaceId: string, comment: PostRow): CommentView {
	return {
		id: comment.id,
		author: presentAuthor(viewer, comment),
		bodyHtml: comment.body_html,
		createdAt: iso(comment.created_at),
		canEdit: canEdit(viewer, { spaceId, authorId: comment.author_id })
	};
}

interface Found extends PostRow, AboutRow {
	title: string;
	tags: string[];
	provenance: Provenance | null;
	space_id: string;
	slug: string;
	space_name: string;
	comments: PostRow[] | null;
}

/**
 * An item with a page of its own, and its comments: what all kinds have in common, in one
 * round trip. A capability adds what is special to its kind.
 * @param kind the kind the page is for; another kind is not found there
 * @throws Failure not_found, also for what the viewer may not read
 */
export async function readItem(
	db: Db,
	viewer: Viewer,
	id: string,
	kind: string
): Promise<ItemView & { provenance: Provenance | null }> {
	const found = isId(id) ? await row<Found>(db, itemQuery(viewer, id, kind)) : undefined;
	if (!found) throw notFound('This does not exist, or is not open to you.');
	const post = presentPost(viewer, found.space_id, found, found.comments ?? []);
	return {
		...post,
		...{ title: found.title, tags: found.tags, provenance: found.provenance },
		space: { id: found.space_id, slug: found.slug, name: found.space_name },
		...presentAbout(viewer, found, post.canEdit),
		canWrite: canWriteIn(viewer, { spaceId: found.space_id })
	};
}

const itemQuery = (viewer: Viewer, id: string, kind: string) => sql`
	select ${postColumns(viewer)}, ${aboutColumns(viewer)}, i.title, i.tags, i.provenance, i.space_id, s.slug, s.name as space_name,
		(select json_agg(line order by line.created_at, line.id) from (
			select ${postColumns(viewer)} from item i join person p on p.id = i.author_id
			where i.parent_id = ${id} and i.kind = 'comment' and ${visibleItems(viewer, 'i')}
		) line) as comments
	from item i join space s on s.id = i.space_id join person p on p.id = i.author_id
	where i.id = ${id} and i.kind = ${kind} and ${visibleItems(viewer, 'i')}`;
