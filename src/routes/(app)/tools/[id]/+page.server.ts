import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { redirect } from '@sveltejs/kit';
import { act } from '#src/app/server/http.ts';
import { itemActions } from '#src/app/server/item-actions.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import type { Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';
import { toolMerge } from '#src/rankings/input.ts';
import { readEntry } from '#src/rankings/guide/server/entries.ts';
import { mergeTool, partTool } from '#src/rankings/server/merge.ts';
import { countOpened } from '#src/rankings/server/opened.ts';
import { readTool } from '#src/rankings/server/tools.ts';

export const load: PageServerLoad = async ({ locals, params, request, url }) => {
	const viewer = requireViewer(locals.viewer);
	const tool = await readTool(app().db, viewer, params.id);
	await countOpened(app().db, tool.id, { request, url });
	return { tool, guide: await readEntry(app().db, viewer, tool.id) };
};

type Work = (db: Db, viewer: Viewer, toolId: string, values: Record<string, string>) => Promise<unknown>;

/** A form about a tool; without scripts the page comes again. */
const onTool =
	(work: Work) =>
	({ request, locals, params }: RequestEvent) =>
		act(request, async ({ item, ...values }) => {
			await work(app().db, requireViewer(locals.viewer), parse(id, item ?? params.id), values);
			if (!request.headers.has('x-sveltekit-action')) redirect(303, `/tools/${params.id}`);
		});

export const actions: Actions = {
	...itemActions,
	merge: onTool((db, viewer, tool, values) => mergeTool(db, viewer, tool, parse(toolMerge, values))),
	part: onTool((db, viewer, tool) => partTool(db, viewer, tool))
};
