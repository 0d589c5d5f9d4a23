import type { Actions, PageServerLoad } from './$types';
import { itemActions, onItem } from '#src/app/server/item-actions.ts';
import { app } from '#src/app/server/runtime.ts';
import { canAskSomebody } from '#src/checks/asking/server/policy.ts';
import { canReport } from '#src/checks/attempts/server/report.ts';
import { attemptsAt } from '#src/checks/attempts/server/start.ts';
import { signOffNote } from '#src/checks/input.ts';
import { readCheck } from '#src/checks/server/read.ts';
import { signOff } from '#src/checks/server/signoff.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const viewer = requireViewer(locals.viewer);
	const check = await readCheck(app().db, viewer, params.id);
	const attempts = await attemptsAt(app().db, viewer, check.id);
	return { check, attempts, asks: canAskSomebody(viewer), reports: canReport(viewer, check) };
};

export const actions: Actions = {
	...itemActions,
	signOff: onItem((db, viewer, item, values) => signOff(db, viewer, item, parse(signOffNote, values)))
};
