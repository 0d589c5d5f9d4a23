import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { act } from '#src/app/server/http.ts';
import { itemActions } from '#src/app/server/item-actions.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { noteRead } from '#src/core/items/server/reading.ts';
import { newMark, pointFilter } from '#src/metrics/input.ts';
import { addMark, removeMark } from '#src/metrics/server/marks.ts';
import { readMetricPage } from '#src/metrics/server/read.ts';
import type { Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const { before } = parse(pointFilter, Object.fromEntries(url.searchParams));
	const figure = await readMetricPage(db, viewer, params.id, before);
	await noteRead(db, viewer, figure.id);
	return { figure, older: before !== undefined };
};

type Work = (db: Db, viewer: Viewer, figure: string, values: Record<string, string>) => Promise<unknown>;

/** A form about the figure; it shows the page again. */
const onFigure =
	(work: Work) =>
	({ request, locals, params }: RequestEvent) =>
		act(request, async (values) => {
			await work(app().db, requireViewer(locals.viewer), parse(id, params.id), values);
			redirect(303, `/figures/${params.id}`);
		});

export const actions: Actions = {
	...itemActions,
	mark: onFigure((db, viewer, figure, values) => addMark(db, viewer, figure, parse(newMark, values))),
	unmark: onFigure((db, viewer, figure, { mark }) => removeMark(db, viewer, figure, parse(id, mark)))
};
