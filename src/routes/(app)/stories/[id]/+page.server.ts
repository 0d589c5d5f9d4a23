import type { Actions, PageServerLoad } from './$types';
import { itemActions } from '#src/app/server/item-actions.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { noteRead } from '#src/core/items/server/reading.ts';
import { readStory } from '#src/library/stories/server/read.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const story = await readStory(db, viewer, params.id);
	await noteRead(db, viewer, story.id);
	return { story };
};

export const actions: Actions = itemActions;
