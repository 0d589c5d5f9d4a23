import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { afterMaking } from '#src/app/server/after-making.ts';
import { startOfItem } from '#src/app/server/new-item.ts';
import { actOnRows, rowsOfDraft } from '#src/app/server/row-form.ts';
import { app } from '#src/app/server/runtime.ts';
import { changeSurveyRows, withSurvey } from '#src/app/server/survey-form.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { loadDraft } from '#src/core/items/server/drafts.ts';
import { newSurvey } from '#src/survey/input.ts';
import { makeSurvey } from '#src/survey/server/write.ts';

const DRAFT = 'survey';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const { title, space, spaces } = await startOfItem(db, viewer, url);
	const settings = { anonymous: 'on', releaseEvery: '20', minCell: '5', language: viewer.contentLanguage };
	return {
		space,
		spaces,
		draft: DRAFT,
		start: { ...rowsOfDraft(await loadDraft(db, viewer, DRAFT)), title, ...settings }
	};
};

export const actions: Actions = {
	save: (event) =>
		actOnRows(event, async (db, viewer, values) => {
			const id = await withSurvey(newSurvey, values, (input) => makeSurvey(db, viewer, input));
			redirect(303, await afterMaking(db, viewer, event.url, { id, address: `/surveys/${id}`, kind: 'survey' }));
		}),
	rows: changeSurveyRows
};
