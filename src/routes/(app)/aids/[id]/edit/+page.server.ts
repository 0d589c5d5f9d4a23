import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { changeAidRows, readAidForm } from '#src/app/server/aid-form.ts';
import { actOnRows, rowsOfDraft } from '#src/app/server/row-form.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { loadDraft } from '#src/core/items/server/drafts.ts';
import { valuesOf } from '#src/library/aids/form.ts';
import { aidEdit } from '#src/library/aids/input.ts';
import { aidToEdit } from '#src/library/aids/server/read.ts';
import { editAid } from '#src/library/aids/server/write.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const { content, ...aid } = await aidToEdit(db, viewer, parse(id, params.id));
	const draft = `edit:${aid.id}`;
	const start = {
		...rowsOfDraft(await loadDraft(db, viewer, draft)),
		...valuesOf(content),
		...{ title: aid.title, tags: aid.tags.join(' '), roles: aid.roles.join(', ') },
		...{ patterns: aid.patterns.join('\n'), verifyBy: aid.verifyBy ?? '' }
	};
	return { aid, start, draft };
};

/** The type of an aid never changes, so the form need not say it. */
const typeOf = async (locals: App.Locals, aidId: string) =>
	(await aidToEdit(app().db, requireViewer(locals.viewer), parse(id, aidId))).type;

export const actions: Actions = {
	save: async (event) => {
		const { locals, params } = event;
		const type = await typeOf(locals, params.id);
		return actOnRows(event, async (db, viewer, values) => {
			await editAid(db, viewer, parse(id, params.id), readAidForm(aidEdit, type, values));
			redirect(303, `/aids/${params.id}`);
		});
	},
	rows: async (event) => changeAidRows(event, await typeOf(event.locals, event.params.id))
};
