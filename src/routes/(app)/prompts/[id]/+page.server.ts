import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { act } from '#src/app/server/http.ts';
import { itemActions } from '#src/app/server/item-actions.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { id } from '#src/core/items/input.ts';
import { noteRead } from '#src/core/items/server/reading.ts';
import type { Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';
import { asideWhy, entryText } from '#src/prompts/input.ts';
import { drawWinners } from '#src/prompts/server/draw.ts';
import { enterPrompt, leavePrompt, setAside } from '#src/prompts/server/entries.ts';
import { readPrompt } from '#src/prompts/server/read.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const viewer = requireViewer(locals.viewer);
	const prompt = await readPrompt(app().db, viewer, params.id);
	await noteRead(app().db, viewer, prompt.id);
	return { prompt };
};

type Work = (db: Db, viewer: Viewer, promptId: string, values: Record<string, string>) => Promise<unknown>;

/** A form about the prompt; without scripts the page comes again. */
const onPrompt =
	(work: Work) =>
	({ request, locals, params, url }: RequestEvent) =>
		act(request, async (values) => {
			await work(app().db, requireViewer(locals.viewer), parse(id, params.id), values);
			if (!request.headers.has('x-sveltekit-action')) redirect(303, `${url.pathname}#entries`);
		});

export const actions: Actions = {
	...itemActions,
	enter: onPrompt((db, viewer, prompt, values) => enterPrompt(db, viewer, prompt, parse(entryText, values))),
	leave: onPrompt((db, viewer, prompt) => leavePrompt(db, viewer, prompt)),
	aside: onPrompt((db, viewer, prompt, { item, ...values }) =>
		setAside(db, viewer, prompt, parse(id, item), parse(asideWhy, values))
	),
	draw: onPrompt((db, viewer, prompt) => drawWinners(db, viewer, prompt))
};
