import { allow } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { record } from '#src/core/signals/server/record.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import type { Use } from '../aid.ts';
import type { RunProgress } from '../input.ts';

/** Numbers about others are told from this many people on. */
export const CROWD = 5;

/**
 * Notes how far somebody's run has come. The browser makes its id, and may tell the same
 * or an older word again: after a tunnel, say.
 */
export async function noteRun(
	db: Db,
	viewer: Viewer,
	aidId: string,
	runId: string,
	progress: RunProgress & { stuck?: boolean }
): Promise<void> {
	const { version, step, finished, stuck = false } = progress;
	await db.transaction(async (tx) => {
		const about = await row<{ space_id: string; version: number; type: string }>(
			tx,
			sql`select i.space_id, i.version, a.type from item i join aid a on a.item_id = i.id where i.id = ${aidId} and ${visibleItems(viewer, 'i')}`
		);
		if (!about) throw notFound('This job aid does not exist, or is not open to you.');
		// Where the way branches, a greater number is not further on.
		const branches = about.type === 'decision' || about.type === 'flow';
		const at = Math.min(version, about.version);
		const noted = await row<{ is_new: boolean; mine: boolean }>(
			tx,
			sql`insert into aid_run as r (id, item_id, person_id, version, furthest, stuck_at, finished)
				values (${runId}, ${aidId}, ${viewer.id}, ${at}, ${step}, ${stuck ? step : null}, ${finished})
				on conflict (id) do update set furthest = case when ${branches} then excluded.furthest else greatest(r.furthest, excluded.furthest) end,
					stuck_at = coalesce(excluded.stuck_at, r.stuck_at), finished = r.finished or excluded.finished, updated_at = now()
				where r.person_id = ${viewer.id} and r.item_id = ${aidId}
				returning xmax = 0 as is_new, true as mine`
		);
		allow(Boolean(noted), 'This run is not yours.');
		if (noted!.is_new)
			await record(tx, viewer.id, 'ran', {
				itemId: aidId,
				spaceId: about.space_id,
				result: { run: runId, version: at }
			});
	});
}

/** How an aid was used in the last 30 days; null while that would tell of single people. */
export async function useOf(db: Db, aidId: string, version: number): Promise<Use | null> {
	// Who left a step a day ago and did not come back has stopped there.
	const found = await row<{
		people: number;
		finished: number;
		runners: number;
		step: number | null;
		stuck: number | null;
	}>(
		db,
		sql`with run as (
				select person_id, version, finished, furthest,
					coalesce(stuck_at, case when not finished and updated_at < now() - interval '1 day' then furthest end) as stopped
				from aid_run where item_id = ${aidId} and started_at > now() - interval '30 days'
			), stop as (
				select stopped as step, count(distinct person_id)::int as people from run
				where version = ${version} and stopped is not null group by stopped order by 2 desc, 1 limit 1
			)
			select count(distinct person_id)::int as people,
				(count(distinct person_id) filter (where finished))::int as finished,
				(count(distinct person_id) filter (where version = ${version}))::int as runners,
				(select step from stop) as step, (select people from stop) as stuck
			from run`
	);
	if (!found || found.people < CROWD) return null;
	const { people, finished, runners, step, stuck } = found;
	const tellable = step !== null && stuck !== null && runners >= CROWD;
	return { people, finished, stuck: tellable ? { step, share: stuck / runners } : null };
}
