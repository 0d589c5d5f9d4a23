import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { newEvidence } from '#src/needs/evidence/input.ts';
import { addEvidence, removeEvidence } from '#src/needs/evidence/server/evidence.ts';
import { causeEdit, causeName, costsEdit, newConclusion, newEditor, newPath, pathEdit } from '#src/needs/input.ts';
import { newPulse } from '#src/needs/pulse/input.ts';
import { closePulse, openPulse } from '#src/needs/pulse/server/pulse.ts';
import { readPulse } from '#src/needs/pulse/server/read.ts';
import { addPath, readAnalysis, removePath, writeCause, writeCosts, writePath } from '#src/needs/server/analysis.ts';
import { conclude } from '#src/needs/server/conclude.ts';
import { addEditor, possibleEditors, removeEditor } from '#src/needs/server/editors.ts';
import type { Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const analysis = await readAnalysis(db, viewer, params.id);
	return {
		analysis,
		others: await possibleEditors(db, viewer, params.id),
		pulse: await readPulse(db, viewer, params.id),
		inAWeek: new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10)
	};
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
	addEvidence: onNeed(
		(db, viewer, need, values) => addEvidence(db, viewer, need, parse(newEvidence, values)),
		'#evidence'
	),
	removeEvidence: onNeed(
		(db, viewer, need, { item }) => removeEvidence(db, viewer, need, parse(id, item)),
		'#evidence'
	),
	openPulse: onNeed((db, viewer, need, values) => openPulse(db, viewer, need, parse(newPulse, values)), '#pulse'),
	closePulse: onNeed((db, viewer, need) => closePulse(db, viewer, need), '#pulse'),
	conclude: ({ request, locals, params }) =>
		act(request, async (values) => {
			await conclude(app().db, requireViewer(locals.viewer), params.id, parse(newConclusion, values));
			redirect(303, `/needs/${params.id}`);
		})
};
