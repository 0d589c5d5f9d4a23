import { allow } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid, notFound } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import type { Merge } from '../ranking.ts';
import type { ToolMerge } from '../input.ts';
import { canCurate, CURATORS } from './record.ts';

/** A tool to be merged, its series locked: merges come one after the other. */
interface LockedTool {
	id: string;
	name: string;
	series_id: string;
	merged_into: string | null;
}

/** @throws Failure not_found, or forbidden unless the viewer looks after the newest edition they may read */
async function toolToCurate(tx: Db, viewer: Viewer, toolId: string): Promise<LockedTool> {
	const found = await row<LockedTool & { space_id: string; author_id: string }>(
		tx,
		sql`select t.id, t.name, t.series_id, i.space_id, i.author_id
			from ranked_tool t join ranking r on r.series_id = t.series_id join item i on i.id = r.item_id
			where t.id = ${toolId} and ${visibleItems(viewer, 'i')} order by r.year desc limit 1`
	);
	if (!found) throw notFound('There is no such tool, or its ranking is not open to you.');
	allow(canCurate(viewer, found), CURATORS);
	await tx.execute(sql`select from ranking where item_id = ${found.series_id} for update`);
	const now = await row<{ merged_into: string | null }>(
		tx,
		sql`select merged_into from ranked_tool where id = ${toolId}`
	);
	return { ...found, merged_into: now!.merged_into };
}

/**
 * Lets a tool count as another from now on: its nominations, and its votes where the result is
 * not released yet. What was released stays as it was.
 * @throws Failure invalid for itself or one of another series; conflict where either counts as something else already
 */
export async function mergeTool(db: Db, viewer: Viewer, toolId: string, { into, why }: ToolMerge): Promise<void> {
	await db.transaction(async (tx) => {
		const tool = await toolToCurate(tx, viewer, toolId);
		if (into === toolId) throw invalid({ into: 'must be another one' });
		const other = await row<LockedTool>(
			tx,
			sql`select id, name, series_id, merged_into from ranked_tool where id = ${into} and series_id = ${tool.series_id}`
		);
		if (!other) throw invalid({ into: 'must be a tool of the same ranking' });
		if (tool.merged_into === into) return;
		if (tool.merged_into) throw conflict(`${tool.name} counts as another one already. Take that back first.`);
		if (other.merged_into) throw conflict(`${other.name} counts as another one itself. Choose that one.`);
		await tx.execute(sql`update ranked_tool set merged_into = ${into} where id = ${toolId}`);
		await tx.execute(sql`insert into ranked_merge (id, series_id, tool_id, into_id, why, merged_by)
			values (${newId()}, ${tool.series_id}, ${toolId}, ${into}, ${why}, ${viewer.id})`);
	});
}

/** Takes a merge back; the trail keeps both. Of one that stands for itself nothing happens. */
export async function partTool(db: Db, viewer: Viewer, toolId: string): Promise<void> {
	await db.transaction(async (tx) => {
		await toolToCurate(tx, viewer, toolId);
		await tx.execute(sql`update ranked_tool set merged_into = null where id = ${toolId}`);
		await tx.execute(sql`update ranked_merge set undone_by = ${viewer.id}, undone_at = now()
			where tool_id = ${toolId} and undone_at is null`);
	});
}

interface MergeRow {
	tool_id: string;
	tool: string;
	into_id: string;
	into_name: string;
	why: string;
	by: string | null;
	merged_at: string;
	undone_by: string | null;
	undone_at: string | null;
}

/** What was merged of a tool and into it, the newest first. */
export async function mergesOf(db: Db, toolId: string): Promise<Merge[]> {
	const found = await rows<MergeRow>(
		db,
		sql`select m.tool_id, t.name as tool, m.into_id, o.name as into_name, m.why, p.name as by, m.merged_at, u.name as undone_by, m.undone_at
			from ranked_merge m join ranked_tool t on t.id = m.tool_id join ranked_tool o on o.id = m.into_id
			left join person p on p.id = m.merged_by left join person u on u.id = m.undone_by
			where m.tool_id = ${toolId} or m.into_id = ${toolId} order by m.merged_at desc, m.id desc`
	);
	const iso = (time: string) => new Date(time).toISOString();
	return found.map(({ tool_id, tool, into_id, into_name, why, by, merged_at, undone_by, undone_at }) => ({
		...{ tool: { id: tool_id, name: tool }, into: { id: into_id, name: into_name }, why },
		...{ by: by ?? 'Somebody', at: iso(merged_at) },
		undone: undone_at ? { by: undone_by ?? 'Somebody', at: iso(undone_at) } : null
	}));
}

/** What a tool could be merged into: those of its series that stand for themselves. */
export const othersThan = (db: Db, toolId: string): Promise<{ id: string; name: string }[]> =>
	rows(
		db,
		sql`select o.id, o.name from ranked_tool t join ranked_tool o on o.series_id = t.series_id
			where t.id = ${toolId} and o.id <> t.id and o.merged_into is null order by lower(o.name)`
	);
