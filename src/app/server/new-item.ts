import type { Viewer } from '#src/core/access/server/viewer.ts';
import { spacesToWriteIn, type SpaceName } from '#src/core/spaces/server/read.ts';
import type { Db } from '#src/platform/server/db.ts';

/** What the form of a new item begins with. */
export interface NewItemStart {
	title: string;
	/** Parted by spaces. */
	tags: string;
	/** The space that is chosen first; empty for whoever writes nowhere. */
	space: string;
	spaces: SpaceName[];
}

/**
 * As its address says: `?title=`, `?tags=` and `?space=`, where the viewer writes in that space.
 * @param wanted the space, where something else than the address decides it
 */
export async function startOfItem(
	db: Db,
	viewer: Viewer,
	{ searchParams }: URL,
	wanted: string | null = searchParams.get('space')
): Promise<NewItemStart> {
	const spaces = await spacesToWriteIn(db, viewer);
	const space = spaces.find(({ id }) => id === wanted) ?? spaces[0];
	const said = (name: string) => (searchParams.get(name) ?? '').slice(0, 200);
	return { title: said('title'), tags: said('tags'), space: space?.id ?? '', spaces };
}
