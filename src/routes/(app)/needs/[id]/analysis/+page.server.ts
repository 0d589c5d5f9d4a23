import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { causeEdit, causeName, costsEdit, newConclusion, newEditor, newPath, pathEdit } from '#src/needs/input.ts';
import { addPath, readAnalysis, removePath, writeCause, writeCosts, writePath } from '#src/needs/server/analysis.ts';
import { conclude } from '#src/needs/server/conclude.ts';
import { addEditor, possibleEditors, removeEditor } from '#src/needs/server/editors.ts';
import type { Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const analysis = await readAnalysis(db, viewer, params.id);
	return { analysis, others: await possibleEditors(db, viewer, params.id) };
};

type Values = Record<string, string>;

/** A form about the need; without a script the page itself comes again, at the part the form stands in. */
const onNeed =
	(work: (db: Db, viewer: Viewer, needId: string, values: Values) => Promise<unknown>, at = '') =>
	({ request, locals, params, url }: RequestEvent) =>
		act(request, async (values) => {
			await work(app().db, requireViewer(locals.viewer), parse(id, params.id), values);
			if (!request.headers.has('x-sveltekit-action')) redirect(303, `${url.pathname}${at}`);
		});

export const actions: Actions = {
	costs: onNeed((db, viewer, need, values) => writeCosts(db, viewer, need, parse(costsEdit, values)), '#worth'),
	cause: onNeed(
		(db, viewer, need, { cause, ...values }) =>
			writeCause(db, viewer, need, parse(causeName, cause), parse(causeEdit, values)),
		'#causes'
	),
	newPath: onNeed((db, viewer, need, values) => addPath(db, viewer, need, parse(newPath, values)), '#paths'),
	path: onNeed(
		(db, viewer, need, { item, ...values }) => writePath(db, viewer, need, parse(id, item), parse(pathEdit, values)),
		'#paths'
	),
	removePath: onNeed((db, viewer, need, { item }) => removePath(db, viewer, need, parse(id, item)), '#paths'),
	addEditor: onNeed((db, viewer, need, values) => addEditor(db, viewer, need, parse(newEditor, values).person), '#who'),
	removeEditor: onNeed((db, viewer, need, { item }) => removeEditor(db, viewer, need, parse(id, item)), '#who'),
	conclude: ({ request, locals, params }) =>
		act(request, async (values) => {
			await conclude(app().db, requireViewer(locals.viewer), params.id, parse(newConclusion, values));
			redirect(303, `/needs/${params.id}`);
		})
};
