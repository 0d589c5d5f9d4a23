import { allow } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { row, sql, type Db, type SQL } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';
import type { Ahead, Named, Stage, Way } from '../activity.ts';
import { canKeepActivity } from './policy.ts';

/** An activity as the database has it, with what its item says. */
export interface ActivityRecord {
	id: string;
	space_id: string;
	author_id: string;
	state: 'open' | 'archived';
	title: string;
	body_md: string;
	tags: string[];
	version: number;
	way: Way;
	place: string;
	link: string;
	for_whom: string;
	runner: Named | null;
	begins_on: string;
	begins_at: string | null;
	ends_on: string;
	ends_at: string | null;
	zone: string;
	begins: string;
	ends: string;
	stage: Stage;
	need_id: string | null;
	metric_id: string | null;
	recording: string;
	ask: Named | null;
	reminder: Ahead | null;
}

export const stageNow = sql`case when a.ends <= now() then 'over' when a.begins <= now() then 'on' else 'coming' end as stage`;

export const personOf = (column: SQL) =>
	sql`(select json_build_object('id', p.id, 'name', p.name) from person p where p.id = ${column})`;

/** @throws Failure not_found, also for what the viewer may not read */
export async function activityOf(db: Db, viewer: Viewer, id: string): Promise<ActivityRecord> {
	const found = isId(id)
		? await row<ActivityRecord>(
				db,
				sql`select i.id, i.space_id, i.author_id, i.state, i.title, i.body_md, i.tags, i.version, a.way, a.place, a.link, a.for_whom,
						${personOf(sql`a.runner_id`)} as runner, a.begins_on::text, to_char(a.begins_at, 'HH24:MI') as begins_at,
						a.ends_on::text, to_char(a.ends_at, 'HH24:MI') as ends_at, a.zone, a.begins, a.ends, ${stageNow},
						a.need_id, a.metric_id, a.recording, ${personOf(sql`a.ask_id`)} as ask,
						(select r.ahead from activity_reminder r where r.item_id = i.id and r.person_id = ${viewer.id}) as reminder
					from activity a join item i on i.id = a.item_id where i.id = ${id} and ${visibleItems(viewer, 'i')}`
			)
		: undefined;
	if (!found) throw notFound('There is no such activity, or it is not open to you.');
	return found;
}

/** Whether the viewer looks after it. */
export const keeps = (viewer: Viewer, { space_id, author_id, runner }: ActivityRecord): boolean =>
	canKeepActivity(viewer, { spaceId: space_id, authorId: author_id, runnerId: runner?.id ?? null });

/** An activity for those who look after it, locked until the transaction ends. @throws Failure not_found, forbidden */
export async function lockActivity(tx: Db, viewer: Viewer, id: string): Promise<ActivityRecord> {
	if (isId(id)) await tx.execute(sql`select from activity where item_id = ${id} for update`);
	const found = await activityOf(tx, viewer, id);
	allow(keeps(viewer, found), 'Who planned or runs it changes it, and those who look after the space.');
	return found;
}
