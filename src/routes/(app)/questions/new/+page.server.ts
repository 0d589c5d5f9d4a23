import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { newQuestion } from '#src/ask/input.ts';
import { promise } from '#src/ask/answer-times.ts';
import { answerTimes } from '#src/ask/server/answer-times.ts';
import { askQuestion } from '#src/ask/server/ask.ts';
import { expectNotAsked } from '#src/ask/server/similar.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { spacesToWriteIn } from '#src/core/spaces/server/read.ts';
import { isId } from '#src/platform/server/ids.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const spaces = await spacesToWriteIn(db, viewer);
	const space = spaces.find(({ id }) => id === url.searchParams.get('space')) ?? spaces[0];
	return {
		title: (url.searchParams.get('title') ?? '').slice(0, 200),
		/** What it begins with, where it is asked from something else: a quote of that, and a link to it. */
		body: (url.searchParams.get('body') ?? '').slice(0, 4000),
		draft: draftFor(url.searchParams.get('about')),
		space: space?.id ?? '',
		spaces,
		promise: space && promise(await answerTimes(db, viewer, space.id))
	};
};

/** A question about something is another draft than one that is simply asked. */
const draftFor = (about: string | null) => (about && isId(about) ? `question:${about}` : 'question');

export const actions: Actions = {
	default: ({ request, locals }) =>
		act(request, async ({ seen, ...values }) => {
			const { db } = app();
			const viewer = requireViewer(locals.viewer);
			const asked = parse(newQuestion, values);
			if (!seen) await expectNotAsked(db, viewer, asked.title);
			const id = await askQuestion(db, viewer, asked);
			redirect(303, `/questions/${id}`);
		})
};
