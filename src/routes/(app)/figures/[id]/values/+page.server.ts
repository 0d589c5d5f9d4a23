import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { day, typedValues } from '#src/metrics/input.ts';
import { bringValues } from '#src/metrics/server/bring.ts';
import { readIntake } from '#src/metrics/server/read.ts';
import { dropAside, removePoint, takeAside } from '#src/metrics/server/take.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => ({
	figure: await readIntake(app().db, requireViewer(locals.viewer), params.id)
});

/** A form about one line or one day; it shows the page again. */
const onLine =
	(work: (viewer: Viewer, figure: string, values: Record<string, string>) => Promise<void>) =>
	({ request, locals, params }: RequestEvent) =>
		act(request, async (values) => {
			await work(requireViewer(locals.viewer), parse(id, params.id), values);
			redirect(303, `/figures/${params.id}/values`);
		});

export const actions: Actions = {
	bring: ({ request, locals, params }) => {
		const whole = request.clone();
		return act(request, async (values) => {
			const file = (await whole.formData()).get('file');
			const given = parse(typedValues, values);
			const figure = parse(id, params.id);
			return {
				taken: await bringValues(
					app().db,
					requireViewer(locals.viewer),
					figure,
					given,
					file instanceof File ? file : undefined
				)
			};
		});
	},
	take: onLine((viewer, figure, { line }) => takeAside(app().db, viewer, figure, parse(id, line))),
	drop: onLine((viewer, figure, { line }) => dropAside(app().db, viewer, figure, parse(id, line))),
	remove: onLine((viewer, figure, values) => removePoint(app().db, viewer, figure, parse(day, values.day)))
};
