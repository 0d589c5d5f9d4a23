import type { Viewer } from '#src/core/access/server/viewer.ts';
import { spacesWithin, visibleItems, visibleWithin } from '#src/core/access/server/visibility.ts';
import { decodeCursor, toPage } from '#src/core/api/server/page.ts';
import { itemAddress } from '#src/core/items/address.ts';
import { iso } from '#src/core/items/server/present.ts';
import { plainText } from '#src/core/items/server/render.ts';
import { array, row, rows, sql, type Db } from '#src/platform/server/db.ts';
import type { SQL } from 'drizzle-orm';
import { kindOf } from '../kinds.ts';
import type { NoticeGroup, NoticeView } from '../notice.ts';
import { NOTIFY_CHANNEL } from './fan-out.ts';

/** A notification as the queries below bring it. */
export interface NoticeRow {
	id: string;
	kind: string;
	item_id: string | null;
	item_kind: string | null;
	page_id: string | null;
	page_kind: string | null;
	topic: string;
	title: string;
	body_html: string;
	slug: string;
	space: string;
	actor: string | null;
	actor_image: string | null;
	note: string;
	at: string;
	created_at: string;
	/** What an answer by mail is about. */
	reply_to: string | null;
	read_at: string | null;
}

/** What a notification is about. */
export const noticeJoins = sql`
	join space s on s.id = n.space_id
	left join item i on i.id = n.item_id
	left join item top on top.id = n.page_id
	left join person actor on actor.id = n.actor_id`;

/** Whether somebody may still read what it is about. @param readable, own arrays of spaces: those they may read, and are in */
export const mayReadNotice = (
	readable: SQL,
	own: SQL
) => sql`(case when n.item_id is null then ${spacesWithin(own, 's')}
	else ${visibleWithin(readable, 'i')} and ${visibleWithin(readable, 'top')} end)`;

/** Whatever the viewer may not read any more is not shown or counted. @param more joins of who asks for more */
export const noticesOf = (viewer: Viewer, more = sql``) => sql`
	from notification n ${noticeJoins} ${more} where n.person_id = ${viewer.id}
		and ${mayReadNotice(array(viewer.readableSpaces, 'uuid'), array([...viewer.memberships.keys()], 'uuid'))}`;

export const noticeColumns = sql`n.id, n.kind, n.item_id, i.kind as item_kind, n.page_id, top.kind as page_kind,
	coalesce(n.page_id, n.space_id) as topic, coalesce(top.title, '') as title, left(coalesce(i.body_html, ''), 900) as body_html,
	s.slug, s.name as space, actor.name as actor, actor.image as actor_image, coalesce(n.data ->> 'note', '') as note, coalesce(n.data ->> 'at', '') as at,
	n.created_at, n.read_at, case when i.kind = 'comment' then i.parent_id else i.id end as reply_to`;

/** Makes the first words of a rendered text; one that remembers spares the same text for many people. */
export type ExcerptOf = (html: string, max: number) => string;

/** `plainText` that makes each text once: for the mails of one batch, then it is forgotten. */
export function excerptsOfBatch(): ExcerptOf {
	const known = new Map<string, string>();
	return (html, max) => {
		const excerpt = known.get(html) ?? plainText(html, max);
		known.set(html, excerpt);
		return excerpt;
	};
}

/** What leaves the server of a notification. */
export function presentNotice(line: NoticeRow, excerptOf: ExcerptOf = plainText): NoticeView {
	const actor = line.actor ?? 'Somebody';
	const { title, space, note } = line;
	const saysItself = ['item.helped', 'item.flagged', 'question.climbed', 'expert.asked', 'question.duplicate'];
	return {
		id: line.id,
		kind: line.kind,
		sentence: kindOf(line.kind)?.sentence({ actor, title, space, note }) ?? title,
		excerpt: note || (line.item_id && !saysItself.includes(line.kind) ? excerptOf(line.body_html, 160) : ''),
		actor: { name: actor, image: line.actor_image, anonymous: line.actor === null },
		href: addressOf(line),
		at: iso(line.created_at),
		read: line.read_at !== null
	};
}

function addressOf({ item_id, item_kind, page_id, page_kind, slug, at }: NoticeRow): string {
	if (at) return at;
	if (!item_id || !item_kind) return `/spaces/${slug}`;
	return itemAddress({ id: item_id, kind: item_kind, rootId: page_id ?? item_id, rootKind: page_kind ?? item_kind });
}

