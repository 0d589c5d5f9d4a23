import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { figures } from '#src/core/figures/server/figures.ts';
import { id } from '#src/core/items/input.ts';
import { listOptions } from '#src/needs/options/server/options.ts';
import { madeOfStep, newReview, newStep, planEdit, stepEdit } from '#src/needs/plan/input.ts';
import { readPlan } from '#src/needs/plan/server/read.ts';
import { addStep, attachToStep, editStep, finishStep, removeStep } from '#src/needs/plan/server/steps.ts';
import { reviewPlan, writePlan } from '#src/needs/plan/server/write.ts';
import { possibleEditors } from '#src/needs/server/editors.ts';
import { readNeed } from '#src/needs/server/read.ts';
import { estimateOf } from '#src/needs/worth.ts';
import type { Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const page = await readPlan(db, viewer, params.id);
	const { editors, figure, costs, conclusion } = await readNeed(db, viewer, params.id);
	const { paths = [], yearly = null } = conclusion?.content ?? {};
	return {
		...page,
		...{ figure, currency: costs.currency, estimate: estimateOf(paths, yearly) },
		people: page.canWork ? [...editors, ...(await possibleEditors(db, viewer, params.id))] : [],
		figures: page.canWork ? await figures().list(db, viewer) : [],
		catalogue: page.canWork ? await listOptions(db, viewer) : []
	};
};

type Values = Record<string, string>;

/** A form about the plan; without a script the page itself comes again, at the part the form stands in. */
const onPlan =
	(work: (db: Db, viewer: Viewer, needId: string, values: Values) => Promise<unknown>, at = '') =>
	({ request, locals, params, url }: RequestEvent) =>
		act(request, async (values) => {
			await work(app().db, requireViewer(locals.viewer), parse(id, params.id), values);
			if (!request.headers.has('x-sveltekit-action')) redirect(303, `${url.pathname}${at}`);
		});

const onStep = (work: (db: Db, viewer: Viewer, needId: string, stepId: string, values: Values) => Promise<unknown>) =>
	onPlan((db, viewer, needId, { item, ...values }) => work(db, viewer, needId, parse(id, item), values), '#steps');

export const actions: Actions = {
	plan: onPlan((db, viewer, need, values) => writePlan(db, viewer, need, parse(planEdit, values)), '#plan'),
	newStep: onPlan((db, viewer, need, values) => addStep(db, viewer, need, parse(newStep, values)), '#steps'),
	step: onStep((db, viewer, need, step, values) => editStep(db, viewer, need, step, parse(stepEdit, values))),
	removeStep: onStep((db, viewer, need, step) => removeStep(db, viewer, need, step)),
	made: onStep((db, viewer, need, step, values) =>
		attachToStep(db, viewer, need, step, parse(madeOfStep, values).itemId)
	),
	done: onStep((db, viewer, need, step) => finishStep(db, viewer, need, step, true)),
	notDone: onStep((db, viewer, need, step) => finishStep(db, viewer, need, step, false)),
	review: onPlan((db, viewer, need, values) => reviewPlan(db, viewer, need, parse(newReview, values)), '#review')
};
