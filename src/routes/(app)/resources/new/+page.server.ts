import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { actWithFiles } from '#src/app/server/file-forms.ts';
import { afterMaking } from '#src/app/server/after-making.ts';
import { startOfItem } from '#src/app/server/new-item.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { fileLimits } from '#src/core/files/server/limits.ts';
import { newResource } from '#src/library/resources/input.ts';
import { shareResource } from '#src/library/resources/server/write.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = app();
	const start = await startOfItem(db, requireViewer(locals.viewer), url);
	return { ...start, most: (await fileLimits(db)).fileBytes };
};

export const actions: Actions = {
	default: (event) =>
		actWithFiles(event, async (values) => {
			const viewer = requireViewer(event.locals.viewer);
			const id = await shareResource(app().db, viewer, parse(newResource, values));
			redirect(
				303,
				await afterMaking(app().db, viewer, event.url, { id, address: `/resources/${id}`, kind: 'resource' })
			);
		})
};
