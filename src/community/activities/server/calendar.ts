import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { itemEntries } from '#src/core/feed-out/server/items.ts';
import type { FeedSource } from '#src/core/feed-out/server/sources.ts';
import { iso } from '#src/core/items/server/present.ts';
import { plainText } from '#src/core/items/server/render.ts';
import { spaceById } from '#src/core/spaces/server/read.ts';
import { canRead } from '#src/core/access/server/policy.ts';
import { rows, sql, type Db, type SQL } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';
import { CALENDAR_TYPE, toCalendar, type CalendarEvent } from '#src/platform/server/icalendar.ts';
import type { Way } from '../activity.ts';
import { activityOf } from './record.ts';

/** Events in a calendar at most; those of the last year are kept in it. */
const MOST = 500;

interface Row {
	id: string;
	title: string;
	body_html: string;
	state: 'open' | 'archived';
	way: Way;
	place: string;
	link: string;
	begins_on: string;
	ends_on: string;
	begins: string;
	ends: string;
	moves: number;
	updated_at: string;
}

async function eventsWhere(db: Db, viewer: Viewer, origin: string, which: SQL): Promise<CalendarEvent[]> {
	const found = await rows<Row>(
		db,
		sql`select i.id, i.title, i.body_html, i.state, a.way, a.place, a.link, a.begins_on::text, a.ends_on::text, a.begins, a.ends,
				a.moves, i.updated_at
			from activity a join item i on i.id = a.item_id where ${which} and ${visibleItems(viewer, 'i')}
			order by a.begins desc, i.id limit ${MOST}`
	);
	return found.map((one) => eventOf(one, origin));
}

function eventOf(one: Row, origin: string): CalendarEvent {
	const url = `${origin}/activities/${one.id}`;
	const text = [plainText(one.body_html, 1000), one.link, url].filter(Boolean).join('\n\n');
	return {
		...{ uid: `${one.id}@${new URL(origin).hostname}`, title: one.title, text, url },
		place: one.place || one.link,
		...(one.way === 'weeks'
			? { begins: one.begins_on, ends: one.ends_on }
			: { begins: iso(one.begins), ends: iso(one.ends) }),
		...{
			changedAt: iso(one.updated_at),
			moves: one.moves,
			off: one.state === 'archived' && Date.parse(one.ends) > Date.now()
		}
	};
}

/** One activity as a file that calendars take in. @throws Failure not_found */
export async function activityFile(db: Db, viewer: Viewer, id: string, origin: string): Promise<Response> {
	const { title } = await activityOf(db, viewer, id);
	const events = await eventsWhere(db, viewer, origin, sql`i.id = ${id}`);
	return new Response(toCalendar(title, events), {
		headers: {
			'content-type': CALENDAR_TYPE,
			'content-disposition': `attachment; filename="activity-${id.slice(-8)}.ics"`,
			'cache-control': 'private, no-cache'
		}
	});
}

/** The programme of a space, for readers and calendars. */
export const programmeFeed: FeedSource = {
	...{ kind: 'programme', label: 'Programme' },
	async about(db, viewer, target) {
		if (!isId(target) || !canRead(viewer, { spaceId: target }))
			throw notFound('There is no such space, or its members alone read it.');
		const { id, slug, name } = await spaceById(db, viewer, target);
		return {
			title: `Programme of ${name}`,
			page: `/spaces/${encodeURIComponent(slug)}/community/programme`,
			target: id
		};
	},
	entries: (db, viewer, target, origin) =>
		itemEntries(db, viewer, origin, sql`i.kind = 'activity' and i.space_id = ${target}`, sql`i.created_at`),
	events: (db, viewer, target, origin) =>
		eventsWhere(db, viewer, origin, sql`i.space_id = ${target} and a.ends > now() - interval '1 year'`)
};
