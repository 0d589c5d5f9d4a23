import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { afterMaking } from '#src/app/server/after-making.ts';
import { changeCheckRows, withCheck } from '#src/app/server/check-form.ts';
import { startOfItem } from '#src/app/server/new-item.ts';
import { actOnRows, rowsOfDraft } from '#src/app/server/row-form.ts';
import { app } from '#src/app/server/runtime.ts';
import { peopleIn } from '#src/checks/banks/server/read.ts';
import { newCheck } from '#src/checks/input.ts';
import { writeCheck } from '#src/checks/server/checks.ts';
import { readCheck } from '#src/checks/server/read.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { loadDraft } from '#src/core/items/server/drafts.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const { title, space, spaces } = await startOfItem(db, viewer, url);
	const start = { ...rowsOfDraft(await loadDraft(db, viewer, 'check')), title, passPercent: '80' };
	return { start, space, spaces, people: await peopleIn(db, ...spaces.map(({ id }) => id)) };
};

export const actions: Actions = {
	save: (event) =>
		actOnRows(event, async (db, viewer, values) => {
			const id = await withCheck(newCheck, values, (input) => writeCheck(db, viewer, input));
			const { bankId } = await readCheck(db, viewer, id);
			const address = bankId ? `/banks/${bankId}` : `/checks/${id}`;
			redirect(303, await afterMaking(db, viewer, event.url, { id, address, kind: 'check' }));
		}),
	rows: changeCheckRows
};
