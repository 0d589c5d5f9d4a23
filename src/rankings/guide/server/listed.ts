import type { Db } from '#src/platform/server/db.ts';
import type { Placed } from '../../ranking.ts';
import type { SeriesRelease } from '../../server/release.ts';
import { toolsOf } from '../../server/tools.ts';

/** A tool with its place in the newest list. */
export interface Listed {
	toolId: string;
	name: string;
	/** What else counts as it. */
	names: string[];
	standing: Placed | null;
}

/** The tools of a series: those of its newest list in their order, then the others by name. */
export async function listedTools(db: Db, seriesId: string, newest: SeriesRelease | undefined): Promise<Listed[]> {
	const tools = await toolsOf(db, seriesId);
	const standing = new Map<string, Placed>();
	for (const entry of newest?.content.entries ?? []) {
		const root = tools.rootIdOf(entry.toolId);
		if (!standing.has(root)) standing.set(root, entry);
	}
	const all = [...tools.byId.values()];
	const listed = all
		.filter(({ merged_into }) => !merged_into)
		.map(({ id, name }) => ({
			...{ toolId: id, name, standing: standing.get(id) ?? null },
			names: all.filter((one) => one.id !== id && tools.rootIdOf(one.id) === id).map((one) => one.name)
		}));
	const order = newest ? [...standing.keys()] : [];
	const at = ({ toolId }: Listed) => (standing.has(toolId) ? order.indexOf(toolId) : Infinity);
	return listed.sort((a, b) => (at(a) === at(b) ? a.name.localeCompare(b.name, 'en') : at(a) - at(b)));
}
