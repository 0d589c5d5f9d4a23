import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { actWithFiles } from '#src/app/server/file-forms.ts';
import { afterMaking } from '#src/app/server/after-making.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { fileLimits } from '#src/core/files/server/limits.ts';
import { spacesToWriteIn } from '#src/core/spaces/server/read.ts';
import { newResource } from '#src/library/resources/input.ts';
import { shareResource } from '#src/library/resources/server/write.ts';
import { newId } from '#src/platform/server/ids.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = app();
	const spaces = await spacesToWriteIn(db, requireViewer(locals.viewer));
	const space = spaces.find(({ id }) => id === url.searchParams.get('space')) ?? spaces[0];
	return {
		title: (url.searchParams.get('title') ?? '').slice(0, 200),
		space: space?.id ?? '',
		spaces,
		most: (await fileLimits(db)).fileBytes,
		submission: newId()
	};
};

export const actions: Actions = {
	default: (event) =>
		actWithFiles(event, async (values) => {
			const viewer = requireViewer(event.locals.viewer);
			const id = await shareResource(app().db, viewer, parse(newResource, values));
			redirect(303, await afterMaking(app().db, viewer, event.url, { id, address: `/resources/${id}` }));
		})
};
