import { error, redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { afterMaking } from '#src/app/server/after-making.ts';
import { changeAidRows, readAidForm } from '#src/app/server/aid-form.ts';
import { actOnRows, rowsOfDraft } from '#src/app/server/row-form.ts';
import { startOfItem } from '#src/app/server/new-item.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { loadDraft } from '#src/core/items/server/drafts.ts';
import { aidTypes, type AidType } from '#src/library/aids/aid.ts';
import { newAid } from '#src/library/aids/input.ts';
import { writeAid } from '#src/library/aids/server/write.ts';

const HALF_A_YEAR = 183 * 86_400_000;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const type = typeOf(params);
	const draft = `job-aid:${type}`;
	const { space, spaces, tags } = await startOfItem(db, viewer, url);
	const verifyBy = new Date(Date.now() + HALF_A_YEAR).toISOString().slice(0, 10);
	const start = { tags, ...rowsOfDraft(await loadDraft(db, viewer, draft)), verifyBy };
	return { type, spaces, space, start, draft };
};

export const actions: Actions = {
	save: (event) =>
		actOnRows(event, async (db, viewer, values) => {
			const id = await writeAid(db, viewer, readAidForm(newAid, typeOf(event.params), values));
			redirect(303, await afterMaking(db, viewer, event.url, { id, address: `/aids/${id}`, kind: 'aid' }));
		}),
	rows: (event) => changeAidRows(event, typeOf(event.params))
};

function typeOf({ type }: { type: string }): AidType {
	const found = aidTypes.find((one) => one === type);
	if (!found) error(404, 'There is no such type of job aid.');
	return found;
}
