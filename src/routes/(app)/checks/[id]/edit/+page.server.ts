import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { changeCheckRows, withCheck } from '#src/app/server/check-form.ts';
import { actOnRows, rowsOfDraft } from '#src/app/server/row-form.ts';
import { app } from '#src/app/server/runtime.ts';
import { peopleIn } from '#src/checks/banks/server/read.ts';
import { lintOf } from '#src/checks/banks/server/lint.ts';
import { checkValues } from '#src/checks/form.ts';
import { checkEdit } from '#src/checks/input.ts';
import { editCheck } from '#src/checks/server/checks.ts';
import { checkToEdit } from '#src/checks/server/read.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { loadDraft } from '#src/core/items/server/drafts.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const check = await checkToEdit(db, viewer, parse(id, params.id));
	const { title, version, bankId, spaceId } = check;
	const draft = `edit:${check.id}`;
	const start = { ...rowsOfDraft(await loadDraft(db, viewer, draft)), ...checkValues(check) };
	const titles = Object.fromEntries(check.content.map((each) => [each.id, each.title]));
	const warnings = await lintOf(db, viewer, bankId, []).catch(() => []);
	return { id: check.id, warnings, title, version, bankId, draft, start, titles, people: await peopleIn(db, spaceId) };
};

export const actions: Actions = {
	save: (event) =>
		actOnRows(event, async (db, viewer, values) => {
			const itemId = parse(id, event.params.id);
			await withCheck(checkEdit, values, (edit) => editCheck(db, viewer, itemId, edit));
			redirect(303, `/checks/${itemId}`);
		}),
	rows: changeCheckRows
};
