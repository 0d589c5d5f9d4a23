import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { feedAddress } from '../address.ts';
import type { CalendarEvent } from '#src/platform/server/icalendar.ts';
import type { FeedFormat, FeedOf } from '../input.ts';
import type { EntryOut, FeedOut } from './feed.ts';

/** Something of which there is a feed for everybody who may read it. */
export interface FeedSource {
	/** The first part of its address: `/out/space/…`. */
	kind: string;
	/** What it is called where one's private addresses are listed: "Space". */
	label: string;
	/**
	 * What a target is called, its page (from / on), and the target as it stands in addresses.
	 * @throws Failure not_found where the viewer may not read it
	 */
	about(db: Db, viewer: Viewer, target: string): Promise<{ title: string; page: string; target: string }>;
	/** What the viewer may read of it now, the newest first. @param origin where the pages stand */
	entries(db: Db, viewer: Viewer, target: string, origin: string): Promise<EntryOut[]>;
	/** The same for calendars, where it has days and hours. */
	events?(db: Db, viewer: Viewer, target: string, origin: string): Promise<CalendarEvent[]>;
}

const sources = new Map<string, FeedSource>();

/**
 * Declares feeds of a kind: a room says it once, when it is wired. Their addresses, private ones, their list in the
 * settings and the API follow.
 * @example registerFeeds({ kind: 'tag', label: 'Tag', about: …, entries: … })
 */
export const registerFeeds = (...added: FeedSource[]): void => added.forEach((each) => sources.set(each.kind, each));

/** @throws Failure not_found */
export function feedSource(kind: string): FeedSource {
	const found = sources.get(kind);
	if (!found) throw notFound('There are no feeds of this kind.');
	return found;
}

/** A feed as the viewer may read it now. @throws Failure not_found */
export async function readFeed(
	db: Db,
	viewer: Viewer,
	{ kind, target }: FeedOf,
	{ origin, format }: { origin: string; format: FeedFormat }
): Promise<FeedOut> {
	const source = feedSource(kind);
	const { title, page, target: exact } = await source.about(db, viewer, target);
	const of = { kind, target: exact };
	return {
		...{ id: origin + feedAddress(of, 'atom'), title, page: origin + page, self: origin + feedAddress(of, format) },
		entries: await source.entries(db, viewer, exact, origin),
		...(source.events && { events: await source.events(db, viewer, exact, origin) })
	};
}
