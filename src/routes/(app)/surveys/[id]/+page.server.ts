import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { act } from '#src/app/server/http.ts';
import { itemActions } from '#src/app/server/item-actions.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { noteRead } from '#src/core/items/server/reading.ts';
import type { Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';
import { newEdition, statusChange } from '#src/survey/input.ts';
import { readSurvey } from '#src/survey/server/read.ts';
import { beginEdition, changeStatus, endLink, makeLink } from '#src/survey/server/write.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const survey = await readSurvey(db, viewer, params.id);
	await noteRead(db, viewer, survey.id);
	return { survey };
};

type Work = (db: Db, viewer: Viewer, surveyId: string, values: Record<string, string>) => Promise<unknown>;

/** A form about the survey; it shows the page again. */
const onSurvey =
	(work: Work) =>
	({ request, locals, params }: RequestEvent) =>
		act(request, async (values) => {
			await work(app().db, requireViewer(locals.viewer), parse(id, params.id), values);
			redirect(303, `/surveys/${params.id}`);
		});

export const actions: Actions = {
	...itemActions,
	status: onSurvey((db, viewer, survey, values) =>
		changeStatus(db, viewer, survey, parse(statusChange, values).status)
	),
	/** Its secret is shown once, on the page that comes back. */
	link: ({ request, locals, params, url }) =>
		act(request, async () => {
			const secret = await makeLink(app().db, requireViewer(locals.viewer), parse(id, params.id));
			return { link: `${url.origin}/s/${secret}` };
		}),
	endLink: onSurvey((db, viewer, survey) => endLink(db, viewer, survey)),
	edition: onSurvey(async (db, viewer, survey, values) =>
		redirect(303, `/surveys/${await beginEdition(db, viewer, survey, parse(newEdition, values))}`)
	)
};
