import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { onItem } from '#src/app/server/item-actions.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { chatAddress, dripFilter, pauseFor } from '#src/drips/input.ts';
import { chatOf, removeChat, setChat } from '#src/drips/server/chat.ts';
import { myDrafts } from '#src/drips/server/drafts.ts';
import { myFollowing, pauseTips, stopTips } from '#src/drips/server/follow.ts';
import { listDrips } from '#src/drips/server/read.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const filter = parse(dripFilter, Object.fromEntries(url.searchParams));
	const [list, drafts, following, chat] = await Promise.all([
		listDrips(db, viewer, filter),
		myDrafts(db, viewer),
		myFollowing(db, viewer),
		chatOf(db, viewer)
	]);
	return { ...list, drafts, following, chat };
};

export const actions: Actions = {
	pause: onItem((db, viewer, drip, values) => pauseTips(db, viewer.id, drip, parse(pauseFor, values).days)),
	stop: onItem((db, viewer, drip) => stopTips(db, viewer.id, drip)),
	chat: ({ request, locals }) =>
		act(request, async (values) => {
			await setChat(app().db, requireViewer(locals.viewer), parse(chatAddress, values).address);
			redirect(303, '/drips#chat');
		}),
	removeChat: ({ request, locals }) =>
		act(request, async () => {
			await removeChat(app().db, requireViewer(locals.viewer));
			redirect(303, '/drips#chat');
		})
};
