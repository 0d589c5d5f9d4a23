import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { keepEntry } from '#src/feeds/server/keep.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { keepNote } from '#src/core/keeping/input.ts';
import { keptAmong } from '#src/core/keeping/server/read.ts';
import { parting, readMark } from '#src/feeds/input.ts';
import { keepersOf } from '#src/feeds/server/keepers.ts';
import { markRead } from '#src/feeds/server/reads.ts';
import { putTogether, takeApart } from '#src/feeds/server/apart.ts';
import { playersOf } from '#src/feeds/player.ts';
import { readEntry } from '#src/feeds/server/entry.ts';
import { readWhole } from '#src/feeds/server/whole.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	if (!isId(params.id)) throw notFound();
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const entry = await readEntry(db, viewer, params.id);
	const players = playersOf(entry);
	const at = Number(url.searchParams.get('play') ?? NaN);
	const playing = at in players ? at : null;
	if (playing !== null) locals.plays = new URL(players[playing]!.src).origin;
	const [kept, keepers] = await Promise.all([keptAmong(db, viewer, [entry.id]), keepersOf(db, viewer, [entry.id])]);
	return { entry, kept: kept[entry.id] ?? null, keepers: keepers[entry.id] ?? 0, players, playing };
};

export const actions: Actions = {
	keep: ({ request, locals, params }) =>
		act(request, (values) =>
			keepEntry(app().db, requireViewer(locals.viewer), parse(id, params.id), parse(keepNote, values))
		),
	mark: ({ request, locals, params }) =>
		act(request, (values) =>
			markRead(app().db, requireViewer(locals.viewer), parse(readMark, { ...values, ids: params.id }))
		),
	whole: ({ request, locals, params }) =>
		act(request, async () => {
			if (!isId(params.id)) throw notFound();
			await readWhole(app().db, requireViewer(locals.viewer), params.id);
		}),
	apart: ({ request, locals }) =>
		act(request, async (values) => {
			const entry = await takeApart(app().db, requireViewer(locals.viewer), parse(parting, values));
			redirect(303, `/feeds/entries/${entry}`);
		}),
	together: ({ request, locals }) =>
		act(request, async (values) => {
			const entry = await putTogether(app().db, requireViewer(locals.viewer), parse(parting, values));
			redirect(303, `/feeds/entries/${entry}`);
		})
};
