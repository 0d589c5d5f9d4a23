import type { Actions, PageServerLoad } from './$types';
import { itemActions, onItem } from '#src/app/server/item-actions.ts';
import { app } from '#src/app/server/runtime.ts';
import { signOffNote } from '#src/checks/input.ts';
import { readCheck } from '#src/checks/server/read.ts';
import { signOff } from '#src/checks/server/signoff.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => ({
	check: await readCheck(app().db, requireViewer(locals.viewer), params.id)
});

export const actions: Actions = {
	...itemActions,
	signOff: onItem((db, viewer, item, values) => signOff(db, viewer, item, parse(signOffNote, values)))
};
