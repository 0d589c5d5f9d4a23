import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { actWithFiles } from '#src/app/server/file-forms.ts';
import { startOfItem } from '#src/app/server/new-item.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { fileLimits } from '#src/core/files/server/limits.ts';
import { newPackage } from '#src/import/runs/input.ts';
import { beginRun, packagesOf } from '#src/import/runs/server/runs.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const { space, spaces } = await startOfItem(db, viewer, url);
	return { space, spaces, runs: await packagesOf(db, viewer), most: (await fileLimits(db)).fileBytes };
};

export const actions: Actions = {
	default: (event) =>
		actWithFiles(event, async (values) => {
			const { spaceId, fileId } = parse(newPackage, values);
			const run = { kind: 'package', fileId, name: '' } as const;
			await beginRun(app().db, requireViewer(event.locals.viewer), spaceId, run);
			redirect(303, '/checks/new/package#imports');
		})
};
