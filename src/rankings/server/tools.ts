import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { array, row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';
import type { Context, ResultContent, ToolView } from '../ranking.ts';
import { mergesOf, othersThan } from './merge.ts';
import { timesOpened } from './opened.ts';
import { canCurate } from './record.ts';

interface Tool {
	id: string;
	number: number;
	name: string;
	merged_into: string | null;
}

/** The tools of a series, for counting. */
export interface Tools {
	byNumber: ReadonlyMap<number, Tool>;
	byId: ReadonlyMap<string, Tool>;
	/** The tool that another counts as; itself where it stands for itself. */
	rootOf: (number: number) => number;
	rootIdOf: (toolId: string) => string;
}

export async function toolsOf(db: Db, seriesId: string): Promise<Tools> {
	const found = await rows<Tool>(
		db,
		sql`select id, number, name, merged_into from ranked_tool where series_id = ${seriesId}`
	);
	const byId = new Map(found.map((tool) => [tool.id, tool]));
	const byNumber = new Map(found.map((tool) => [tool.number, tool]));
	// Only what stands for itself is merged, and into such: there are no circles.
	const rootIdOf = (toolId: string): string => {
		const into = byId.get(toolId)?.merged_into;
		return into ? rootIdOf(into) : toolId;
	};
	const rootOf = (number: number) => byId.get(rootIdOf(byNumber.get(number)!.id))!.number;
	return { byId, byNumber, rootIdOf, rootOf };
}

interface ToolRow {
	id: string;
	name: string;
	series_id: string;
	merged_into: string | null;
	ranking_id: string;
	title: string;
	space_id: string;
	author_id: string;
}

/** A tool with its places and what was said for it over the years. @throws Failure not_found */
export async function readTool(db: Db, viewer: Viewer, id: string): Promise<ToolView> {
	const found = isId(id)
		? await row<ToolRow>(
				db,
				sql`select t.id, t.name, t.series_id, t.merged_into, r.item_id as ranking_id, i.title, i.space_id, i.author_id
					from ranked_tool t join ranking r on r.series_id = t.series_id join item i on i.id = r.item_id
					where t.id = ${id} and ${visibleItems(viewer, 'i')} order by r.year desc limit 1`
			)
		: undefined;
	if (!found) throw notFound('There is no such tool, or its ranking is not open to you.');
	const tools = await toolsOf(db, found.series_id);
	const root = tools.byId.get(tools.rootIdOf(id))!;
	const all = [...tools.byId.keys()].filter((each) => tools.rootIdOf(each) === id);
	const curates = canCurate(viewer, found);
	return {
		...{ id, name: found.name, ranking: { id: found.ranking_id, title: found.title } },
		names: all.filter((each) => each !== id).map((each) => tools.byId.get(each)!.name),
		countsAs: root.id === id ? null : { id: root.id, name: root.name },
		history: await historyOf(db, viewer, found.series_id, all),
		nominations: await saidFor(db, viewer, all),
		merges: await mergesOf(db, id),
		...{ opened: await timesOpened(db, id), canCurate: curates, others: curates ? await othersThan(db, id) : [] }
	};
}

type Entry = ResultContent['entries'][number];

/** Where it, or what counts as it by now, stands in the newest release of each edition. */
async function historyOf(db: Db, viewer: Viewer, seriesId: string, all: string[]): Promise<ToolView['history']> {
	const found = await rows<{ id: string; year: number; entry: Entry }>(
		db,
		sql`select distinct on (r.year) r.item_id as id, r.year, entry from ranking r join item i on i.id = r.item_id
			join lateral (select content from ranking_release where ranking_id = r.item_id order by number desc limit 1) l on true
			cross join lateral jsonb_array_elements(l.content -> 'entries') entry
			where r.series_id = ${seriesId} and (entry ->> 'toolId')::uuid = any(${array(all, 'uuid')}) and ${visibleItems(viewer, 'i')}
			order by r.year desc, (entry ->> 'place')::int`
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
async function saidFor(db: Db, viewer: Viewer, all: string[]): Promise<ToolView['nominations']> {
	const found = await rows<SaidRow>(
		db,
		sql`select n.id, r.year, n.person_id, p.name as person, n.why, n.context from nomination n
			join ranking r on r.item_id = n.ranking_id join item i on i.id = r.item_id join person p on p.id = n.person_id
			where n.tool_id = any(${array(all, 'uuid')}) and ${visibleItems(viewer, 'i')} order by r.year desc, n.id limit 300`
	);
	return found.map(({ person_id, person, ...said }) => ({ ...said, person: { id: person_id, name: person } }));
}
