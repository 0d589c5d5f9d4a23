import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { NoticeView } from '#src/core/notify/notice.ts';
import { listNotices } from '#src/core/notify/server/read.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { viewerOf } from './builders.ts';
import { until } from './smtp.ts';

/** Waits until all events there are have been handed out: in a database whose work runs. */
export const allHandedOut = (db: Db): Promise<void> =>
	until(async () => {
		const left = await row(
			db,
			sql`select 1 from pgboss.job where name = 'event' and state in ('created', 'retry', 'active')`
		);
		return left === undefined;
	});

/** What somebody was told so far, the newest first. */
export const toldTo = async (db: Db, person: Pick<Viewer, 'id'>): Promise<NoticeView[]> =>
	(await listNotices(db, await viewerOf(db, person.id), { show: 'all' })).groups.flatMap(({ notices }) => notices);
