import type { PageServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { halfInWords } from '#src/ask/answer-times.ts';
import { answerTimesOf } from '#src/ask/server/answer-times.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { listSpaces } from '#src/core/spaces/server/directory.ts';

export const load: PageServerLoad = async ({ locals }) => {
	const viewer = requireViewer(locals.viewer);
	const spaces = await listSpaces(app().db, viewer);
	const times = await answerTimesOf(
		app().db,
		viewer,
		spaces.filter(({ archived }) => !archived).map(({ id }) => id)
	);
	const note = (id: string) => times.has(id) && halfInWords(times.get(id)!);
	return { spaces: spaces.map((space) => ({ ...space, note: note(space.id) || undefined })) };
};
