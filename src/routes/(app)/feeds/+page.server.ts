import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { onItem } from '#src/app/server/item-actions.ts';
import { keepEntry } from '#src/feeds/server/keep.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { keepNote } from '#src/core/keeping/input.ts';
import { keptAmong } from '#src/core/keeping/server/read.ts';
import { entryFilter, markAll, readMark, undo } from '#src/feeds/input.ts';
import { keepersOf } from '#src/feeds/server/keepers.ts';
import { markAllRead, markRead, undoMark } from '#src/feeds/server/reads.ts';
import { readEntries } from '#src/feeds/server/stream.ts';
import { myTags } from '#src/feeds/server/rules/rules.ts';
import { mySubscriptions } from '#src/feeds/server/subscriptions.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, url, depends }) => {
	depends('trellis:feeds');
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const filter = parse(entryFilter, Object.fromEntries(url.searchParams));
	const [list, subscriptions, tags] = await Promise.all([
		readEntries(db, viewer, filter),
		mySubscriptions(db, viewer),
		myTags(db, viewer)
	]);
	const ids = list.items.map(({ id }) => id);
	const [kept, keepers] = await Promise.all([keptAmong(db, viewer, ids), keepersOf(db, viewer, ids)]);
	return { ...list, filter, subscriptions, tags, kept, keepers, shownAt: new Date().toISOString() };
};

export const actions: Actions = {
	mark: ({ request, locals }) =>
		act(request, (values) => markRead(app().db, requireViewer(locals.viewer), parse(readMark, values))),
	keep: onItem((db, viewer, entry, values) => keepEntry(db, viewer, entry, parse(keepNote, values))),
	markAll: ({ request, locals }) =>
		act(request, (values) => markAllRead(app().db, requireViewer(locals.viewer), parse(markAll, values))),
	undo: ({ request, locals }) =>
		act(request, (values) => undoMark(app().db, requireViewer(locals.viewer), parse(undo, values).batch))
};