export interface NoticeFilter {
	show: 'all' | 'unread';
	kind?: string;
	cursor?: string;
	limit?: number;
}

/** Notifications grouped by what they are about, the newest first. */
export async function listNotices(
	db: Db,
	viewer: Viewer,
	filter: NoticeFilter
): Promise<{ groups: NoticeGroup[]; next: string | null }> {
	const { show, kind, cursor, limit = 40 } = filter;
	const after = decodeCursor(cursor, 'time', 'id');
	const found = await rows<NoticeRow>(
		db,
		sql`select ${noticeColumns} ${noticesOf(viewer)} and n.in_page
			and ${show === 'unread' ? sql`n.read_at is null` : sql`true`}
			and ${kind ? sql`n.kind = ${kind}` : sql`true`}
			and ${after ? sql`(n.created_at, n.id) < (${after[0]!}::timestamptz, ${after[1]!}::uuid)` : sql`true`}
			order by n.created_at desc, n.id desc limit ${limit + 1}`
	);
	const { items, next } = toPage(found, limit, (last) => [String(last.created_at), last.id]);
	return { groups: grouped(items), next };
}

/** By topic, in the order of each topic's newest. */
export function grouped(found: NoticeRow[]): NoticeGroup[] {
	const groups = new Map<string, NoticeGroup>();
	for (const line of found) {
		const group = groups.get(line.topic) ?? {
			...{ topic: line.topic, title: line.title || line.space, space: line.space },
			...{ item: line.page_id, notices: [] }
		};
		group.notices.push(presentNotice(line));
		groups.set(line.topic, group);
	}
	return [...groups.values()];
}

/** How many the bell shows: nothing while notifications are paused. */
export async function unreadCount(db: Db, viewer: Viewer): Promise<number> {
	const found = await row<{ n: number }>(
		db,
		sql`select count(*)::int as n from (select 1 ${noticesOf(viewer)} and n.in_page and n.read_at is null
			and not exists (select 1 from notification_settings p where p.person_id = ${viewer.id} and p.paused_until > now())
			limit 100) few`
	);
	return found!.n;
}

/** Marks some, or all up to a moment, as read. @returns the ids that were unread, to take it back with */
export async function markRead(db: Db, viewer: Viewer, which: { ids?: string[] } = {}): Promise<string[]> {
	const some = which.ids ? sql`id = any(${array(which.ids, 'uuid')})` : sql`true`;
	return change(db, viewer, sql`update notification set read_at = now() where read_at is null and in_page and ${some}`);
}

/** Takes it back. */
export async function markUnread(db: Db, viewer: Viewer, ids: string[]): Promise<void> {
	await change(db, viewer, sql`update notification set read_at = null where id = any(${array(ids, 'uuid')})`);
}

async function change(db: Db, viewer: Viewer, update: SQL): Promise<string[]> {
	const changed = await rows<{ id: string }>(db, sql`${update} and person_id = ${viewer.id} returning id`);
	if (changed.length > 0) await tellOtherTabs(db, viewer);
	return changed.map(({ id }) => id);
}

const tellOtherTabs = (db: Db, viewer: Viewer) =>
	db.execute(sql`select pg_notify(${NOTIFY_CHANNEL}, ${`people ${viewer.id}`})`);

/** The viewer looks at a page: what they were told of it is read, and it is not new to them. */
export async function markSeen(db: Db, viewer: Viewer, pageId: string): Promise<void> {
	await db.execute(sql`insert into seen (person_id, item_id) select ${viewer.id}, i.id from item i
		where i.id = ${pageId} and ${visibleItems(viewer, 'i')}
		on conflict (person_id, item_id) do update set at = now()`);
	await change(db, viewer, sql`update notification set read_at = now() where read_at is null and page_id = ${pageId}`);
}

/** Removes what was read more than 90 days ago: the daily job. */
export async function forgetOldNotices(db: Db): Promise<void> {
	await db.execute(sql`delete from notification where read_at < now() - interval '90 days'`);
	await db.execute(sql`delete from mail_failure where at < now() - interval '90 days'`);
	await db.execute(sql`delete from mail_sent where at < now() - interval '90 days'`);
}
