import { newActivity } from '#src/community/activities/input.ts';
import { planActivity } from '#src/community/activities/server/write.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';

/** What an activity is, unless told: an hour and a half in a hall, far ahead. */
export const anHour = {
	...{ title: 'How we close the till', way: 'place', place: 'Hall 3', beginsOn: '2190-03-12', beginsAt: '14:00' },
	...{ endsAt: '15:30', zone: 'Europe/Vienna' }
};

/** An activity in a space; give more to differ from the default. */
export const anActivity = (
	db: Db,
	viewer: Viewer,
	spaceId: string,
	more: Record<string, unknown> = {}
): Promise<string> => planActivity(db, viewer, parse(newActivity, { spaceId, ...anHour, ...more }));

/** Lets it have begun, and ended, so many hours ago. */
export const letPass = (db: Db, id: string, begunHours: number, endedHours: number): Promise<unknown> =>
	db.execute(sql`update activity set begins = now() - make_interval(hours => ${begunHours}),
		ends = now() - make_interval(hours => ${endedHours}) where item_id = ${id}`);
