import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { handover, metricEdit } from '#src/metrics/input.ts';
import { metricToEdit } from '#src/metrics/server/read.ts';
import { editMetric, handOver, possibleOwners } from '#src/metrics/server/write.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const figure = await metricToEdit(db, viewer, params.id);
	return { figure, owners: await possibleOwners(db, viewer, figure.id) };
};

export const actions: Actions = {
	save: ({ request, locals, params }) =>
		act(request, async (values) => {
			const figure = parse(id, params.id);
			await editMetric(app().db, requireViewer(locals.viewer), figure, parse(metricEdit, values));
			redirect(303, `/figures/${figure}`);
		}),
	owner: ({ request, locals, params }) =>
		act(request, async (values) => {
			const figure = parse(id, params.id);
			await handOver(app().db, requireViewer(locals.viewer), figure, parse(handover, values));
			redirect(303, `/figures/${figure}`);
		})
};
