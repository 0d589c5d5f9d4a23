import { z } from 'zod';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { words } from '#src/core/items/input.ts';
import { itemFilter, linePage, presentLine, type LineRow } from '#src/core/items/server/list.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import type { LinkRow } from '../link.ts';
import { urlKey, parseUrl } from '#src/core/web/url.ts';
import { presentStanding, standingColumn, type StandingColumn } from './checks.ts';

export const linkFilter = z.strictObject({
	...itemFilter.shape,
	/** `unchecked`: nobody has said whether it can be trusted; `look`: its checks hold no more, or the page is gone. */
	show: z.enum(['all', 'unchecked', 'look'], 'must be all, unchecked or look').default('all'),
	/** Only links to this page, however it is spelled. */
	url: words(2000).optional()
});
export type LinkFilter = z.output<typeof linkFilter>;

type Row = LineRow & { url: string; site: string; description: string; standing: StandingColumn };

/** Links the viewer may read, by last activity, the newest first. A page shared in several spaces comes once. */
export const listLinks = (db: Db, viewer: Viewer, filter: LinkFilter) =>
	linePage<Row, LinkRow>(
		db,
		viewer,
		filter,
		{
			columns: sql`l.url, l.site, l.description, ${standingColumn(viewer)}`,
			join: sql`join link l on l.item_id = i.id`,
			where: sql`${isFirst(viewer, filter)} and ${shown(filter)}`
		},
		(line) => present(viewer, line)
	);

/** The earliest of the links to one page; within one space there is only one anyway. */
function isFirst(viewer: Viewer, { space }: LinkFilter) {
	if (space) return sql`true`;
	return sql`not exists (select 1 from link l2 join item i2 on i2.id = l2.item_id
		where l2.key = l.key and l2.item_id < l.item_id and i2.state = 'open' and ${visibleItems(viewer, 'i2')})`;
}

function shown({ show, url }: LinkFilter) {
	const address = url === undefined ? undefined : parseUrl(url);
	const named = url === undefined ? sql`true` : sql`l.key = ${address ? urlKey(address) : ''}`;
	const checks = sql`select 1 from link_check k where k.item_id = l.item_id`;
	const holds = sql`k.expires_at > now() and (k.snapshot = 0 or k.snapshot >= l.snapshot)`;
	const by = {
		all: sql`true`,
		unchecked: sql`not exists (${checks})`,
		look: sql`(l.lost_at is not null or (exists (${checks}) and not exists (${checks} and ${holds})))`
	};
	return sql`${named} and ${by[show]}`;
}

function present(viewer: Viewer, { description, ...line }: Row): LinkRow {
	const row = presentLine(viewer, line);
	return {
		...row,
		excerpt: row.excerpt || description.slice(0, 180),
		...{ url: line.url, site: line.site, standing: presentStanding(line.standing) }
	};
}
