import type { Viewer } from '#src/core/access/server/viewer.ts';
import { workingMinutesBetween, type WorkingHours } from '#src/core/people/hours.ts';
import { hoursOf } from '#src/core/people/server/presence.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';

/** Further back working time is not counted: more is only told as "more than". */
const LOOK_BACK = 60 * 86_400_000;

/** Working time by the viewer's own hours. */
export interface Clock {
	/** How long their working day is, in minutes. */
	dayMinutes: number;
	/** Minutes of it that have passed since a moment, at most those of the last 60 days. */
	worked(since: string | Date): number;
}

/** The clock of the viewer's working hours at a moment. */
export async function clockOf(db: Db, viewer: Viewer, now: Date): Promise<Clock> {
	const hours = (await row<WorkingHours>(db, sql`select ${hoursOf(sql`p`)} from person p where p.id = ${viewer.id}`))!;
	return {
		dayMinutes: hours.workEnd - hours.workStart,
		worked: (since) =>
			workingMinutesBetween(hours, new Date(Math.max(new Date(since).getTime(), now.getTime() - LOOK_BACK)), now)
	};
}
