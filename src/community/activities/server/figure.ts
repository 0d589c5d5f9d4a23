import { loadViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { figures } from '#src/core/figures/server/figures.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, Failure, invalid } from '#src/platform/server/errors.ts';
import type { ActivityView, ServedFigure } from '../activity.ts';
import { activityOf, type ActivityRecord } from './record.ts';

type Serves = Pick<ActivityRecord, 'id' | 'need_id' | 'metric_id'>;

/** @throws Failure invalid for a problem or a figure that the viewer may not read */
export async function expectServed(tx: Db, viewer: Viewer, needId?: string, metricId?: string): Promise<void> {
	if (needId && !(await needOf(tx, viewer, needId)))
		throw invalid({ needId: 'must be the address of a problem at work that is open to you' });
	if (metricId && !(await figures().read(tx, viewer, metricId)))
		throw invalid({ metricId: 'must be the address of a figure that is open to you' });
}

/** The problem that an activity is for, as far as the viewer may read it. */
export async function needOf(db: Db, viewer: Viewer, id: string | null): Promise<ActivityView['need']> {
	if (!id) return null;
	const found = await row<{ id: string; title: string }>(
		db,
		sql`select i.id, i.title from item i where i.id = ${id} and i.kind = 'need' and ${visibleItems(viewer, 'i')}`
	);
	return found ? { ...found, href: `/needs/${found.id}` } : null;
}

/** Its own figure, or else that of the plan of its problem. */
const figureIdOf = async (db: Db, viewer: Viewer, { need_id, metric_id }: Serves): Promise<string | undefined> =>
	metric_id ?? (need_id ? await figures().ofNeed(db, viewer, need_id) : undefined);

/** The figure that an activity is to move, and what it did since. */
export async function servedFigure(
	db: Db,
	viewer: Viewer,
	activity: Serves & Pick<ActivityRecord, 'stage'>
): Promise<ServedFigure | null> {
	const id = await figureIdOf(db, viewer, activity);
	const found = id ? await figures().read(db, viewer, id) : undefined;
	if (!found) return null;
	const since = await figures().since(db, viewer, found.id, activity.id);
	return {
		...found,
		...{ marked: since !== undefined, said: since?.says ?? null, isActivity: found.isActivity },
		canMark: !since && activity.stage !== 'coming' && (await figures().keeps(db, viewer, found.id))
	};
}

type Marked = Serves & Pick<ActivityRecord, 'title' | 'begins_on'>;

/** Marks an activity in its figure on the day on which it began. @returns whether the viewer looks after the figure */
async function markInFigure(db: Db, viewer: Viewer, activity: Marked): Promise<boolean> {
	const id = await figureIdOf(db, viewer, activity);
	if (!id) return false;
	const label = activity.title.slice(0, 100);
	return figures().remark(db, viewer, id, activity.id, { day: activity.begins_on, label });
}

/** The same at the wish of somebody. @throws Failure conflict where it has not begun, or the figure is somebody else's */
export async function markActivity(db: Db, viewer: Viewer, id: string): Promise<void> {
	const activity = await activityOf(db, viewer, id);
	if (activity.stage === 'coming') throw conflict('It has not begun: nothing is done yet.');
	if (!(await markInFigure(db, viewer, activity)))
		throw conflict('It is for no figure that you look after. Who looks after the figure can mark it.');
}

/** Whoever changes an activity that has begun moves its mark along; a mark in another figure than before goes. */
export async function moveMark(tx: Db, viewer: Viewer, before: ActivityRecord): Promise<void> {
	const after = await activityOf(tx, viewer, before.id);
	const [from, to] = [await figureIdOf(tx, viewer, before), await figureIdOf(tx, viewer, after)];
	const away = after.stage === 'coming' || from !== to;
	if (from && away) await figures().remark(tx, viewer, from, before.id, null);
	const same = from === to && before.begins_on === after.begins_on && before.title === after.title;
	if (to && after.stage !== 'coming' && !(same && before.stage !== 'coming')) await markInFigure(tx, viewer, after);
}

/** Marks what has begun, as whoever planned it: once each, so that a mark which was taken away stays away. */
export async function markBegun(db: Db): Promise<void> {
	const begun = await rows<{ id: string; author_id: string }>(
		db,
		sql`update activity a set marked_at = now() from item i where i.id = a.item_id and i.state = 'open'
				and a.marked_at is null and a.begins <= now() and (a.need_id is not null or a.metric_id is not null)
			returning i.id, i.author_id`
	);
	for (const { id, author_id } of begun) {
		const author = await loadViewer(db, author_id);
		if (author) await unlessHidden(() => markBy(db, author, id));
	}
}

const markBy = async (db: Db, author: Viewer, id: string) => markInFigure(db, author, await activityOf(db, author, id));

/** Whoever planned it may have left the space since. */
async function unlessHidden(work: () => Promise<unknown>): Promise<void> {
	try {
		await work();
	} catch (error) {
		if (!(error instanceof Failure)) throw error;
	}
}
