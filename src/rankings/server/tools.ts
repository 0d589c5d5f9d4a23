import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';
import type { Context, ResultContent, ToolView } from '../ranking.ts';

interface Tool {
	id: string;
	number: number;
	name: string;
}

/** The tools of a series, for counting. */
export interface Tools {
	byNumber: ReadonlyMap<number, Tool>;
	byId: ReadonlyMap<string, Tool>;
	/** The tool that another counts as. */
	rootOf: (number: number) => number;
	rootIdOf: (toolId: string) => string;
}

export async function toolsOf(db: Db, seriesId: string): Promise<Tools> {
	const found = await rows<Tool>(db, sql`select id, number, name from ranked_tool where series_id = ${seriesId}`);
	return {
		byNumber: new Map(found.map((tool) => [tool.number, tool])),
		byId: new Map(found.map((tool) => [tool.id, tool])),
		rootOf: (number) => number,
		rootIdOf: (toolId) => toolId
	};
}

/** A tool with its places and what was said for it over the years. @throws Failure not_found */
export async function readTool(db: Db, viewer: Viewer, id: string): Promise<ToolView> {
	const found = isId(id)
		? await row<{ id: string; name: string; names: string[]; ranking_id: string; title: string }>(
				db,
				sql`select t.id, t.name, r.item_id as ranking_id, i.title,
						array(select n.name from ranked_name n where n.tool_id = t.id and n.name <> t.name order by n.name) as names
					from ranked_tool t join ranking r on r.series_id = t.series_id join item i on i.id = r.item_id
					where t.id = ${id} and ${visibleItems(viewer, 'i')} order by r.year desc limit 1`
			)
		: undefined;
	if (!found) throw notFound('There is no such tool, or its ranking is not open to you.');
	const { ranking_id, title, ...tool } = found;
	const history = await historyOf(db, viewer, id);
	return { ...tool, history, ranking: { id: ranking_id, title }, nominations: await saidFor(db, viewer, id) };
}

/** Where it stands in the newest release of each edition. */
async function historyOf(db: Db, viewer: Viewer, toolId: string): Promise<ToolView['history']> {
	const found = await rows<{ id: string; year: number; entry: ResultContent['entries'][number] }>(
		db,
		sql`select r.item_id as id, r.year, entry from ranked_tool t join ranking r on r.series_id = t.series_id
			join item i on i.id = r.item_id
			join lateral (select content from ranking_release where ranking_id = r.item_id order by number desc limit 1) l on true
			cross join lateral jsonb_array_elements(l.content -> 'entries') entry
			where t.id = ${toolId} and entry ->> 'toolId' = ${toolId} and ${visibleItems(viewer, 'i')} order by r.year desc`
	);
	return found.map(({ id, year, entry: { place, tied, points, ballots, move } }) => ({
		...{ rankingId: id, year, place, tied, points, ballots, move }
	}));
}

interface SaidRow {
	id: string;
	year: number;
	person_id: string;
	person: string;
	why: string;
	context: Context;
}

/** Why people named it, in all years the viewer may read. */
async function saidFor(db: Db, viewer: Viewer, toolId: string): Promise<ToolView['nominations']> {
	const found = await rows<SaidRow>(
		db,
		sql`select n.id, r.year, n.person_id, p.name as person, n.why, n.context from nomination n
			join ranking r on r.item_id = n.ranking_id join item i on i.id = r.item_id join person p on p.id = n.person_id
			where n.tool_id = ${toolId} and ${visibleItems(viewer, 'i')} order by r.year desc, n.id limit 300`
	);
	return found.map(({ person_id, person, ...said }) => ({ ...said, person: { id: person_id, name: person } }));
}
