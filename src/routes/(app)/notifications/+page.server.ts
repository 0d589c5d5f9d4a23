import { fail } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { noticeFilter, noticeIds, oneItem, oneKind } from '#src/core/notify/input.ts';
import { allKinds, kindOf } from '#src/core/notify/kinds.ts';
import { lessOften, muteItem, turnOff, unmuteItem } from '#src/core/notify/server/preferences.ts';
import { listNotices, markRead, markUnread } from '#src/core/notify/server/read.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const filter = parse(noticeFilter, Object.fromEntries(url.searchParams));
	return {
		...(await listNotices(app().db, requireViewer(locals.viewer), filter)),
		filter,
		kinds: allKinds().map(({ name, label }) => ({ name, label }))
	};
};

const carryOut =
	<T>(work: (personId: string, values: Record<string, string>, locals: App.Locals) => Promise<T>) =>
	({ request, locals }: { request: Request; locals: App.Locals }) =>
		act(request, (values) => work(requireViewer(locals.viewer).id, values, locals));

export const actions: Actions = {
	read: carryOut(async (_, values, { viewer }) => ({
		undo: (await markRead(app().db, requireViewer(viewer), parse(noticeIds, values))).join(',')
	})),
	unread: carryOut(async (_, values, { viewer }) => {
		const { ids } = parse(noticeIds, values);
		if (!ids) return fail(422, { message: 'Nothing to take back.' });
		await markUnread(app().db, requireViewer(viewer), ids);
	}),
	mute: carryOut(async (personId, values) => {
		const { item } = parse(oneItem, values);
		await muteItem(app().db, personId, item);
		return { muted: item };
	}),
	unmute: carryOut(async (personId, values) => unmuteItem(app().db, personId, parse(oneItem, values).item)),
	less: carryOut(async (personId, values) => {
		const { kind } = parse(oneKind, values);
		const next = await lessOften(app().db, personId, kind);
		return { done: `${kindOf(kind)?.label}: ${describe(next)}.` };
	}),
	off: carryOut(async (personId, values) => {
		const { kind } = parse(oneKind, values);
		await turnOff(app().db, personId, kind);
		return { done: `${kindOf(kind)?.label}: off.` };
	})
};

function describe({ mail, inPage }: { mail: string; inPage: boolean }): string {
	if (mail === 'digest') return 'once a day by mail from now on';
	return inPage ? 'only in the page from now on' : 'off';
}
