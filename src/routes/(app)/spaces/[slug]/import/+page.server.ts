import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { actWithFiles } from '#src/app/server/file-forms.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { fileLimits } from '#src/core/files/server/limits.ts';
import { spaceBySlug } from '#src/core/spaces/server/read.ts';
import { newRun } from '#src/import/runs/input.ts';
import { beginRun, runsOf } from '#src/import/runs/server/runs.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const { id } = await spaceBySlug(db, viewer, params.slug);
	return { runs: await runsOf(db, viewer, id), most: (await fileLimits(db)).fileBytes };
};

export const actions: Actions = {
	default: (event) =>
		actWithFiles(event, async (values) => {
			const viewer = requireViewer(event.locals.viewer);
			const { id } = await spaceBySlug(app().db, viewer, event.params.slug!);
			await beginRun(app().db, viewer, id, parse(newRun, values));
			redirect(303, `/spaces/${encodeURIComponent(event.params.slug!)}/import#imports`);
		})
};
