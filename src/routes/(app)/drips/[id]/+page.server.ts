import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { itemActions, onItem } from '#src/app/server/item-actions.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { coming, pace, pauseFor } from '#src/drips/input.ts';
import { chatOf } from '#src/drips/server/chat.ts';
import { isWriting } from '#src/drips/server/drafts.ts';
import { changePace, letCome, pauseTips, stopTips } from '#src/drips/server/follow.ts';
import { readDrip } from '#src/drips/server/read.ts';
import { mailIsOn } from '#src/platform/server/mail.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	// Not published yet: its authors go on with it.
	if (await isWriting(db, viewer, params.id)) redirect(303, `/drips/${params.id}/edit`);
	const [drip, chat] = await Promise.all([readDrip(db, viewer, params.id), chatOf(db, viewer)]);
	return { drip, chat, mailIsOn: mailIsOn() };
};

export const actions: Actions = {
	...itemActions,
	come: onItem((db, viewer, drip, values) => letCome(db, viewer, drip, parse(coming, values))),
	stop: onItem((db, viewer, drip) => stopTips(db, viewer.id, drip)),
	pause: onItem((db, viewer, drip, values) => pauseTips(db, viewer.id, drip, parse(pauseFor, values).days)),
	pace: onItem((db, viewer, drip, values) => changePace(db, viewer, drip, parse(pace, values).pace))
};
